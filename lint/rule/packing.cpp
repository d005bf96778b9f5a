#include "lint/rule/packing.h"

#include <algorithm>

#include "lint/graph/standard_library.h"

namespace trainlint {

bool is_built(const Package& package) {
  return package.launch.route == Route::gcloud_sdist || package.launch.route == Route::archive;
}

bool runs_setup_py(const Package& package) {
  return package.kind != TreeKind::wheel && package.tree->has_file("setup.py") &&
         package.project.build_backend.starts_with("setuptools");
}

static bool mentions_plugin(const SourceTree& tree, std::string_view path) {
  if (!tree.has_file(path)) return false;
  Result<Bytes> text = tree.read(path);
  if (!text) return true;
  for (std::string_view plugin : {"setuptools_scm", "setuptools-scm", "use_scm_version",
                                  "setuptools_git", "setuptools-git", "pbr", "versioningit"})
    if ((*text)->find(plugin) != std::string::npos) return true;
  return false;
}

bool sdist_may_hold_more(const Package& package) {
  return !package.distribution.complete || package.distribution.generated_modules ||
         names_sdist_plugin(package);
}

bool names_sdist_plugin(const Package& package) {
  for (std::string_view file : {"setup.py", "setup.cfg", "pyproject.toml"})
    if (mentions_plugin(*package.tree, file)) return true;
  return false;
}

bool is_in_every_build(const std::string& top) {
  constexpr PythonVersion oldest{2, 7};
  constexpr PythonVersion newest{3, 11};
  constexpr std::string_view build_tools[] = {"setuptools", "distutils", "pkg_resources", "pip",
                                              "wheel"};
  return is_standard_library(top, newest) || is_standard_library(top, oldest) ||
         std::find(std::begin(build_tools), std::end(build_tools), top) != std::end(build_tools);
}

std::string own_module(const SourceTree& tree, const std::string& dotted) {
  std::string path = dotted;
  std::replace(path.begin(), path.end(), '.', '/');
  for (const std::string& file : {path + "/__init__.py", path + ".py"})
    if (tree.has_file(file)) return file;
  return "";
}

bool is_in_sdist(const Package& package, std::string_view path) {
  if (package.kind != TreeKind::folder) return package.tree->has_file(path);
  const std::vector<std::string>& files = package.distribution.sdist;
  return std::binary_search(files.begin(), files.end(), path, std::less<>());
}

bool is_python_given(const Package& package) {
  PythonSource source = package.launch.python_source;
  return source == PythonSource::image || source == PythonSource::python_version;
}

std::unique_ptr<SourceTree> unpacked_sdist(const Package& package) {
  return package.kind == TreeKind::folder ? selection(*package.tree, package.distribution.sdist)
                                          : subtree(*package.tree, "");
}

}  // namespace trainlint
