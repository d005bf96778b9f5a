#pragma once

#include <string>
#include <vector>

#include "lint/distribution/distribution.h"
#include "lint/source/tree.h"

namespace trainlint {

// Adds the files below folders of the tree that are on sys.path on the worker in a way of their own
// (another archive, PYTHONPATH of the image), each from its folder on. What the package installs
// under the same name stays.
void add_folders_on_path(const SourceTree& tree, const std::vector<std::string>& folders,
                         Distribution& distribution);

}  // namespace trainlint
