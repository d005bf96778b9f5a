#include <algorithm>

#include "lint/rule/gcloud_fault.h"

namespace trainlint {

// Once a command: the first argument that is meant for the trainer.
static void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    const auto& faults = script.command.faults;
    auto first = std::find_if(faults.begin(), faults.end(), [&](const GcloudFault& fault) {
      return is_for_trainer(script.command, fault);
    });
    if (first == faults.end()) continue;
    report({script.path, first->span},
           "gcloud refuses the command: '{}' is no flag of its own, and no '--' stands before it",
           first->word)
        .note(
            "what follows ' -- ' goes to the trainer: put ' -- ' in front of the trainer's "
            "arguments")
        .severity(severity_of(script, *first));
  }
}

extern constinit const Rule missing_double_dash = {
    .name = "missing-double-dash",
    .severity = Severity::error,
    .summary = "the trainer's arguments follow gcloud's own without ' -- ' between them",
    .explanation = R"(
gcloud reads every argument up to a lone `--` as its own. An argument of the trainer that comes
before it is an unrecognized one, and gcloud ends with status 2 without submitting anything.
)",
    .bad = R"(
-- try.sh --
gcloud ai-platform local train --module-name trainer.task --package-path trainer \
  --train_dir gs://my-bucket/data
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- try.sh --
gcloud ai-platform local train --module-name trainer.task --package-path trainer \
  -- --train_dir gs://my-bucket/data
-- trainer/__init__.py --
-- trainer/task.py --
import sys
print("training on", sys.argv[1:])
)",
    .check = check,
};

}  // namespace trainlint
