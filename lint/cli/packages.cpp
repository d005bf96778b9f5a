#include "lint/cli/packages.h"

#include <algorithm>

#include "lint/text/path.h"

namespace trainlint {

static std::string folder_of(const PackageRoot& package) {
  return package.root.empty() ? package.package_folder
                              : package.root + "/" + package.package_folder;
}

// Whether `path` is the folder or lies below it.
static bool holds(std::string_view folder, std::string_view path) {
  return folder.empty() || path == folder ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

// Those whose folder (as `place` has it) holds the target, and of these the innermost.
template <class PlaceOf>
static std::vector<PackageRoot> innermost(const std::vector<PackageRoot>& found,
                                          std::string_view target, PlaceOf place) {
  std::vector<PackageRoot> chosen;
  size_t longest = 0;
  for (const PackageRoot& package : found) {
    std::string folder = place(package);
    if (!holds(folder, target)) continue;
    if (folder.size() > longest) chosen.clear();
    if (folder.size() < longest) continue;
    longest = folder.size();
    chosen.push_back(package);
  }
  return chosen;
}

std::vector<PackageRoot> packages_at(std::vector<PackageRoot> found, std::string_view target) {
  if (target.empty() || target == ".") return found;
  std::vector<PackageRoot> inside;
  for (const PackageRoot& package : found)
    if (holds(target, folder_of(package))) inside.push_back(package);
  if (!inside.empty()) return inside;
  std::vector<PackageRoot> chosen = innermost(found, target, folder_of);
  if (!chosen.empty()) return chosen;
  return innermost(found, target, [](const PackageRoot& package) { return package.root; });
}

PackageRoot package_in(const std::string& folder, const std::string& module) {
  PackageRoot package;
  size_t slash = folder.rfind('/');
  if (slash != std::string::npos) package.root = folder.substr(0, slash);
  package.package_folder = slash == std::string::npos ? folder : folder.substr(slash + 1);
  package.module = module.empty() ? package.package_folder + ".task" : module;
  package.module_given = !module.empty();
  return package;
}

std::vector<PackageRoot> packages_of_module(const SourceTree& tree, std::vector<PackageRoot> found,
                                            const std::string& module) {
  const std::string top = module.substr(0, module.find('.'));
  std::vector<PackageRoot> chosen;
  for (PackageRoot& package : found) {
    std::string_view folder = package.package_folder;
    if (folder.substr(folder.rfind('/') + 1) != top) continue;
    // One package with several entry modules is one package once its entry module is given.
    bool known = std::any_of(chosen.begin(), chosen.end(), [&](const PackageRoot& other) {
      return folder_of(other) == folder_of(package);
    });
    if (!known) chosen.push_back(package);
  }
  if (chosen.empty() && tree.has_folder(top)) chosen.push_back(package_in(top, module));
  return chosen.empty() ? found : chosen;
}

// The one that was found there knows more: the commands that name it.
static PackageRoot package_named(const std::vector<PackageRoot>& found, const std::string& folder,
                                 const std::string& module) {
  for (const PackageRoot& package : found)
    if (folder_of(package) == folder && (module.empty() || module == package.module))
      return package;
  return package_in(folder, module);
}

// The packages that configurations further down name: one that nothing else makes a package is not
// found otherwise.
static void add_named_below(const SourceTree& tree, const std::vector<PackageRoot>& found,
                            const std::string& folder, std::vector<PackageRoot>& packages) {
  for (const SourceFile& file : tree.files()) {
    const std::string_view name = file_name(file.path);
    const std::string holder = parent_folder(file.path);
    if ((name != "trainlint.toml" && name != "pyproject.toml") || holder == folder ||
        !holds(folder, holder))
      continue;
    const Config config = config_for(tree, holder, "", {});
    const std::string named = package_path(config);
    const std::string whole = join_path(holder, named);
    if (named.empty() || !tree.has_folder(whole)) continue;
    if (std::none_of(packages.begin(), packages.end(),
                     [&](const PackageRoot& other) { return folder_of(other) == whole; }))
      packages.push_back(package_named(found, whole, config.text("module-name")));
  }
}

std::vector<PackageRoot> packages_meant(const SourceTree& tree,
                                        const std::vector<PackageRoot>& found,
                                        const std::string& target, const Config& config,
                                        const std::string& module) {
  const std::string folder = tree.has_folder(target) ? target : parent_folder(target);
  const std::string named = package_path(config);
  const std::string entry = module.empty() ? config.text("module-name") : module;
  if (!named.empty() && tree.has_folder(join_path(folder, named)))
    return {package_named(found, join_path(folder, named), entry)};
  std::vector<PackageRoot> packages = packages_at(found, target);
  if (tree.has_folder(target)) add_named_below(tree, found, target, packages);
  return entry.empty() ? packages : packages_of_module(tree, std::move(packages), entry);
}

}  // namespace trainlint
