#pragma once

#include <string_view>

#include "lint/python/version.h"

namespace trainlint {

// The versions whose grammar, builtins and library are known here, for messages.
inline constexpr std::string_view known_pythons = "Python 2.7 and 3.5 to 3.14";
static_assert(newest_python == PythonVersion{3, 14});

constexpr bool is_known_python(PythonVersion version) {
  if (version.major == 2) return version.minor == 7;
  return version.major == 3 && version.minor >= 5 && version.minor <= newest_python.minor;
}

}  // namespace trainlint
