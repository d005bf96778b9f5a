#pragma once

#include <string>
#include <vector>

#include "lint/distribution/distribution.h"

namespace trainlint {

// What is on the worker where the tree itself is not built there.

// The files below some folders of the tree, each where it lies below `root` (a folder of the tree;
// all of them are in it): what `docker build` copies in the context `root`. A .dockerignore there
// is not read, but makes the result incomplete.
Distribution copy_folders(const SourceTree& tree, const std::string& root,
                          const std::vector<std::string>& folders);

// One file of the tree, as the Python SDK of Vertex AI packs it: alone, as task.py of a package of
// its own making.
Distribution pack_script(const SourceTree& tree, const std::string& script);

// The module that the worker starts then.
inline constexpr std::string_view packed_script_module = "aiplatform_custom_trainer_script.task";

}  // namespace trainlint
