#include <algorithm>
#include <optional>

#include "lint/rule/gcloud_fault.h"
#include "lint/rule/job_fields.h"
#include "rules/facts/runtimes.h"

namespace trainlint {

namespace {

using facts::runtimes::Runtime;

struct AskedWord {
  std::string text;
  Place place;
};

struct AskedPair {
  std::optional<AskedWord> runtime, python;
};

std::optional<AskedWord> flag_of(const ScriptCommand& script, std::string_view flag) {
  const CommandWord* value = script.command.value_of(flag);
  if (value == nullptr || !value->known()) return std::nullopt;
  return AskedWord{value->text, {script.path, value->span}};
}

std::optional<AskedWord> field_of(const JobFile& file, const char* name) {
  const JobValue* value = file.root.find({"trainingInput", name});
  if (value == nullptr || !value->known || !value->scalar()) return std::nullopt;
  return AskedWord{value->text, {file.path, value->span}};
}

// The versions that the table has, next to each other: "Python 2.7 or 3.7".
std::string pythons_of(const Runtime& runtime) {
  return fmt::format("Python {}", fmt::join(runtime.python, " or "));
}

void check_pair(const AskedPair& asked, Report& report) {
  if (!asked.runtime || !asked.python) return;
  const auto& all = facts::runtimes::runtimes;
  auto runtime = std::find_if(std::begin(all), std::end(all), [&](const Runtime& one) {
    return one.version == asked.runtime->text;
  });
  if (runtime == std::end(all)) return;
  const auto& pythons = runtime->python;
  if (std::find(pythons.begin(), pythons.end(), asked.python->text) != pythons.end()) return;
  Report::Added added = report(asked.python->place, "runtime version '{}' never had Python '{}'",
                               asked.runtime->text, asked.python->text);
  added.note(fmt::format("it had {}", pythons_of(*runtime)), asked.runtime->place);
  if (is_prose(asked.python->place.path)) added.severity(Severity::warning);
}

// A command goes over the file that it names; which one that is shows in the file alone.
bool is_overruled(const Package& package, const JobFile& file) {
  return file.binding == JobBinding::command &&
         std::any_of(package.launch.commands.begin(), package.launch.commands.end(),
                     [](const ScriptCommand& script) {
                       return script.command.open ||
                              script.command.value_of("--runtime-version") != nullptr ||
                              script.command.value_of("--python-version") != nullptr;
                     });
}

void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands)
    if (script.command.kind == GcloudKind::submit_training)
      check_pair({flag_of(script, "--runtime-version"), flag_of(script, "--python-version")},
                 report);
  for (const JobFile& file : package.launch.job_files)
    if (file.kind == JobKind::training && !is_overruled(package, file))
      check_pair({field_of(file, "runtimeVersion"), field_of(file, "pythonVersion")}, report);
}

}  // namespace

extern constinit const Rule runtime_python_pair = {
    .name = "runtime-python-pair",
    .severity = Severity::error,
    .summary = "a command asks for a runtime version with a Python that it never had",
    .explanation = R"(
Each runtime version of AI Platform Training had one or two Pythons: 2.7 up to runtime version 1.15, 3.5
from 1.4 to 1.14, 3.7 from 1.15 on. gcloud sends any pair; the service refused the others: "The specified
runtime version '2.3' with the Python version '3.5' is not supported or is deprecated".

A pair is looked at where one command gives both, or one job file. In a README it is a warning.

Source: [AI Platform Training deprecations](https://cloud.google.com/ai-platform/training/docs/deprecations),
the help of `--python-version` in Google Cloud SDK 528.
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --staging-bucket gs://my-bucket \
  --runtime-version 2.3 --python-version 3.5 --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --staging-bucket gs://my-bucket \
  --runtime-version 2.3 --python-version 3.7 --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
