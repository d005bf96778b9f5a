#include <algorithm>

#include "lint/rule/gcloud_fault.h"
#include "lint/source/cells.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

bool is_in_tree(const Package& package, std::string_view name) {
  const std::vector<SourceFile>& files = package.tree->files();
  return std::any_of(files.begin(), files.end(),
                     [&](const SourceFile& file) { return file_name(file.path) == name; });
}

// What names the files that a script makes: the script, or all of the notebook that it stands in.
Result<Bytes> surrounding_text(const Package& package, const std::string& script) {
  if (script.starts_with("../")) return Error{"the folder around the project is not known"};
  const CellText* cells = cells_of(*package.tree, script);
  if (cells == nullptr) return package.tree->read(script);
  return package.tree->read(normal_path(join_path(parent_folder(script), cells->notebook)));
}

// A file that the script names more than once may be made by it.
bool is_named_once(const Package& package, const std::string& script, std::string_view name) {
  Result<Bytes> text = surrounding_text(package, script);
  if (!text) return false;
  const size_t first = (*text)->find(name);
  return first != std::string::npos && (*text)->find(name, first + 1) == std::string::npos;
}

// `dist` and `build` are no part of the tree, and an archive may be made by the script.
bool may_be_built(std::string_view path, const std::string& text) {
  if (path.find("dist/") != path.npos || path.find("build/") != path.npos) return true;
  for (std::string_view builder : {"sdist", "bdist", "-m build", "tar ", "zip ", "pip "})
    if (text.find(builder) != std::string::npos) return true;
  return false;
}

void check_archives(const Package& package, const ScriptCommand& script, Report& report) {
  const CommandWord* packages = script.command.value_of("--packages");
  Result<Bytes> text = surrounding_text(package, script.path);
  if (packages == nullptr || !packages->known() || !text || is_prose(script.path)) return;
  for (std::string_view path : gcloud_list(packages->text)) {
    const Place place{script.path, packages->span};
    if (path.starts_with("gs://") || path.starts_with('/') || path.starts_with("..")) continue;
    const std::string_view name = file_name(path);
    if (name.empty() || is_in_tree(package, name) || may_be_built(path, **text) ||
        !is_named_once(package, script.path, name))
      continue;
    report(place, "there is no archive '{}': gcloud cannot upload it", path)
        .severity(Severity::warning);
  }
}

void check_package_path(const Package& package, const ScriptCommand& script, Report& report) {
  const CommandWord* path = script.command.value_of("--package-path");
  if (path == nullptr || !path->known() || is_prose(script.path)) return;
  const std::string text = normal_path(path->text);
  if (text.starts_with("gs://") || path->text.starts_with("gs://")) {
    report(
        {script.path, path->span},
        "gcloud refuses the command: --package-path is a folder of this machine, and '{}' is none",
        path->text);
  } else if (text.ends_with(".py") && package.tree->has_file(text)) {
    report({script.path, path->span},
           "gcloud refuses the command: '{}' is a file, and --package-path a folder", path->text);
  }
}

void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    check_archives(package, script, report);
    check_package_path(package, script, report);
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
    .summary = "a command hands gcloud a file or folder that is not there",
    .explanation = R"(
gcloud reads the file of `--config` from the machine it runs on: "Unable to read file", and nothing is
submitted. It cannot read from Cloud Storage.

`--packages` names archives of this machine or of Cloud Storage, `--package-path` a folder of this machine.

A path that leads nowhere is a warning, since the folder in which the script is run is not known. Nothing
is said where the project has a file of that name anywhere, or where the script names it a second time
and may have made it; about archives in `dist`, or beside a command that builds some, neither.
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
