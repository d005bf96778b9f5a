#include "lint/report/fingerprint.h"
#include "lint/report/formats.h"
#include "lint/report/json_parts.h"

namespace trainlint {

static const char* severity_word(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "critical";
    case Severity::warning:
      return "major";
    case Severity::advice:
      return "minor";
  }
  return "info";
}

// GitLab demands a line of every finding: a file as a whole is shown at its first.
std::string gitlab_report(std::span<const Run> runs, const ReportOptions& options) {
  Json list = Json::array();
  Fingerprints fingerprints;
  for (const Run& run : runs) {
    Files files(run.package);
    for (const Finding& finding : run.findings) {
      FileLocation location = location_of(files, run, finding.place, options.around);
      uint32_t line = location.begin.value_or(Position{}).line;
      list.push_back({{"description", message_with_notes(finding, location)},
                      {"check_name", std::string(finding.rule)},
                      {"fingerprint",
                       fingerprints.next(finding.rule, location.path, symbol_of(files, finding))},
                      {"severity", severity_word(finding.severity)},
                      {"location", {{"path", location.path}, {"lines", {{"begin", line}}}}}});
    }
  }
  return written(list);
}

}  // namespace trainlint
