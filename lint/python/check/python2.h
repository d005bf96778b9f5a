#pragma once

#include <string_view>

#include "lint/python/check/token.h"

namespace trainlint {

// Whether a fault at this offset is there because the text is written for Python 2. `message` is
// what Python 3 says.
bool is_python2(const Tokens& tokens, uint32_t offset, std::string_view message);

}  // namespace trainlint
