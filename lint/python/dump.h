#pragma once

#include <string>

#include "lint/python/module.h"

namespace trainlint {

// A module's facts for people: one line a step, "line:column kind text ...", indented by block;
// then what __all__ says. `trainlint dump module` prints it.
std::string dump_module(const Module& module);

}  // namespace trainlint
