// The sdist is packed by setuptools; what the worker's pip builds from it is the other tool's
// affair.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "lint/distribution/backend_files.h"
#include "lint/distribution/prediction.h"
#include "lint/project/settings.h"

namespace trainlint {

static void leave_open(std::string reason, Distribution& result) {
  if (!result.complete) return;
  result.complete = result.data_complete = false;
  result.incomplete_reason = std::move(reason);
  result.incomplete_place = {"pyproject.toml", std::nullopt};
}

// The package that gcloud would write a setup.py for: the one that is installed, if it is one.
static std::string top_package(const Project& project) {
  std::string top;
  for (const std::string& package : project.packages.value) {
    std::string first = package.substr(0, package.find('.'));
    if (!top.empty() && first != top) return "";
    top = std::move(first);
  }
  return top;
}

// Fills in the sdist's files.
static void pack(const SourceTree& tree, const Project& project, TreeKind kind,
                 Distribution& result) {
  const bool scripted = tree.has_file("setup.py");
  const std::string package = scripted ? "" : top_package(project);
  Project packer;
  if (kind != TreeKind::sdist) packer = read_packing_project(tree, package);
  if (kind == TreeKind::sdist || (!scripted && packer.packages.value.empty())) {
    result.sdist = FileView(tree).files();
    // Nothing that gcloud could pack from here: the archive is made by the tool itself.
    if (kind != TreeKind::sdist) leave_open("how the archive is made is not known", result);
    return;
  }
  Distribution packed = predict_distribution(tree, packer, kind);
  result.sdist = std::move(packed.sdist);
  result.generated_modules = packed.generated_modules;
  if (packed.fault && !packed.fault->on_worker) result.fault = packed.fault;
  if (!packed.complete) leave_open(packed.incomplete_reason, result);
}

static bool is_module(std::string_view path) {
  return path.ends_with(".py");
}

static void explain(const FileView& whole, const Project& project, Distribution& result) {
  for (const std::string& file : whole.files()) {
    if (is_noise(file) || result.find_source(file)) continue;
    const bool packed = std::binary_search(result.sdist.begin(), result.sdist.end(), file);
    result.left_out.push_back({file,
                               packed
                                   ? fmt::format("'{}' does not choose it", project.build_backend)
                                   : "not in the sdist",
                               packed ? LeftOutCause::no_package : LeftOutCause::not_packed});
  }
}

Distribution predict_other_backend(const SourceTree& tree, const Project& project, TreeKind kind) {
  Distribution result;
  pack(tree, project, kind, result);
  const FileView worker(tree, result.sdist);
  Project ignored;
  const PyValue pyproject = read_pyproject(tree, ignored);
  BackendFiles chosen = files_of_backend(pyproject, project, worker);
  if (!worker.is_file("pyproject.toml"))
    leave_open("'pyproject.toml' is not in the sdist, and the worker needs it", result);
  if (!chosen.open.empty()) leave_open(chosen.open, result);
  if (!chosen.fault.empty() && !result.fault)
    result.fault = BuildFault{true, chosen.fault, {"pyproject.toml", std::nullopt}};
  std::map<std::string, std::string> installed;
  for (const BuiltFile& file : chosen.files) installed.emplace(file.installed, file.source);
  for (const auto& [path, source] : installed) result.installed.push_back({path, source});
  index_sources(result);
  for (const InstalledFile& file : result.installed)
    if (is_module(file.path)) {
      std::string package(split_path(file.path).first);
      std::replace(package.begin(), package.end(), '/', '.');
      if (!package.empty()) result.packages.push_back(std::move(package));
    }
  std::sort(result.packages.begin(), result.packages.end());
  result.packages.erase(std::unique(result.packages.begin(), result.packages.end()),
                        result.packages.end());
  add_extension_modules(result);
  result.generated_modules = result.generated_modules || !chosen.open.empty();
  if (result.complete) explain(FileView(tree), project, result);
  return result;
}

}  // namespace trainlint
