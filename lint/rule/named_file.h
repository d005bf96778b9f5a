#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// Files of the project that code names, as far as the name can be followed without running it.

enum class FileUse : uint8_t {
  reads,   // an argument of a call that reads it
  writes,  // ... that writes, makes, removes or looks for it
  names,   // anything else
};

struct NamedFile {
  uint32_t module = 0;
  Span span;              // the expression that names it
  std::string source;     // in the tree: "trainer/vocab.txt"
  std::string installed;  // where the code looks for it, below site-packages; may begin with ".."
  FileUse use = FileUse::names;
  bool in_function = false;
  bool in_doubt = false;    // under if, try, for, while or with an `else`: it may not be reached
  bool looked_for = false;  // in a try, or under a test whether it exists: the code is prepared
};

// Named relative to the code: by __file__, pkgutil, pkg_resources or importlib.resources, in
// modules that are on the worker and that the entry module loads. Only files that the tree has.
std::vector<NamedFile> files_beside_code(const Package& package);

// Named relative to the working directory, by a text alone, and read: open("trainer/vocab.txt").
std::vector<NamedFile> files_below_working_folder(const Package& package);

// The module is loaded whenever the job starts: the entry, and what is imported by plain statements
// at the left margin.
std::vector<bool> certainly_loaded(const Package& package);

}  // namespace trainlint
