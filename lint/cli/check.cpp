#include <algorithm>
#include <cstdlib>

#include "lint/cli/command_line.h"
#include "lint/cli/commands.h"
#include "lint/cli/output.h"
#include "lint/cli/runs.h"
#include "lint/cli/terminal.h"
#include "lint/report/report.h"

namespace trainlint {

static bool fails(const Run& run, Severity limit) {
  return std::any_of(run.findings.begin(), run.findings.end(),
                     [&](const Finding& finding) { return finding.severity >= limit; });
}

// The reports that go to files; with GitHub's, also the summary on the page of the workflow's run.
static std::optional<Error> write_reports(std::span<const Run> runs, const Options& options,
                                          const ReportOptions& report_options) {
  for (const Output& output : options.outputs) {
    ReportOptions plain = report_options;
    plain.color = options.color == ColorChoice::always;
    if (std::optional<Error> fault = write_file(output.file, report(runs, output.format, plain)))
      return fault;
  }
  const char* summary = std::getenv("GITHUB_STEP_SUMMARY");
  if (options.report_format != ReportFormat::github || !summary || !*summary) return std::nullopt;
  return append_to_file(summary, step_summary(runs, report_options));
}

int check(const Options& options) {
  const Runs linted = lint_paths(options, all_rules());
  for (const std::string& fault : linted.faults) complain(fault);
  for (const std::string& warning : linted.warnings) complain(warning);
  const std::vector<Run>& runs = linted.runs;
  bool failed = std::any_of(runs.begin(), runs.end(),
                            [&](const Run& run) { return fails(run, options.fail_on); });
  ReportOptions report_options{
      .color = use_color(options.color), .fail_on = options.fail_on, .around = surroundings()};
  if (std::optional<Error> fault = write_reports(runs, options, report_options)) {
    complain(fault->message);
    return 2;
  }
  std::string text;
  bool for_people = options.report_format <= ReportFormat::concise;
  // Without any package, stderr has said to a person what there is to say.
  if (!runs.empty() || !for_people) text = report(runs, options.report_format, report_options);
  if (options.report_format == ReportFormat::text) text += command_line_report(runs);
  return print(text, !linted.faults.empty() ? 2 : failed ? 1 : 0);
}

}  // namespace trainlint
