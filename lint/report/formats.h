#pragma once

#include <span>
#include <string>

#include "lint/report/report.h"

namespace trainlint {

// The formats of report(), one file each.
std::string json_lines_report(std::span<const Run> runs);
std::string lsp_report(std::span<const Run> runs, const ReportOptions& options);
std::string sarif_report(std::span<const Run> runs, const ReportOptions& options);
std::string github_report(std::span<const Run> runs, const ReportOptions& options);
std::string gitlab_report(std::span<const Run> runs, const ReportOptions& options);
std::string junit_report(std::span<const Run> runs, const ReportOptions& options);
std::string rdjson_report(std::span<const Run> runs, const ReportOptions& options);

}  // namespace trainlint
