// __future__ statements: docs.python.org/3/reference/simple_stmts.html#future
#include <fmt/format.h>

#include "lint/python/check/program.h"

namespace trainlint {

static bool known_feature(std::string_view name, PythonVersion version) {
  for (std::string_view known :
       {"nested_scopes", "generators", "division", "absolute_import", "with_statement",
        "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop"})
    if (name == known) return true;
  return name == "annotations" && version >= PythonVersion{3, 7};
}

static bool imports_future(const AstNode& node) {
  return node.kind == Ast::import_from && (node.flags & ast_simple);
}

static std::optional<ProgramFault> feature_fault(const Program& program, const AstNode& node) {
  if (node.flags & ast_star) return ProgramFault{node.first, "future feature * is not defined"};
  for (NodeId id = node.child; id; id = program.tree[id].next) {
    std::string_view name = program.tokens.text_of(program.tree[id].first);
    if (known_feature(name, program.version)) continue;
    if (name == "braces") return ProgramFault{node.first, "not a chance"};
    return ProgramFault{node.first, fmt::format("future feature {} is not defined", name)};
  }
  return std::nullopt;
}

std::optional<ProgramFault> future_fault(const Program& program) {
  bool late = false, first = true;
  for (NodeId id = program.tree[program.module].child; id; id = program.tree[id].next) {
    const AstNode& node = program.tree[id];
    if (imports_future(node)) {
      if (late)
        return ProgramFault{node.first,
                            "from __future__ imports must occur at the beginning of the file"};
      if (auto fault = feature_fault(program, node)) return fault;
    } else {
      // A docstring may stand before.
      const AstNode& value = program.tree[node.child];
      late |= !(first && node.kind == Ast::expression && value.kind == Ast::string &&
                !(value.flags & ast_bytes));
    }
    first = false;
  }
  return std::nullopt;
}

bool future_annotations(const Program& program) {
  for (NodeId id = program.tree[program.module].child; id; id = program.tree[id].next) {
    const AstNode& node = program.tree[id];
    if (!imports_future(node)) continue;
    for (NodeId name = node.child; name; name = program.tree[name].next)
      if (program.tokens.text_of(program.tree[name].first) == "annotations") return true;
  }
  return false;
}

}  // namespace trainlint
