#include <algorithm>

#include "lint/cli/commands.h"
#include "lint/cli/runs.h"
#include "lint/cli/terminal.h"
#include "lint/report/report.h"

namespace trainlint {

static bool fails(const Run& run, Severity limit) {
  return std::any_of(run.findings.begin(), run.findings.end(),
                     [&](const Finding& finding) { return finding.severity >= limit; });
}

int check(const Options& options) {
  Result<Runs> linted = lint_paths(options, all_rules());
  if (!linted) {
    complain(linted.error());
    return 2;
  }
  for (const std::string& warning : linted->warnings) complain(warning);
  const std::vector<Run>& runs = linted->runs;
  bool failed = std::any_of(runs.begin(), runs.end(),
                            [&](const Run& run) { return fails(run, options.fail_on); });
  std::string report;
  if (options.format == Format::json) {
    report = json_report(runs);
  } else if (!runs.empty()) {  // without any, the warnings have said what there is to say
    report = text_report(
        runs, {.color = use_color(options.color), .concise = options.format == Format::concise});
  }
  return print(report, failed ? 1 : 0);
}

}  // namespace trainlint
