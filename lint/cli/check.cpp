#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "lint/cli/accepted.h"
#include "lint/cli/command_line.h"
#include "lint/cli/commands.h"
#include "lint/cli/fix.h"
#include "lint/cli/output.h"
#include "lint/cli/progress.h"
#include "lint/cli/runs.h"
#include "lint/cli/terminal.h"
#include "lint/report/report.h"

namespace trainlint {

// 2 where the configuration is not what it should be: who reads only the status must not take what
// was found with a part of it for an answer.
static int status_of(std::span<const Run> runs) {
  int status = 0;
  for (const Run& run : runs) {
    Severity limit = fail_on(run.config);
    for (const Finding& finding : run.findings) {
      if (finding.rule == "invalid-configuration") return 2;
      if (finding.severity >= limit) status = 1;
    }
  }
  return status;
}

// The reports that go to files; with GitHub's, also the summary on the page of the workflow's run.
static std::optional<Error> write_reports(std::span<const Run> runs, const Options& options,
                                          const ReportOptions& report_options) {
  for (const Output& output : options.outputs) {
    ReportOptions plain = report_options;
    plain.color = options.color == ColorChoice::always;
    plain.links = "";
    if (std::optional<Error> fault = write_file(output.file, report(runs, output.format, plain)))
      return fault;
  }
  const char* summary = std::getenv("GITHUB_STEP_SUMMARY");
  if (options.report_format != ReportFormat::github || !summary || !*summary) return std::nullopt;
  return append_to_file(summary, step_summary(runs, report_options));
}

// What stdout gets. To a person nothing is said where nothing was linted, since the warnings have
// said it; a hook is silent also where nothing is wrong.
static std::string shown(const std::vector<Run>& runs, const Options& options,
                         const ReportOptions& report_options) {
  if (options.show_files) return list_files(runs);
  bool for_people = options.report_format <= ReportFormat::concise;
  bool found =
      std::any_of(runs.begin(), runs.end(), [](const Run& run) { return !run.findings.empty(); });
  if (for_people && (runs.empty() || (options.given_files && !found))) return "";
  std::string text = report(runs, options.report_format, report_options);
  if (options.report_format == ReportFormat::text) text += command_line_report(runs);
  if (options.statistics && for_people) text += statistics(runs);
  return text;
}

static Runs lint_visibly(const Options& options) {
  Progress progress("linting");
  return lint_paths(options, all_rules(), &progress);
}

// A fix may bring to light what another one can mend: until nothing is left to change.
static std::optional<Error> fix_files(const Options& options, const Surroundings& around) {
  static constexpr int most_rounds = 10;
  size_t fixes = 0;
  std::set<std::string> files;
  for (int round = 0; round < most_rounds; ++round) {
    Runs linted = lint_visibly(options);
    // What is wrong with a baseline is said when the result is reported; a new one accepts what is
    // left.
    if (!options.write_baseline && !apply_baselines(linted.runs, options, around)) break;
    const Changes changes = changes_of(linted.runs, options.unsafe_fixes);
    if (changes.files.empty()) break;
    if (std::optional<Error> fault = write_changes(changes)) return fault;
    fixes += changes.fixes;
    for (const FileChange& change : changes.files) files.insert(change.path);
  }
  if (fixes > 0) complain(fmt::format("fixes made: {}, files changed: {}", fixes, files.size()));
  return std::nullopt;
}

// Status 1 where there is something to change.
static int show_changes(const Changes& changes) {
  std::string text;
  for (const FileChange& change : changes.files)
    text += unified_diff(change.path, change.before, change.edits, change.created);
  return print(text, text.empty() ? 0 : 1);
}

int check(const Options& options) {
  ReportOptions report_options{.color = use_color(options.color),
                               .around = surroundings(),
                               .links = rule_reference_link(options.color)};
  if (options.fix && !options.diff) {
    if (std::optional<Error> fault = fix_files(options, report_options.around)) {
      complain(fault->message);
      return 2;
    }
  }
  Runs linted = lint_visibly(options);
  for (const std::string& fault : linted.faults) complain(fault);
  for (const std::string& warning : linted.warnings) complain(warning);
  std::vector<Run>& runs = linted.runs;
  Result<Accepted> accepted = apply_baselines(runs, options, report_options.around);
  if (!accepted) {
    complain(accepted.error());
    return 2;
  }
  for (const std::string& message : accepted->messages) complain(message);
  if (options.diff) {
    const int status = show_changes(changes_of(runs, options.unsafe_fixes));
    return linted.faults.empty() ? status : 2;
  }
  if (std::optional<Error> fault = write_reports(runs, options, report_options)) {
    complain(fault->message);
    return 2;
  }
  int status = options.show_files ? 0 : std::max(status_of(runs), accepted->status);
  if (!linted.faults.empty()) status = 2;
  return print(shown(runs, options, report_options), status);
}

}  // namespace trainlint
