#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trainlint {

// Appends a code point as UTF-8 (surrogates too, as Python keeps them in a str).
void append_utf8(std::string& out, uint32_t code_point);

// The value of the text between the quotes of a string literal: escapes carried out unless `raw`,
// line ends made LF. nullopt for \N{...}, which needs the table of Unicode names.
std::optional<std::string> decode_literal(std::string_view body, bool raw, bool bytes);

}  // namespace trainlint
