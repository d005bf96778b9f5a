#pragma once

#include <vector>

#include "lint/launch/launch.h"
#include "lint/source/tree.h"

namespace trainlint {

// The commands and job files of a tree that are about none of `packages`, by the folder that they
// lie in: roots without a package, in byte order. `commands`: find_gcloud_commands of the tree.
std::vector<PackageRoot> find_submissions(const SourceTree& tree,
                                          const std::vector<ScriptCommand>& commands,
                                          const std::vector<PackageRoot>& packages);

// Whether a root is one of these.
inline bool is_submission(const PackageRoot& root) {
  return root.package_folder.empty() && root.module.empty();
}

}  // namespace trainlint
