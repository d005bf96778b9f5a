#pragma once

#include <cstdint>
#include <string_view>

#include "lint/python/version.h"

namespace trainlint {

// The offset of the first character that may not stand where it does in an identifier, or npos.
// `name` is valid UTF-8. Versions before 3.11 are taken to know what 3.11 knows.
size_t find_bad_in_identifier(std::string_view name, PythonVersion version);

// The code point at `at` of valid UTF-8; `at` moves behind it.
uint32_t code_point(std::string_view text, size_t& at);

}  // namespace trainlint
