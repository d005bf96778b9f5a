#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/distribution/distribution.h"
#include "lint/graph/name_faults.h"
#include "lint/launch/launch.h"
#include "lint/python/module.h"
#include "lint/source/tree.h"

namespace trainlint {

// Who imports whom on the worker, found by carrying out the modules' steps in the order in which
// CPython would (docs.python.org/3/reference/import.html), starting from the entry module.

inline constexpr uint32_t no_module = UINT32_MAX;

// When an import is carried out.
enum class When : uint8_t {
  import_time,    // while the entry module and what it imports are loaded
  main_guard,     // under if __name__ == "__main__" of the entry module, or called from there
  in_function,    // in a function that nothing is known to call while importing
  type_checking,  // under TYPE_CHECKING: never on the worker
  not_taken,      // in a branch that the target Python does not take
};

// What an import resolves to.
enum class Target : uint8_t {
  distribution,  // a module of the distribution
  folder_only,   // a module of the folder that will not be on the worker
  standard_library,
  third_party,  // neither the package's nor the standard library's
  nothing,      // a submodule or name that a package of the distribution does not have
  unknown,
};

struct ImportEdge {
  uint32_t from = 0;  // index of the module
  Syntax::Node statement = 0;
  Span span;         // the imported name
  std::string name;  // absolute dotted name, "trainer.model" or "trainer.model.build"
  When when = When::import_time;
  bool guarded = false;  // a try around it catches the failure
  Target target = Target::unknown;
  uint32_t to = no_module;  // index of the module, when there is one
  bool in_cycle = false;
};

enum class FailureKind : uint8_t {
  sibling_as_absolute,  // import model, where only trainer/model.py exists
  not_in_distribution,  // exists in the folder, will not be on the worker
  missing_submodule,    // import trainer.utilz
  missing_name,         // from trainer.model import buidl; trainer.model.buidl used while importing
  beyond_top,           // from ... import x with more dots than packages
  circular,             // the name is bound only later, by a module that is still being loaded
  case_differs,         // from trainer import Model, where the file is model.py
  does_not_compile,     // the imported file has a syntax fault
  unreadable,           // the imported file cannot be read
  not_in_library,       // a module or name of the standard library that this Python does not have
  undefined_name,       // a plain name that is bound nowhere when it is loaded
  unbound_local,        // a local of the function that is not bound yet
};

struct Failure {
  FailureKind kind;
  uint32_t module = 0;   // where CPython's traceback ends (for does_not_compile: the broken file)
  Span span{};           // on the line that the traceback names
  Span detail{};         // the name itself, where it stands on another line; else equal to span
  std::string name{};    // what was looked for, absolute and dotted: "trainer.model.build"
  std::string source{};  // the file meant, in the tree ("util.py"), where there is one
  std::string reason{};  // for not_in_distribution: why it is left out
  uint32_t target = no_module;  // the module that lacks the name, or that is still being loaded
  bool certain = true;          // false: only if some condition holds that cannot be known
  When when = When::import_time;
  // How the place is reached: the import statements from the entry module to here, outermost first.
  struct Link {
    uint32_t module;
    Span span;
  };
  std::vector<Link> chain{};
};

struct ImportGraph {
  std::vector<ImportEdge> edges;   // by module, then by position
  std::vector<Failure> failures;   // in the order in which they would be met
  std::vector<std::string> names;  // dotted name of each module on the worker, "" when not there
  std::vector<bool> reached;       // by imports carried out at import time or in the main guard
  // By module, for those on the worker: names that are missing whatever is run in which order.
  std::vector<std::vector<NameFault>> name_faults;
  std::vector<std::vector<uint32_t>> cycles;  // strongly connected groups of import-time edges
  uint32_t entry = no_module;
  bool entry_found = false;
};

ImportGraph build_graph(const SourceTree& tree, const std::vector<Module>& modules,
                        const Project& project, const Distribution& distribution,
                        const Launch& launch);

}  // namespace trainlint
