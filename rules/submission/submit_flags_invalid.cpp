#include "lint/rule/gcloud_fault.h"

namespace trainlint {

static bool is_blank(std::string_view word) {
  return word.find_first_not_of(" \t\r") == std::string_view::npos;
}

static void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    // What people read has placeholders where values would be.
    if (is_prose(script.path)) continue;
    for (const GcloudFault& fault : script.command.faults) {
      if (fault.kind == GcloudFaultKind::unknown_flag) continue;
      const bool broken_line = fault.kind == GcloudFaultKind::operand && is_blank(fault.word);
      Report::Added added =
          report({script.path, fault.span}, "gcloud refuses the command: {}",
                 broken_line ? "a blank stands behind the backslash" : fault.message);
      if (broken_line)
        added.note("the line ends there for the shell, and what follows is another command");
    }
  }
}

extern constinit const Rule submit_flags_invalid = {
    .name = "submit-flags-invalid",
    .severity = Severity::error,
    .summary =
        "a gcloud command that submits the package has a value or a set of flags that gcloud "
        "refuses",
    .explanation = R"(
gcloud checks its flags before it packs anything: the form of bucket names and counts, choices, flags
that are wanted, belong together or exclude each other, the job's name, words that are no flag. What
holds a variable that the script does not set is not judged; nor are commands in a README.
)",
    .bad = R"(
-- try.sh --
gcloud ai-platform local train --module-name trainer.task --package-path trainer --worker-count two
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- try.sh --
WORKERS=2
gcloud ai-platform local train --module-name trainer.task --package-path trainer \
  --distributed --worker-count "$WORKERS" --start-port "$PORT"
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
