#include <fmt/format.h>

#include "lint/report/formats.h"
#include "lint/report/printable.h"

namespace trainlint {

// printable() leaves nothing that XML 1.0 forbids; line ends in attributes are written as
// references, or a parser would make them blanks.
static std::string xml(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    for (char c : printable(text.substr(0, end))) {
      if (std::string_view("<>&\"").find(c) != std::string_view::npos)
        escaped += fmt::format("&#{};", static_cast<int>(c));
      else
        escaped += c;
    }
    if (end < text.size()) escaped += "&#10;";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return escaped;
}

static std::string place_of(const FileLocation& location) {
  if (!location.begin) return location.path;
  return fmt::format("{}:{}:{}", location.path, location.begin->line, location.begin->column);
}

// A finding is a test that failed, or, when it does not make the exit status 1, that was skipped.
static std::string test_case(const Finding& finding, const FileLocation& location, bool failure) {
  std::string text = fmt::format("    <testcase name=\"{} {}\" classname=\"{}\" time=\"0\">\n",
                                 finding.rule, xml(place_of(location)), xml(location.path));
  std::string message = xml(located_message(location, finding.message));
  std::string details = xml(message_with_notes(finding, location));
  if (failure)
    text += fmt::format("      <failure type=\"{}\" message=\"{}\">{}: {}</failure>\n",
                        finding.rule, message, xml(place_of(location)), details);
  else
    text += fmt::format("      <skipped/>\n      <system-out>{}: {}: {}</system-out>\n",
                        xml(place_of(location)), to_string(finding.severity), details);
  return text + "    </testcase>\n";
}

static std::string suite_name(const Run& run) {
  std::string name = shown_path(run.package.root, run.package.launch.package_folder);
  return name.empty() ? "." : name;
}

static std::string test_suite(const Run& run, const ReportOptions& options) {
  Files files(run.package);
  std::string cases;
  size_t failures = 0, skipped = 0;
  for (const Finding& finding : run.findings) {
    bool failure = finding.severity >= fail_on(run.config);
    ++(failure ? failures : skipped);
    cases += test_case(finding, location_of(files, run, finding.place, options.around), failure);
  }
  if (cases.empty()) {  // or a clean package would not be seen
    cases = fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"0\"/>\n", "no problems",
                        xml(suite_name(run)));
  }
  size_t tests = std::max<size_t>(run.findings.size(), 1);
  return fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
      "time=\"0\">\n{}  </testsuite>\n",
      xml(suite_name(run)), tests, failures, skipped, cases);
}

std::string junit_report(std::span<const Run> runs, const ReportOptions& options) {
  std::string suites;
  for (const Run& run : runs) suites += test_suite(run, options);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"trainlint\">\n{}"
      "</testsuites>\n",
      suites);
}

}  // namespace trainlint
