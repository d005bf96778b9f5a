#pragma once

#include <optional>
#include <string>

#include "lint/python/check/ast.h"
#include "lint/python/check/token.h"
#include "lint/python/version.h"

namespace trainlint {

// A program that follows the grammar and is refused all the same.
struct ProgramFault {
  uint32_t token = 0;
  std::string message;
};

struct Program {
  const Tokens& tokens;
  const AstTree& tree;
  NodeId module;
  PythonVersion version;
};

// CPython looks for faults in these passes, one after the other; the first that finds one ends it.
//   __future__ statements (Python/future.c)
std::optional<ProgramFault> future_fault(const Program& program);
//   scopes of names (Python/symtable.c)
std::optional<ProgramFault> scope_fault(const Program& program);
//   statements and expressions that stand where they cannot work (Python/compile.c)
std::optional<ProgramFault> placement_fault(const Program& program);

bool future_annotations(const Program& program);

}  // namespace trainlint
