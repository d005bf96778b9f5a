#include "lint/distribution/setuptools.h"

#include <algorithm>
#include <set>

#include "lint/distribution/glob.h"
#include "lint/project/distribution_name.h"

namespace trainlint {

static void name_egg_info(const Project& project, Layout& layout) {
  if (project.name.is_unknown()) return;
  std::string name = safe_name(project.name.is_known() ? project.name.value : "UNKNOWN");
  auto root = layout.package_dir.find("");
  std::string base = root == layout.package_dir.end() || root->second == "." ? "" : root->second;
  if (name.find('-') != name.npos) layout.dashed_egg_info = join_path(base, name + ".egg-info");
  std::replace(name.begin(), name.end(), '-', '_');
  layout.egg_info = join_path(base, name + ".egg-info");
}

Layout layout_of(const Project& project) {
  Layout layout;
  layout.packages = project.packages.value;
  layout.package_dir = project.package_dir.value;
  layout.package_data = project.package_data.value;
  layout.exclude_package_data = project.exclude_package_data.value;
  layout.include_package_data = project.include_package_data.value;
  layout.py_modules = project.py_modules.value;
  layout.scripts = project.scripts.value;
  layout.data_files = project.data_files.value;
  layout.license_patterns = project.license_files.value;
  if (project.license_files.is_absent())
    layout.license_patterns = {"LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*"};
  layout.referenced_files = project.referenced_files;
  name_egg_info(project, layout);
  if (project.name.is_known() && project.version.is_known())
    layout.release_folder = project.name.value + "-" + project.version.value;
  return layout;
}

// distutils.command.build_py.get_package_dir: the nearest entry of package_dir, going up.
std::string package_folder(const Layout& layout, const std::string& package) {
  std::string tail;
  std::string head = package;
  for (;;) {
    auto found = layout.package_dir.find(head);
    if (found != layout.package_dir.end())
      return tail.empty() ? found->second : join_path(found->second, tail);
    if (head.empty()) return tail;
    size_t dot = head.rfind('.');
    std::string last = dot == head.npos ? head : head.substr(dot + 1);
    tail = tail.empty() ? last : join_path(last, tail);
    head.resize(dot == head.npos ? 0 : dot);
  }
}

static std::string installed_folder(std::string package) {
  std::replace(package.begin(), package.end(), '.', '/');
  return package;
}

std::optional<std::string> missing_package_folder(const Layout& layout, const FileView& view) {
  Strings packages;
  for (const std::string& module : layout.py_modules)
    if (size_t dot = module.rfind('.'); dot != module.npos)
      packages.push_back(module.substr(0, dot));
  packages.insert(packages.end(), layout.packages.begin(), layout.packages.end());
  for (const std::string& package : packages) {
    std::string folder = package_folder(layout, package);
    if (!folder.empty() && !view.is_folder(folder)) return folder;
  }
  return std::nullopt;
}

static void add_single_modules(const Layout& layout, const FileView& view,
                               std::vector<BuiltFile>& built) {
  std::set<std::string> opened;
  for (const std::string& module : layout.py_modules) {
    size_t dot = module.rfind('.');
    std::string package = dot == module.npos ? "" : module.substr(0, dot);
    std::string base = dot == module.npos ? module : module.substr(dot + 1);
    std::string folder = package_folder(layout, package);
    std::string target = installed_folder(package);
    // A module in a package brings the package's __init__.py along.
    std::string init = join_path(folder, "__init__.py");
    if (!package.empty() && opened.insert(package).second && view.is_file(init))
      built.push_back({init, normal_path(join_path(target, "__init__.py"))});
    std::string file = join_path(folder, base + ".py");
    if (view.is_file(file)) built.push_back({file, normal_path(join_path(target, base + ".py"))});
  }
}

std::vector<BuiltFile> built_modules(const Layout& layout, const FileView& view) {
  std::vector<BuiltFile> built;
  add_single_modules(layout, view, built);
  for (const std::string& package : layout.packages) {
    std::string folder = package_folder(layout, package);
    for (const std::string& name : view.names_in(folder)) {
      if (!name.ends_with(".py") || name.starts_with('.')) continue;
      std::string file = join_path(folder, name);
      if (!view.is_file(file) || normal_path(file) == "setup.py") continue;
      built.push_back({file, normal_path(join_path(installed_folder(package), name))});
    }
  }
  return built;
}

// str.isidentifier() on the stem; a byte outside ASCII is taken for a letter.
static bool is_module_name(std::string_view name) {
  if (!name.ends_with(".py")) return false;
  name.remove_suffix(3);
  auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
  };
  if (name.empty() || !is_letter(name[0])) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

using FilesByPackage = std::map<std::string, Strings>;

// setuptools.command.build_py.analyze_manifest: every listed file belongs to the package whose
// folder is its nearest ancestor, compared by spelling; modules directly in it are not data.
static FilesByPackage listed_by_package(const Layout& layout,
                                        const std::vector<std::string>& listed) {
  std::map<std::string, std::string, std::less<>> packages;
  for (const std::string& package : layout.packages)
    packages[package_folder(layout, package)] = package;
  FilesByPackage files;
  for (const std::string& path : listed) {
    auto [folder, name] = split_path(path);
    bool direct = true;
    while (!folder.empty() && packages.find(folder) == packages.end()) {
      auto [above, below] = split_path(folder);
      if (above == folder) break;
      folder = above;
      direct = false;
    }
    auto found = packages.find(folder);
    if (found == packages.end() || (direct && is_module_name(name))) continue;
    files[found->second].push_back(path);
  }
  return files;
}

static Strings patterns_for(const PatternMap& map, const std::string& package,
                            const std::string& folder) {
  Strings patterns;
  auto add = [&](const std::string& key) {
    auto found = map.find(key);
    if (found == map.end()) return;
    for (const std::string& pattern : found->second) patterns.push_back(join_path(folder, pattern));
  };
  add("");
  if (!package.empty()) add(package);
  return patterns;
}

std::vector<BuiltFile> built_data(const Layout& layout, const FileView& view,
                                  const std::vector<std::string>& listed) {
  FilesByPackage by_package;
  if (layout.include_package_data) by_package = listed_by_package(layout, listed);
  std::vector<BuiltFile> built;
  for (const std::string& package : layout.packages) {
    std::string folder = package_folder(layout, package);
    Strings files = by_package[package];
    for (const std::string& pattern : patterns_for(layout.package_data, package, folder))
      for (const std::string& file : glob(view, pattern, true, GlobDialect::python))
        if (view.is_file(file)) files.push_back(file);
    Strings unwanted = patterns_for(layout.exclude_package_data, package, folder);
    for (const std::string& file : files) {
      auto matches = [&](const std::string& pattern) { return fnmatch(file, pattern); };
      if (std::any_of(unwanted.begin(), unwanted.end(), matches)) continue;
      std::string below = relative_path(file, folder);
      built.push_back({file, normal_path(join_path(installed_folder(package), below))});
    }
  }
  return built;
}

}  // namespace trainlint
