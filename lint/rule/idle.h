#pragma once

#include <optional>

#include "lint/python/module.h"

namespace trainlint {

// Whether running a module's top level surely does no work: it only imports, defines, and sets
// constants. False in every doubt. What it imports is not looked at. `as_main`: it runs as the
// program, so that its main guard holds.
bool does_nothing(const Module& module, bool as_main);

// The condition of an `if __name__ == "..."` that can never be true.
std::optional<Span> misspelt_guard(const Module& module);

}  // namespace trainlint
