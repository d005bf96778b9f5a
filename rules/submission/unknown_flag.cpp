#include <algorithm>

#include "lint/rule/gcloud_fault.h"
#include "lint/rule/import_failure.h"
#include "lint/rule/rewrite.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    const std::vector<std::string> names = gcloud_flag_names(script.command);
    for (const GcloudFault& fault : script.command.faults) {
      if (fault.kind != GcloudFaultKind::unknown_flag || is_for_trainer(script.command, fault))
        continue;
      std::optional<std::string> nearest = nearest_name(fault.word, names);
      Report::Added added =
          report({script.path, fault.span}, "gcloud refuses the command: it has no flag '{}' here",
                 fault.word);
      suggest(added, package, {script.path, fault.span}, fault.word, nearest);
      added.severity(severity_of(script, fault));
    }
  }
}

extern constinit const Rule unknown_flag = {
    .name = "unknown-flag",
    .severity = Severity::error,
    .summary = "a gcloud command that submits the package has a flag that gcloud does not know",
    .explanation = R"(
gcloud ends with "unrecognized arguments" before it has done anything. Its flags are written with
dashes, never with underscores, and cannot be abbreviated; `beta` and `alpha` commands have some more.

The flags are those of the Google Cloud SDK 528. A later SDK may have new ones: a flag of a Vertex AI
command that resembles none of the table is a warning, and so is one in a README, which may be there
to be read only. The commands of AI Platform get no new flags.
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 \
  --staging_bucket gs://my-bucket --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- try.sh --
gcloud ai-platform local train --module-name trainer.task --package-path trainer -- --epochs 3
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
