#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/source/tree.h"

namespace trainlint {

// "Dockerfile", "Dockerfile.gpu", "cpu.Dockerfile".
inline bool is_dockerfile(std::string_view name) {
  return name == "Dockerfile" || name.starts_with("Dockerfile.") || name.ends_with(".Dockerfile") ||
         name.ends_with(".dockerfile");
}

// How a Dockerfile's ENTRYPOINT or CMD starts Python on a file of the tree (docs.docker.com,
// "Dockerfile reference"), itself, by a launcher such as torchrun, or by a shell script of the
// tree.
struct ContainerStart {
  std::string path;         // of what is run, in the tree; "" when that is not understood
  std::string module;       // dotted, when it is run by `-m`; "" when by its path
  std::string folder;       // of the tree, first on sys.path
  bool path_known = false;  // sys.path is `folder` and what pip has installed; `folder` in the
                            // image holds what it holds in the tree
  bool installed = false;   // the Dockerfile installs from the tree
};

// The image's paths are brought back to the tree by COPY and ADD, or, where those do not tell, by
// the longest end of the path that is a file of the tree or of `package_folder`. Nothing when the
// Dockerfile cannot be read.
std::optional<ContainerStart> read_container_start(const SourceTree& tree,
                                                   const std::string& dockerfile,
                                                   std::string_view package_folder);

}  // namespace trainlint
