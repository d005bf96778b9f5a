#include <algorithm>

#include "lint/rule/gcloud_fault.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

bool is_in_tree(const Package& package, std::string_view name) {
  const std::vector<SourceFile>& files = package.tree->files();
  return std::any_of(files.begin(), files.end(),
                     [&](const SourceFile& file) { return file_name(file.path) == name; });
}

// A file that the script names more than once may be made by it.
bool is_named_once(const Package& package, const std::string& script, std::string_view name) {
  Result<Bytes> text = package.tree->read(script);
  if (!text) return false;
  const size_t first = (*text)->find(name);
  return first != std::string::npos && (*text)->find(name, first + 1) == std::string::npos;
}

void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    const CommandWord* config = script.command.value_of("--config");
    if (config == nullptr || !config->known() || config->text.empty() || is_prose(script.path))
      continue;
    const Place place{script.path, config->span};
    const std::string_view name = file_name(config->text);
    if (config->text.starts_with("gs://")) {
      report(place,
             "gcloud refuses the command: --config is a file of this machine, and '{}' is none",
             config->text);
    } else if (!config->text.starts_with('/') && !config->text.starts_with("..") &&
               !is_in_tree(package, name) && is_named_once(package, script.path, name)) {
      report(place, "there is no file '{}': gcloud cannot read it", config->text)
          .severity(Severity::warning);
    }
  }
}

}  // namespace

extern constinit const Rule submitted_path_invalid = {
    .name = "submitted-path-invalid",
    .severity = Severity::error,
    .summary = "a command hands gcloud a job file that is not there",
    .explanation = R"(
gcloud reads the file of `--config` from the machine it runs on: "Unable to read file", and nothing is
submitted. It cannot read from Cloud Storage.

A path that leads nowhere is a warning, since the folder in which the script is run is not known. Nothing
is said where the project has a file of that name anywhere, or where the script names it a second time
and may have made it.
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --config gs://my-bucket/config.yaml \
  --module-name trainer.task --package-path trainer --staging-bucket gs://my-bucket
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- submit.sh --
echo 'trainingInput: {scaleTier: BASIC}' > made.yaml
gcloud ai-platform jobs submit training job1 --region us-central1 --config made.yaml \
  --module-name trainer.task --package-path trainer --staging-bucket gs://my-bucket
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
