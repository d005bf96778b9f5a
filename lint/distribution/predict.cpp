#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "lint/distribution/prediction.h"

namespace trainlint {

template <class T>
static void require_known(const Value<T>& value, std::string_view what, Distribution& result) {
  if (!value.is_unknown() || !result.complete) return;
  result.complete = result.data_complete = false;
  result.incomplete_reason = fmt::format("'{}' is not known: {}", what, value.reason);
  result.incomplete_place = value.place;
}

static void note_unknowns(const Project& project, Distribution& result) {
  require_known(project.packages, "packages", result);
  require_known(project.package_dir, "package_dir", result);
  require_known(project.py_modules, "py_modules", result);
  // package_data can ship Python files of folders that are no packages.
  require_known(project.package_data, "package_data", result);
  if (project.exclude_package_data.is_unknown()) result.data_complete = false;
}

// Commands whose replacement may write or leave out modules.
static bool runs_own_build(const Project& project) {
  static constexpr std::string_view commands[] = {"build",       "build_py", "build_ext",
                                                  "bdist_wheel", "install",  "install_lib",
                                                  "egg_info",    "sdist"};
  return std::any_of(
      project.custom_commands.begin(), project.custom_commands.end(), [](const std::string& name) {
        // "*": which commands are replaced is not known.
        return name == "*" ||
               std::find(std::begin(commands), std::end(commands), name) != std::end(commands);
      });
}

// Layouts that the metadata leaves open: whether include_package_data is on, and which of the
// *.egg-info folders of a nameless project will be read again. The first is the poorest.
static std::vector<Layout> possible_layouts(const Project& project, const FileView& whole) {
  std::vector<Layout> layouts{layout_of(project)};
  if (project.include_package_data.is_unknown()) {
    layouts[0].include_package_data = false;
    layouts.push_back(layouts[0]);
    layouts.back().include_package_data = true;
  }
  if (!project.name.is_unknown()) return layouts;
  auto root = layouts[0].package_dir.find("");
  std::string base = root == layouts[0].package_dir.end() ? "" : root->second;
  for (const std::string& name : whole.names_in(base)) {
    if (!name.ends_with(".egg-info") || !layouts[0].include_package_data) continue;
    layouts.push_back(layouts[0]);
    layouts.back().egg_info = join_path(base, name);
  }
  return layouts;
}

static std::set<std::string> paths_of(const Steps& steps, bool modules) {
  std::set<std::string> paths;
  for (const BuiltFile& file : steps.installed)
    if (file.installed.ends_with(".py") == modules) paths.insert(file.installed);
  return paths;
}

static void compare_variants(const Steps& first, const Steps& other, Distribution& result) {
  if (paths_of(first, false) != paths_of(other, false)) result.data_complete = false;
  if (!result.complete || paths_of(first, true) == paths_of(other, true)) return;
  result.complete = result.data_complete = false;
  result.incomplete_reason = "metadata that is not known decides which modules are packed as data";
}

static void note_faults(const FileView& whole, const Project& project, const Steps& steps,
                        Distribution& result) {
  auto report = [&](bool on_worker, std::string message, const Place& place) {
    if (!result.fault) result.fault = BuildFault{on_worker, std::move(message), place};
  };
  // egg_info writes there before anything is packed.
  const auto root = steps.layout.package_dir.find("");
  if (root != steps.layout.package_dir.end() && !root->second.empty() && root->second != "." &&
      !root->second.starts_with('/') && !whole.is_folder(root->second))
    report(false, fmt::format("'{}' of package_dir does not exist or is no folder", root->second),
           project.package_dir.place);
  if (auto folder = missing_package_folder(steps.layout, whole))
    report(
        false,
        whole.is_file(*folder)
            ? fmt::format("supposed package directory '{}' exists, but is not a directory", *folder)
            : fmt::format("package directory '{}' does not exist", *folder),
        project.packages.place);
  if (auto folder = missing_package_folder(steps.rebuilt, steps.worker))
    report(true, fmt::format("package directory '{}' does not exist", *folder),
           project.packages.place);
  for (const std::string& script : steps.layout.scripts)
    if (!steps.worker.is_file(script))
      report(true, fmt::format("script '{}' does not exist", script), project.scripts.place);
  for (const auto& [folder, files] : steps.layout.data_files)
    for (const std::string& file : files)
      if (!steps.worker.is_file(file))
        report(true, fmt::format("can't copy '{}': doesn't exist or not a regular file", file),
               project.data_files.place);
}

static bool has_options(const SourceTree& tree) {
  Result<Bytes> text = tree.read("setup.cfg");
  return text && (*text)->find("[options") != std::string::npos;
}

// What tells the build about the project must be in the sdist itself, or the worker builds
// something else.
static void require_metadata(const SourceTree& tree, const FileView& whole, const Project& project,
                             const Steps& steps, Distribution& result) {
  static constexpr std::pair<ProjectOrigin, const char*> sources[] = {
      {ProjectOrigin::setup_py, "setup.py"},
      {ProjectOrigin::setup_cfg, "setup.cfg"},
      {ProjectOrigin::pyproject, "pyproject.toml"},
  };
  auto is_lost = [&](const char* file) {
    return whole.is_file(file) && !steps.worker.is_file(file);
  };
  if (is_lost("setup.py") && !steps.worker.is_file("pyproject.toml") && !result.fault)
    result.fault = BuildFault{true, "neither 'setup.py' nor 'pyproject.toml' is in the sdist",
                              Place{"MANIFEST.in", std::nullopt}};
  for (const auto& [origin, file] : sources) {
    if (!is_lost(file) || !result.complete) continue;
    // Beside a setup.py, setup.cfg may say the rest.
    if (origin != project.origin && !(origin == ProjectOrigin::setup_cfg && has_options(tree)))
      continue;
    result.complete = result.data_complete = false;
    result.incomplete_reason =
        fmt::format("'{}' is not in the sdist, and the worker needs it", file);
    result.incomplete_place = {"MANIFEST.in", std::nullopt};
  }
}

static void place_outside(const Steps& steps, Distribution& result) {
  auto add = [&](const std::string& folder, const std::string& source) {
    if (!steps.worker.is_file(source)) return;
    std::string name(split_path(source).second);
    result.outside.push_back({normal_path(join_path(folder, name)), normal_path(source)});
  };
  for (const auto& [folder, files] : steps.layout.data_files)
    for (const std::string& file : files) add(folder, file);
  for (const std::string& script : steps.layout.scripts) add("bin", script);
  std::stable_sort(result.outside.begin(), result.outside.end(),
                   [](const InstalledFile& a, const InstalledFile& b) { return a.path < b.path; });
}

static bool is_extension_module(std::string_view path) {
  return path.ends_with(".so") || path.ends_with(".pyd") ||
         (path.ends_with(".pyc") && path.find("__pycache__/") == path.npos);
}

void add_extension_modules(Distribution& result) {
  for (const InstalledFile& file : result.installed) {
    if (!is_extension_module(file.path)) continue;
    auto [folder, name] = split_path(file.path);
    // "ops.cpython-311-x86_64-linux-gnu.so" is the module 'ops'.
    std::string module = join_path(folder, name.substr(0, name.find('.')));
    std::replace(module.begin(), module.end(), '/', '.');
    result.extension_modules.push_back(module);
  }
  std::sort(result.extension_modules.begin(), result.extension_modules.end());
}

static Strings unique_names(const Strings& names) {
  std::set<std::string> unique(names.begin(), names.end());
  return {unique.begin(), unique.end()};
}

static Strings unique_paths(const std::vector<std::string>& files) {
  std::set<std::string> unique;
  for (const std::string& file : files) unique.insert(normal_path(file));
  return {unique.begin(), unique.end()};
}

// A link to nowhere among a package's modules is listed and cannot be copied. In a folder the sdist
// leaves it out by itself.
static void note_dangling_links(const SourceTree& tree, const Steps& steps, Distribution& result) {
  std::set<std::string> folders;
  for (const std::string& package : steps.rebuilt.packages)
    folders.insert(normal_path(package_folder(steps.rebuilt, package)));
  for (const SourceFile& file : tree.files()) {
    if (file.kind != FileKind::link || !file.path.ends_with(".py") || file.target.empty() ||
        file.target.starts_with('/') || folders.count(parent_folder(file.path)) == 0)
      continue;
    const std::string target = normal_path(join_path(parent_folder(file.path), file.target));
    if (target.starts_with("..") || tree.find(target) || tree.has_folder(target) || result.fault)
      continue;
    result.fault = BuildFault{
        true, fmt::format("can't copy '{}': doesn't exist or not a regular file", file.path),
        Place{file.path, std::nullopt}};
  }
}

static Distribution predict(const SourceTree& tree, const Project& project, TreeKind kind) {
  Distribution result;
  note_unknowns(project, result);
  FileView whole(tree);
  std::vector<Layout> layouts = possible_layouts(project, whole);
  Steps steps = run_steps(tree, whole, project, layouts[0], kind);
  for (size_t i = 1; i < layouts.size(); ++i)
    compare_variants(steps, run_steps(tree, whole, project, layouts[i], kind), result);
  for (const BuiltFile& file : steps.installed)
    result.installed.push_back({file.installed, file.source});
  index_sources(result);
  result.sdist = unique_paths(steps.packed.files);
  result.packages = unique_names(steps.layout.packages);
  result.extension_modules = project.ext_modules.value;
  add_extension_modules(result);
  result.generated_modules = project.ext_modules.is_unknown() || runs_own_build(project);
  place_outside(steps, result);
  note_faults(whole, project, steps, result);
  if (kind == TreeKind::sdist) note_dangling_links(tree, steps, result);
  require_metadata(tree, whole, project, steps, result);
  if (result.complete) result.left_out = explain_left_out(whole, project, steps, result);
  return result;
}

Distribution predict_distribution(const SourceTree& tree, const Project& project, TreeKind kind) {
  if (!project.build_backend.starts_with("setuptools"))
    return predict_other_backend(tree, project, kind);
  if (project.origin != ProjectOrigin::generated || tree.has_file("setup.py"))
    return predict(tree, project, kind);
  // gcloud writes a setup.py beside the package, so lines of MANIFEST.in meet it as well.
  std::unique_ptr<SourceTree> with_setup =
      overlay(tree, {{"setup.py", std::make_shared<const std::string>()}});
  Distribution result = predict(*with_setup, project, kind);
  std::erase(result.sdist, "setup.py");
  std::erase_if(result.left_out, [](const LeftOut& file) { return file.source == "setup.py"; });
  return result;
}

}  // namespace trainlint
