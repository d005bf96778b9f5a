#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/source/tree.h"

namespace trainlint {

// How a Dockerfile's ENTRYPOINT or CMD starts a module of the tree (docs.docker.com, "Dockerfile
// reference"), itself or by a shell script of the tree.
struct ContainerStart {
  std::string path;         // of what is run, in the tree
  std::string module;       // dotted, when it is run by `-m`; "" when by its path
  std::string folder;       // of the tree, first on sys.path
  bool path_known = false;  // nothing but `folder` and what pip has installed is on sys.path
  bool installed = false;   // pip or setup.py of the Dockerfile installs from the tree
};

// The image paths are brought back to the tree by COPY and ADD, or, where those do not tell, by
// the longest end of the path that is a file of the tree or of `package_folder`. Nothing when the
// Dockerfile cannot be read, starts no Python, or starts what the tree does not have.
std::optional<ContainerStart> read_container_start(const SourceTree& tree,
                                                   const std::string& dockerfile,
                                                   std::string_view package_folder);

}  // namespace trainlint
