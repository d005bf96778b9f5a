#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lint/launch/launch.h"
#include "lint/source/tree.h"

namespace trainlint {

// The packages of one view of a tree.
struct ViewedPackages {
  std::string notebook;              // that writes them; "" for those that are there
  std::shared_ptr<SourceTree> tree;  // null for the tree itself
  std::vector<PackageRoot> packages;
  // By folder, the commands and job files that are about none of the packages: roots without a
  // package.
  std::vector<PackageRoot> submissions;
};

// The packages that are in a tree, with the commands of the notebooks beside them; then those that
// each of its notebooks writes; then what is submitted without any, if there is something. `tree`
// must outlive the views.
std::vector<ViewedPackages> find_packages_and_notebooks(const SourceTree& tree);

}  // namespace trainlint
