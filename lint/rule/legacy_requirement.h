#pragma once

#include <string_view>

namespace trainlint {

// What `packaging` before release 22 takes as well, and with it setuptools before 67: any text as
// a version behind ==, !=, <, >, <= and >= ("numpy==1.x", ">=3.6.*").

// Of a requirement that parse_requirement() refuses: do older tools take it?
bool is_legacy_requirement(std::string_view text);
// Of specifiers that parse_specifier_set() refuses: do older tools take them?
bool is_legacy_specifier_set(std::string_view text);

}  // namespace trainlint
