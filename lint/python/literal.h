#pragma once

#include <string_view>

#include "lint/python/module.h"

namespace trainlint {

// What stands between the quotes of one plain string literal without escapes, as a view of the
// text; "" for anything else (also for an empty string). string_value() knows all literals.
std::string_view literal_text(const Syntax& syntax, Syntax::Node node);

}  // namespace trainlint
