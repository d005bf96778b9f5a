#include "lint/rule/left_out.h"

#include <algorithm>

#include "lint/rule/import_failure.h"
#include "lint/rule/packing.h"
#include "lint/text/path.h"

namespace trainlint {

const LeftOut* left_out_of(const Package& package, const Failure& failure) {
  if (failure.source.empty()) return nullptr;
  std::string below = failure.source + "/";
  for (const LeftOut& left_out : package.distribution.left_out)
    if (left_out.source == failure.source || left_out.source.starts_with(below)) return &left_out;
  return nullptr;
}

// The metadata searches for packages and takes folders with an __init__.py only.
static bool searches_for_packages(const Package& package) {
  return setup_is_generated(package) || package.project.packages_found_by == "find_packages()";
}

std::string folder_without_init(const Package& package, const Failure& failure) {
  const LeftOut* left_out = left_out_of(package, failure);
  if (left_out == nullptr || !is_built(package) || !searches_for_packages(package)) return "";
  const std::string& top = package.launch.package_folder;
  if (top.empty() || !left_out->source.starts_with(top + "/")) return "";
  const std::string& source = left_out->source;
  for (size_t slash = source.find('/', top.size() + 1); slash != std::string::npos;
       slash = source.find('/', slash + 1)) {
    std::string folder = source.substr(0, slash);
    if (!package.tree->has_file(folder + "/__init__.py")) return folder;
  }
  return "";
}

std::string unlisted_subpackage(const Package& package, const Failure& failure) {
  const LeftOut* left_out = left_out_of(package, failure);
  const Project& project = package.project;
  if (left_out == nullptr || left_out->cause != LeftOutCause::not_listed) return "";
  if (!project.packages_found_by.empty() || project.packages.place.path.empty()) return "";
  const std::vector<std::string>& listed = package.distribution.packages;
  std::string top = failure.name.substr(0, failure.name.find('.'));
  if (std::find(listed.begin(), listed.end(), top) == listed.end()) return "";
  std::string folder = failure.source;
  if (folder.ends_with(".py")) folder = parent_folder(folder);
  if (!package.tree->has_file(folder + "/__init__.py")) return "";
  return dotted_name(package, folder);
}

bool setup_is_generated(const Package& package) {
  return package.project.origin == ProjectOrigin::generated;
}

std::string_view metadata_file(const Package& package) {
  switch (package.project.origin) {
    case ProjectOrigin::setup_cfg:
      return "setup.cfg";
    case ProjectOrigin::pyproject:
      return "pyproject.toml";
    default:
      return "setup.py";
  }
}

}  // namespace trainlint
