#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/distribution/distribution.h"
#include "lint/distribution/file_view.h"
#include "lint/distribution/manifest.h"
#include "lint/distribution/setuptools.h"

namespace trainlint {

// One way the two steps can go: the sdist is packed from the tree, the worker builds from it.
struct Steps {
  Layout layout;
  Layout rebuilt;                    // the same on the worker: packages may have got lost
  FileList packed;                   // what the sdist command lists
  FileView worker;                   // what lies on the worker's disk when it builds
  std::vector<BuiltFile> installed;  // with normal paths, in byte order of `installed`, unique
};

// `egg_info` and `include_package_data` are taken from the layout, whatever the project says.
Steps run_steps(const SourceTree& tree, const FileView& whole, const Project& project,
                Layout layout, TreeKind kind);

// poetry, hatchling, flit, pdm: their own choice of the files that setuptools has packed.
Distribution predict_other_backend(const SourceTree& tree, const Project& project, TreeKind kind);

// Fills `by_source`; to be called when `installed` is complete.
void index_sources(Distribution& result);

// Compiled modules that lie among the installed files.
void add_extension_modules(Distribution& result);

// Version control, caches and what builds leave behind: no news for anybody.
bool is_noise(std::string_view path);

// The files of the tree that are not installed, each with its reason.
std::vector<LeftOut> explain_left_out(const FileView& whole, const Project& project,
                                      const Steps& steps, const Distribution& distribution);

}  // namespace trainlint
