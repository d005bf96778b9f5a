#pragma once

#include <string_view>

namespace trainlint {

// Whether a top-level import name belongs to a widely used distribution on PyPI.
bool is_known_third_party(std::string_view name);

}  // namespace trainlint
