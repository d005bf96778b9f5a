#pragma once

#include <cstdint>
#include <optional>
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

enum class LeftOutCause : uint8_t {
  missing_init,     // a folder without __init__.py, which find_packages() does not enter
  generated_setup,  // in a sub-package, which the setup.py that gcloud writes does not list
  not_listed,       // in a package that the metadata does not list
  no_package,       // in no package at all
  not_packed,       // MANIFEST.in keeps it out of the sdist
  no_pattern,       // data that neither package_data nor include_package_data takes
  excluded_data,    // data that exclude_package_data takes out
  elsewhere,        // installed, but outside site-packages (data_files, scripts)
  build_file,       // setup.py and its like: used by the build, not installed
  hidden,           // a module whose name starts with a dot
};

// A file of the tree that will not be installed, and why, for people: "no __init__.py in
// 'trainer/utils', so find_packages() leaves it out".
struct LeftOut {
  std::string source;
  std::string reason;
  LeftOutCause cause = LeftOutCause::no_package;
};

// setuptools stops with an error: "package directory 'src' does not exist".
struct BuildFault {
  bool on_worker = false;  // false: already when the sdist is made; true: when it is installed
  std::string message;
  Place place;
};

struct Distribution {
  // False when the metadata could not be evaluated far enough: then `installed` is a lower bound
  // and nothing may be concluded from a file's absence.
  bool complete = true;
  std::string incomplete_reason;
  Place incomplete_place;
  // False when that is so for data files only; never true when `complete` is false.
  bool data_complete = true;

  std::vector<InstalledFile> installed;  // in byte order of `path`, unique
  // data_files and scripts: installed below the interpreter's prefix ("share/rows.csv",
  // "bin/run.sh"), where no package finds them beside itself. In byte order of `path`.
  std::vector<InstalledFile> outside;
  std::optional<BuildFault> fault;
  std::vector<std::string> sdist;  // files of the tree that go into the sdist, in byte order
  std::vector<LeftOut> left_out;   // Python and data files of the tree, in byte order
  std::vector<std::string> extension_modules;  // dotted names; compiled on the worker
  std::vector<std::string> packages;  // dotted names that the metadata lists, in byte order
  std::vector<uint32_t> by_source;    // indices of `installed` in byte order of `source`
  bool generated_modules = false;     // custom build commands may write modules nobody sees here

  const InstalledFile* find(std::string_view path) const;           // by installed path
  const InstalledFile* find_source(std::string_view source) const;  // by path in the tree
};

// For a folder the sdist is made first and what is installed is built from that; an sdist is
// installed as it is. `tree` is searched like the folder that holds setup.py.
Distribution predict_distribution(const SourceTree& tree, const Project& project,
                                  TreeKind kind = TreeKind::folder);
// The members of a wheel are what is installed.
Distribution read_wheel(const SourceTree& tree);

}  // namespace trainlint
