#include "lint/report/formats.h"

#include <algorithm>
#include <iterator>

namespace trainlint {

static constexpr std::string_view names[] = {"text",  "concise", "json",   "jsonl", "lsp",
                                             "sarif", "github",  "gitlab", "junit", "rdjson"};

std::string_view name_of(ReportFormat format) {
  return names[static_cast<size_t>(format)];
}

std::optional<ReportFormat> report_format(std::string_view name) {
  const auto* found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<ReportFormat>(found - std::begin(names));
}

std::span<const std::string_view> report_format_names() {
  return names;
}

std::string report(std::span<const Run> runs, ReportFormat format, const ReportOptions& options) {
  switch (format) {
    case ReportFormat::text:
    case ReportFormat::concise:
      return text_report(runs, {.color = options.color,
                                .concise = format == ReportFormat::concise,
                                .links = options.links});
    case ReportFormat::json:
      return json_report(runs);
    case ReportFormat::jsonl:
      return json_lines_report(runs);
    case ReportFormat::lsp:
      return lsp_report(runs, options);
    case ReportFormat::sarif:
      return sarif_report(runs, options);
    case ReportFormat::github:
      return github_report(runs, options);
    case ReportFormat::gitlab:
      return gitlab_report(runs, options);
    case ReportFormat::junit:
      return junit_report(runs, options);
    case ReportFormat::rdjson:
      return rdjson_report(runs, options);
  }
  return "";
}

}  // namespace trainlint
