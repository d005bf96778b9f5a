#include <set>

#include "lint/rule/gcloud_fault.h"
#include "rules/facts/runtimes.h"

namespace trainlint {

// Once a file; runtime-version-retired says it of commands that name a runtime.
static void check(const Package& package, Report& report) {
  std::set<std::string_view> said;
  for (const ScriptCommand& script : package.launch.commands) {
    const GcloudCommand& command = script.command;
    if (command.kind != GcloudKind::submit_training || is_prose(script.path) ||
        command.value_of("--runtime-version") != nullptr || command.flags.empty() ||
        !said.insert(script.path).second)
      continue;
    report({script.path, command.job ? command.job->span : command.flags.front().span},
           "the command submits to AI Platform Training, which was shut down on {}",
           facts::runtimes::shutdown)
        .note("'gcloud ai custom-jobs create' submits to Vertex AI");
  }
}

extern constinit const Rule obsolete_gcloud_command = {
    .name = "obsolete-gcloud-command",
    .severity = Severity::warning,
    .summary = "a command submits to a service that has been shut down",
    .explanation = R"(
`gcloud ai-platform jobs submit training`, in older scripts `gcloud ml-engine`, submits to AI Platform
Training. The command is still there, the service is not: since 31 January 2025 it takes no jobs. What
has taken its place is Vertex AI custom training: `gcloud ai custom-jobs create`. `gcloud ai-platform
local train` needs no service and still works.

Source: [AI Platform Training deprecations](https://cloud.google.com/ai-platform/training/docs/deprecations).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --staging-bucket gs://my-bucket \
  --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- try.sh --
gcloud ai-platform local train --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
