#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/config/config.h"
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

// Of the packages found in a tree, those that `target` stands for under the configuration of its
// folder, which may name a package and an entry module. `module` is that of the command line, or
// "".
std::vector<PackageRoot> packages_meant(const SourceTree& tree,
                                        const std::vector<PackageRoot>& found,
                                        const std::string& target, const Config& config,
                                        const std::string& module);

}  // namespace trainlint
