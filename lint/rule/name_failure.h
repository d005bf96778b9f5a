#pragma once

#include <string_view>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// What the rules about names share.

// A name fault of a module, unless the simulation has met a failure at the same place.
struct PlacedFault {
  uint32_t module;
  const NameFault* fault;
};
std::vector<PlacedFault> unmet_faults(const Package& package, NameFault::Kind kind);

// A builtin of Python 2 that Python 3 does not have, or null.
const char* python2_replacement(std::string_view name);

// Adds where the module binds the name after all, or which name may be meant.
// All names of the module are looked at, so that is for the first `most_noted` faults only.
inline constexpr size_t most_noted = 200;
void add_name_notes(Report::Added& added, const Module& module, std::string_view name);

}  // namespace trainlint
