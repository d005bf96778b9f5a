#pragma once

#include <cstdint>
#include <vector>

namespace trainlint {

// The syntax tree of CPython's own parser, as far as its later stages look at it. tree-sitter's
// tree serves the lowering; this one exists because the same judgement as compile() needs the same
// tree: it is made only from text that follows Python's grammar.
enum class Ast : uint8_t {
  none,
  // Expressions; children are operands in source order.
  name,
  number,
  string,
  joined,
  true_,
  false_,
  null,
  ellipsis,
  tuple,
  list,
  set,
  dict,
  attribute,
  subscript,
  slice,
  call,
  keyword,
  starred,
  double_starred,
  unary,
  binary,
  boolean,
  compare,
  conditional,
  lambda,
  await,
  yield,
  yield_from,
  named,
  list_comprehension,
  set_comprehension,
  dict_comprehension,
  generator,
  clause,  // of a comprehension: target, iterable, conditions
  field,   // of a joined string: expression, then fields of its format specification
  // Statements.
  expression,
  assign,
  augmented,
  annotated,
  return_,
  raise,
  global,
  nonlocal,
  del,
  pass,
  break_,
  continue_,
  import,
  import_from,
  assert,
  type_alias,
  if_,       // test, block, [block]: elif is an if_ in the second block
  while_,    // test, block, [block]
  for_,      // target, iterable, block, [block]
  with,      // items, block
  try_,      // block, handlers, [block of else], [block of finally]
  match,     // subject, cases
  function,  // decorators, [type_parameters], parameters, [returns], block
  class_,    // decorators, [type_parameters], arguments, block
  // Their parts.
  module,
  block,
  item,
  handler,
  case_,
  decorator,
  parameters,
  parameter,
  returns,
  arguments,
  alias,
  else_,
  finally,
  type_parameters,
  type_parameter,
  // Patterns.
  pattern_value,
  pattern_capture,
  pattern_star,
  pattern_sequence,
  pattern_mapping,
  pattern_class,
  pattern_keyword,
  pattern_or,
  pattern_as,
};

// What `flags` says, by kind of node.
enum AstFlags : uint8_t {
  ast_async = 1,         // function, for_, with, clause
  ast_simple = 2,        // annotated: the target is a name without brackets
  ast_has_value = 4,     // annotated: assigns as well; parameter: has a default
  ast_bytes = 8,         // string
  ast_star = 16,         // handler: except*; import_from: *; parameter: *args
  ast_double_star = 32,  // parameter: **kwargs
  ast_positional = 64,   // parameter: before "/"
  ast_named = 128,       // handler and pattern_*: binds the name at token `extra`
  ast_in = 1,            // compare: the first operator is `in`
  ast_bare = 1,          // name parameters: a "*" without a name
};

using NodeId = uint32_t;  // 0 is no node

// How deep the passes over the tree go. A long sum nests to the left, by as many levels as it has
// terms; CPython itself gives up well before.
inline constexpr int deepest_visit = 5000;

// One node; `first` and `last` are its tokens, brackets around it left out (as in CPython).
struct AstNode {
  Ast kind = Ast::none;
  uint8_t flags = 0;
  uint32_t first = 0;
  uint32_t last = 0;
  uint32_t extra = 0;  // a token: the name of a function, attribute, keyword, ...
  NodeId child = 0;
  NodeId next = 0;
};

// Children while they are collected.
struct NodeList {
  NodeId head = 0;
  NodeId tail = 0;
};

struct AstTree {
  std::vector<AstNode> nodes{AstNode{}};

  AstNode& operator[](NodeId id) { return nodes[id]; }
  const AstNode& operator[](NodeId id) const { return nodes[id]; }
};

}  // namespace trainlint
