#include <algorithm>
#include <set>

#include "lint/launch/target.h"
#include "lint/rule/gcloud_fault.h"
#include "rules/facts/runtimes.h"

namespace trainlint {

// No runtime has come or will come since the service was shut down, so the table is all there is.
static bool never_published(std::string_view version) {
  const auto& all = facts::runtimes::runtimes;
  return std::none_of(all.begin(), all.end(), [&](const facts::runtimes::Runtime& runtime) {
    return runtime.version == version;
  });
}

// "Python 2.7 or 3.7", "" when the runtime is not in the table.
static std::string pythons_of(std::string_view version) {
  for (const facts::runtimes::Runtime& runtime : facts::runtimes::runtimes) {
    if (runtime.version != version) continue;
    std::string text;
    for (std::string_view python : runtime.python)
      text += (text.empty() ? "Python " : " or ") + std::string(python);
    return text;
  }
  return {};
}

static void check(const Package& package, Report& report) {
  std::set<std::pair<std::string_view, std::string_view>> said;  // once a file
  for (const AskedEnvironment& asked : package.launch.asked) {
    if (asked.kind != AskedEnvironment::runtime_version ||
        !said.emplace(asked.place.path, asked.text).second)
      continue;
    Place place = asked.place;
    if (place.path.empty()) place.path = package.launch.package_folder;
    Report::Added added =
        never_published(asked.text)
            ? report(place, "there never was a runtime version '{}'", asked.text)
            : report(place, "runtime version '{}' is retired: no job can be started with it",
                     asked.text);
    added.note(
        fmt::format("AI Platform Training was shut down on {}; Vertex AI custom training "
                    "takes an image instead: --image-uri",
                    facts::runtimes::shutdown));
    std::string pythons = pythons_of(asked.text);
    if (!pythons.empty())
      added.note(fmt::format("it had {}; the code is judged for Python {}", pythons,
                             to_string(package.launch.python)));
    if (is_prose(asked.place.path)) added.severity(Severity::warning);
  }
}

extern constinit const Rule runtime_version_retired = {
    .name = "runtime-version-retired",
    .severity = Severity::error,
    .summary = "a command asks for a runtime version with which no job can be started any more",
    .explanation = R"(
`--runtime-version` names a set of preinstalled packages of AI Platform Training, such as 1.15 or
2.11. Each could be used for a year after its release, and the service itself was shut down on
31 January 2025: a command that asks for one is refused, whatever the package is like.

Vertex AI has images instead: `gcloud ai custom-jobs create` with an `executor-image-uri` such as
`us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest`. Since nothing can run on a retired
runtime, trainlint judges the code for the Python that a job would run today.

A command in a README is a warning, since it may only be there to be read.

Source: [AI Platform Training deprecations](https://cloud.google.com/ai-platform/training/docs/deprecations).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 \
  --runtime-version 1.15 --python-version 3.7 \
  --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- submit.sh --
gcloud ai custom-jobs create --display-name job1 \
  --worker-pool-spec=machine-type=n1-standard-4,\
executor-image-uri=us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest,\
local-package-path=.,python-module=trainer.task
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
