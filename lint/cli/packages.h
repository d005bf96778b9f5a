#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/launch/launch.h"

namespace trainlint {

// Of the packages found in a tree, those that a file or folder below its root stands for: the ones
// in the folder, else the innermost ones that hold it. All for the target "".
std::vector<PackageRoot> packages_at(std::vector<PackageRoot> found, std::string_view target);

// The packages that --module-name can mean: those of its top-level package, else that folder itself
// where the tree has one, else (a name that is nowhere) all of them.
std::vector<PackageRoot> packages_of_module(const SourceTree& tree, std::vector<PackageRoot> found,
                                            const std::string& module);

// The package that --package-path names, built in its parent as gcloud does. `folder` is the path
// in the tree.
PackageRoot package_in(const std::string& folder, const std::string& module);

}  // namespace trainlint
