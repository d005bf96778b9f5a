#pragma once

#include <string_view>

#include "lint/python/version.h"

namespace trainlint {

// Whether `import name` (a top-level name) finds a module of CPython's own library.
bool is_standard_library(std::string_view name, PythonVersion version);

}  // namespace trainlint
