#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/project/project.h"
#include "lint/source/tree.h"

namespace trainlint {

// The files that will be on the worker, predicted from the project by setuptools' rules, or read
// from an archive.

struct InstalledFile {
  std::string path;    // below site-packages: "trainer/task.py"
  std::string source;  // below the source tree's root: "src/trainer/task.py"
};

// A file of the tree that will not be installed, and why: "no __init__.py in trainer/utils, so
// find_packages() leaves it out".
struct LeftOut {
  std::string source;
  std::string reason;
};

struct Distribution {
  // False when the metadata could not be evaluated far enough: then `installed` is a lower bound
  // and nothing may be concluded from a file's absence.
  bool complete = true;
  std::string incomplete_reason;
  Place incomplete_place;

  std::vector<InstalledFile> installed;  // in byte order of `path`, unique
  std::vector<std::string> sdist;        // files of the tree that go into the sdist, in byte order
  std::vector<LeftOut> left_out;         // Python and data files of the tree, in byte order
  std::vector<std::string> extension_modules;  // dotted names; compiled on the worker
  std::vector<std::string> packages;     // dotted names that the metadata lists, in byte order
  bool generated_modules = false;        // custom build commands may write modules nobody sees here

  const InstalledFile* find(std::string_view path) const;               // by installed path
  const InstalledFile* find_source(std::string_view source) const;      // by path in the tree
};

Distribution predict_distribution(const SourceTree& tree, const Project& project);
// The members of an sdist are its own truth about what can be installed; a wheel's are all of it.
Distribution read_wheel(const SourceTree& tree);

}  // namespace trainlint
