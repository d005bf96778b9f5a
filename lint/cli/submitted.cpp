#include "lint/cli/submitted.h"

#include <algorithm>

#include "lint/config/keys.h"
#include "lint/source/tree.h"

namespace trainlint {

static std::string text_of(const CommandWord* word) {
  return word ? word->text : std::string();
}

// Of several archives the one with the entry module's package; the others are what it needs.
static std::vector<std::string> archives_with(const std::string& module,
                                              std::string_view packages) {
  const std::string top = module.substr(0, module.find('.'));
  std::vector<std::string> found;
  for (std::string_view part : gcloud_list(packages)) {
    std::string path(part);
    if (path.starts_with("gs://")) continue;
    Result<OpenTree> opened = open_path(path);
    // What cannot be opened is for the check to complain about.
    if (!opened || opened->tree->has_folder(top) || opened->tree->has_file(top + ".py") ||
        opened->tree->has_folder("src/" + top))
      found.push_back(std::move(path));
  }
  return found;
}

// AI Platform: https://cloud.google.com/ai-platform/training/docs/packaging-trainer.
static bool apply_training(const GcloudCommand& command, Options& options) {
  LaunchOptions& launch = options.launch;
  launch.module_name = text_of(command.value_of("--module-name"));
  launch.package_path = text_of(command.value_of("--package-path"));
  launch.runtime_version = text_of(command.value_of("--runtime-version"));
  launch.image_uri = text_of(command.value_of("--master-image-uri"));
  launch.python_version = parse_python_version(text_of(command.value_of("--python-version")));
  while (launch.package_path.size() > 1 && launch.package_path.back() == '/')
    launch.package_path.pop_back();
  if (!launch.package_path.empty()) return true;
  if (command.kind == GcloudKind::local_train) {
    options.paths = {"."};
    return true;
  }
  options.paths = archives_with(launch.module_name, text_of(command.value_of("--packages")));
  return !options.paths.empty();
}

// Vertex AI: the folder that gcloud puts into an image, and the module or script it starts there.
static bool apply_folder(const std::string& folder, const std::string& module,
                         const std::string& image, bool more_folders, Options& options) {
  options.launch.module_name = module;
  options.launch.image_uri = image;
  // What else is copied or run would have to be known for a verdict on the image.
  if (!module.empty() && !more_folders)
    options.flags.push_back({find_key("route"), {"autopackage"}, {}, "gcloud's command"});
  options.paths = {folder.empty() ? "." : folder};
  return true;
}

static bool apply_worker_pool(const GcloudCommand& command, Options& options) {
  const CommandWord* pool = nullptr;
  for (const GcloudFlag& flag : command.flags)
    if (flag.name == "--worker-pool-spec" && flag.value && !pool) pool = &*flag.value;  // the first
  if (!pool) return false;
  std::string folder, module, image;
  bool more_folders = false;
  for (std::string_view part : gcloud_list(pool->text)) {
    const size_t equals = std::min(part.find('='), part.size());
    const std::string_view key = part.substr(0, equals);
    const std::string value(part.substr(std::min(equals + 1, part.size())));
    if (key == "local-package-path") folder = value;
    if (key == "python-module") module = value;
    if (key == "executor-image-uri") image = value;
    if (key == "extra-dirs") more_folders = true;
  }
  if (folder.empty()) return false;
  return apply_folder(folder, module, image, more_folders, options);
}

Options options_of_command(const GcloudCommand& command, const Options& options) {
  Options uploaded = options;
  uploaded.launch = {};
  uploaded.launch.job_config = text_of(command.value_of("--config"));
  uploaded.submitted = command;
  bool packs = false;
  switch (command.kind) {
    case GcloudKind::submit_training:
    case GcloudKind::local_train:
      packs = apply_training(command, uploaded);
      break;
    case GcloudKind::custom_job:
      packs = apply_worker_pool(command, uploaded);
      break;
    case GcloudKind::local_run:
      packs = apply_folder(text_of(command.value_of("--local-package-path")),
                           text_of(command.value_of("--python-module")),
                           text_of(command.value_of("--executor-image-uri")),
                           command.value_of("--extra-dirs") != nullptr, uploaded);
      break;
    case GcloudKind::hp_tuning_job:
      break;
  }
  if (!packs) uploaded.paths.clear();
  return uploaded;
}

}  // namespace trainlint
