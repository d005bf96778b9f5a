#include <algorithm>

#include "lint/launch/container.h"
#include "lint/launch/dockerfile.h"
#include "lint/launch/launch.h"
#include "lint/text/path.h"

namespace trainlint {

static bool is_near(std::string_view path, std::string_view package) {
  const std::string folder = parent_folder(path);
  return folder.empty() || folder == package;
}

// Those of the root and of the package first.
static std::vector<std::string> dockerfiles(const SourceTree& tree, std::string_view package) {
  constexpr uint64_t largest = 1 << 20;  // bytes; nobody writes more
  std::vector<std::string> found;
  for (const SourceFile& file : tree.files())
    if (file.kind == FileKind::file && file.size <= largest && is_dockerfile(file_name(file.path)))
      found.push_back(file.path);
  std::stable_partition(found.begin(), found.end(),
                        [&](const std::string& path) { return is_near(path, package); });
  return found;
}

// A Dockerfile that starts the package from the tree's own files. With metadata beside it, or from
// afar, it may be about another program: then what is started must be of the package.
bool start_in_container(const SourceTree& tree, Launch& launch) {
  const bool packed = tree.has_file("setup.py") || tree.has_file("pyproject.toml");
  for (const std::string& path : dockerfiles(tree, launch.package_folder)) {
    std::optional<ContainerStart> start = read_container_start(tree, path, launch.package_folder);
    if (!start) continue;
    const bool of_package = start->path.starts_with(launch.package_folder + "/");
    if ((packed || !is_near(path, launch.package_folder)) && !of_package) continue;
    // `-m task` searches the file's own folder, as its path does.
    const bool by_path = !start->path.empty() && start->module.find('.') == std::string::npos;
    if (!by_path && !start->path.empty() && (!of_package || start->installed)) continue;
    launch.route = Route::container;
    launch.dockerfile = path;
    launch.search_folder = start->folder;
    launch.search_path_known = start->path_known;
    if (by_path)
      launch.script = start->path;
    else if (!start->module.empty())
      launch.module = start->module;
    return true;
  }
  return false;
}

Launch choose_launch(const SourceTree& /*tree*/, const PackageRoot& root,
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
  launch.job_files = root.job_files;
  launch.user_arguments = options.user_arguments;
  return launch;
}

}  // namespace trainlint
