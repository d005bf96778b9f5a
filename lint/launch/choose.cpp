#include <algorithm>

#include "lint/launch/commands.h"
#include "lint/launch/launch.h"
#include "lint/text/path.h"

namespace trainlint {

// "Dockerfile", "Dockerfile.gpu", "cpu.Dockerfile".
static bool is_dockerfile(std::string_view name) {
  return name == "Dockerfile" || name.starts_with("Dockerfile.") || name.ends_with(".Dockerfile") ||
         name.ends_with(".dockerfile");
}

static std::vector<std::string> dockerfiles(const SourceTree& tree, std::string_view package) {
  std::vector<std::string> found;
  for (const SourceFile& file : tree.files()) {
    std::string folder = parent_folder(file.path);
    if (file.kind == FileKind::file && (folder.empty() || folder == package) &&
        is_dockerfile(file_name(file.path)))
      found.push_back(file.path);
  }
  return found;
}

// A Dockerfile that runs a file of the package by path, in a project that nothing packs.
static std::string container_script(const SourceTree& tree, Launch& launch) {
  if (tree.has_file("setup.py") || tree.has_file("pyproject.toml") || launch.module_given)
    return {};
  for (const std::string& path : dockerfiles(tree, launch.package_folder)) {
    Result<Bytes> bytes = tree.read(path);
    if (!bytes) continue;
    std::string script = script_of_dockerfile(**bytes);
    if (script.empty()) continue;
    launch.dockerfile = path;
    // The image's folders are not the tree's: what they have in common is the end of the path.
    for (std::string_view rest = script; !rest.empty();) {
      if (tree.has_file(rest)) return std::string(rest);
      std::string in_package = launch.package_folder + "/" + std::string(rest);
      if (tree.has_file(in_package)) return in_package;
      size_t slash = rest.find('/');
      rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    }
  }
  return {};
}

Launch choose_launch(const SourceTree& tree, const PackageRoot& root,
                     const LaunchOptions& options) {
  Launch launch;
  launch.package_folder = root.package_folder;
  launch.package = file_name(root.package_folder);
  launch.module = root.module;
  launch.module_given = root.module_given;
  launch.source = root.source;
  if (!options.module_name.empty()) {
    launch.module = options.module_name;
    launch.module_given = true;
    launch.source = {};
  }
  launch.asked = root.asked;
  launch.commands = root.commands;
  launch.user_arguments = options.user_arguments;
  launch.script = container_script(tree, launch);
  if (!launch.script.empty()) launch.route = Route::container;
  return launch;
}

}  // namespace trainlint
