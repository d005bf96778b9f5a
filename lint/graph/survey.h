#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lint/python/module.h"

namespace trainlint {

// What the code of a package does anywhere, in whatever order: where it may give a module a name
// in a way that the simulation does not follow, nothing can be said about that name's absence.
struct Survey {
  struct Names {
    std::unordered_set<std::string_view> global;      // declared global in some function
    std::unordered_map<std::string_view, int> bound;  // by steps outside functions and classes
    std::unordered_map<std::string_view, int> bound_anywhere;
    std::unordered_set<std::string_view> imported;  // top-level names of absolute imports
    bool stars = false;                             // from ... import *
    bool other_letters = false;  // binds names that are not ASCII: compared in NFKC (PEP 3131)
    bool opaque = false;         // some step, run or not, may bind names that cannot be known
  };
  std::vector<Names> modules;
  std::unordered_set<std::string_view> attributes;             // "c" of every `a.b.c = value`
  std::unordered_set<std::string_view> imported_in_functions;  // parts of the names imported there
  // Names whose attributes are set in ways that do not show which: setattr(os, ...), vars(os),
  // os.__dict__.
  std::unordered_set<std::string_view> patched;
  bool exports_touched = false;  // somebody uses the __all__ of another module
};

Survey survey(const std::vector<Module>& modules);

}  // namespace trainlint
