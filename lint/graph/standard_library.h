#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "lint/python/version.h"

namespace trainlint {

// Whether `import name` (a top-level name) finds a module of CPython's own library.
bool is_standard_library(std::string_view name, PythonVersion version);

// Whether sys.modules holds the module before any code of the program runs, so that no file of that
// name is ever taken: built into every CPython, or imported by its start.
bool is_loaded_at_start(std::string_view name);

// What one Python's library has and another's has not.
struct LibraryGap {
  std::string_view name;  // "distutils", "collections.Mapping"
  bool python2 = false;   // only Python 2 has it
  int first = 0;          // minor versions of Python 3 that have it, both included
  int last = 0;
  std::string_view instead;  // "collections.abc.Mapping"; "" where nothing takes its place
};

// The gap that an import of this top-level module falls into in this version.
std::optional<LibraryGap> missing_module(std::string_view name, PythonVersion version);
// The same for a name in a module of the library; `dotted` may go on behind it.
std::optional<LibraryGap> missing_name(std::string_view dotted, PythonVersion version);

// What `from module import *` binds in any version; empty where that is not known.
std::span<const std::string_view> star_names(std::string_view module);

}  // namespace trainlint
