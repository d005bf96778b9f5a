#pragma once

#include <optional>
#include <string_view>

#include "lint/python/check/program.h"

namespace trainlint {

// Something in a program of Python 3 that Python 2.7 surely refuses to compile.
struct NewerThanPython2 {
  uint32_t begin = 0;  // bytes in the text
  uint32_t end = 0;
  int minor = 0;          // the first Python 3.x that has it
  std::string_view what;  // "f-strings"
};

// The first in the text, of what is written and named here: a program that is not found to be
// newer need not be one of Python 2.
std::optional<NewerThanPython2> newer_than_python2(const Program& program);

}  // namespace trainlint
