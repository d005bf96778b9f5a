#pragma once

#include <string_view>
#include <vector>

#include "lint/python/module.h"

namespace trainlint {

// The state of lowering one module: which block is being filled and where in the file we are. The
// functions each lower one kind of syntax and are spread over the files lower*.cpp by subject; each
// takes a node and appends steps to the current block. Only lower() makes one.
//
// Steps of all open blocks stand on one stack, `pending`; closing a block moves its part to a
// vector of exactly its size, so that a step is written twice and memory is asked for once a block.
struct Lowering {
  using Node = Syntax::Node;
  enum class Scope : uint8_t { module, class_body, function };

  struct OpenBlock {
    uint32_t index;
    uint32_t mark;
  };

  // Deeper syntax than this is not followed (its names are unknown): the stack has an end, and
  // CPython refuses brackets nested deeper than 200 and blocks indented deeper than 100.
  static constexpr uint32_t max_depth = 1000;

  explicit Lowering(Module& target)
      : module(target), syntax(target.syntax), nodes(syntax.nodes().data()), text(syntax.text()) {}

  Module& module;
  const Syntax& syntax;
  const FlatNode* nodes;
  std::string_view text;
  std::vector<Step> pending;
  std::vector<Node> spine;   // operators of and/or chains being lowered
  std::vector<Node> walrus;  // names bound by := in the comprehensions being lowered
  std::vector<std::string_view> type_parameters;  // names that only generic code knows (PEP 695)
  std::string_view version_name;                  // what `from sys import version_info` binds
  Node statement = 0;
  Node stored = Syntax::none;  // the subscript or attribute that is being assigned to
  uint32_t depth = 0;
  uint32_t open_blocks = 0;
  uint32_t empty = UINT32_MAX;  // the block that absent parts share
  Scope scope = Scope::module;
  bool future_annotations = false;
  bool in_annotation = false;
  bool in_comprehension = false;
  bool exports_lost = false;  // some code changes __all__ in a way that is not understood

  // lower.cpp: blocks and steps
  void run();
  OpenBlock open();
  uint32_t close(OpenBlock block);
  uint32_t empty_block();
  Step& add(StepKind kind, Node node);
  void attach(Step& step, std::initializer_list<uint32_t> blocks);
  void use(Node node, std::string_view name);
  void opaque(Node node);
  std::string_view docstring() const;

  // lower_statements.cpp
  void statements(Node parent);
  uint32_t suite(Node block);  // as a block of its own; none gives the empty one
  void visit(Node node);
  void simple(Node node);
  void type_alias(Node node);
  void if_clause(Node node, Node clause);
  void for_loop(Node node);
  void while_loop(Node node);
  void assertion(Node node);
  void raising(Node node);
  void declared_names(Node node, StepKind kind);

  // lower_guarded.cpp: try and with
  void attempt(Node node);
  uint32_t except_clause(Node clause);
  uint8_t caught_by(Node expression) const;
  struct WithBlock {
    std::optional<OpenBlock> block;
    uint8_t catches = catches_nothing;
  };
  void with_item(Node value, WithBlock& with);
  void with(Node node);
  uint8_t swallowed_by(Node expression) const;

  // lower_match.cpp
  void match(Node node);
  void cases(Node clause, Node parent);
  void pattern(Node node);
  bool always_matches(Node clause) const;

  // lower_imports.cpp
  void import_modules(Node node);
  void import_from(Node node);
  void imported_names(Node node, Step& step);
  std::string_view dotted_text(Node node);

  // lower_definitions.cpp
  void decorated(Node node);
  void apply_decorators(Node decorated);
  void function(Node node, Node decorated);
  void class_definition(Node node, Node decorated);
  void lambda(Node node);
  void defaults(Node parameters);
  void parameter_annotations(Node parameters);
  uint32_t parameter_block(Node parameters);
  void add_type_parameters(Node node);
  void annotation(Node node);

  // lower_expressions.cpp
  void expression(Node root);
  void use_name(Node node);
  Node chain(Node attribute);
  std::string_view chain_text(Node node, bool& complete) const;
  std::string_view callee_text(Node node) const;
  void call(Node node);
  void evaluate_arguments(Node arguments);
  void record_arguments(Node arguments);
  Node comparison(Node node);
  void conditional(Node node);
  void comprehension(Node node);
  void clauses(Node clause, Node comprehension, bool first);
  void named_expression(Node node);

  // lower_tests.cpp: conditions
  uint32_t condition(Node node);
  uint32_t boolean(Node node);
  uint32_t add_test(Test test);
  uint32_t known(bool value);
  uint32_t negation(uint32_t test);
  uint32_t classify(Node node);
  uint32_t compare(Node node);
  uint32_t compare_text(Node left, Node right, Compare operation);
  uint32_t compare_version(Node left, Node right, Compare operation);

  // lower_targets.cpp
  void assignment(Node node);
  void augmented(Node node);
  void target(Node node, Node value);
  void bind(Node node, Node value);
  void remove(Node node);

  // lower_exports.cpp: __all__
  void assign_exports(Node value);
  void extend_exports(Node value);
  void call_on_exports(std::string_view method, const Call& call);
  void finish_exports();
  bool literal_names(Node node, std::vector<std::string>& names, int depth) const;

  // lower_opaque.cpp: code after which any name may be bound
  bool may_bind_names(const Call& call) const;
  void opaque_call(Node node, std::string_view callee, const Call& call);
  void opaque_attribute(Node name);
  void opaque_subscript(Node node);
  bool may_write(Node node) const;
  Node parent(Node node) const;

  // The first named child that is no comment, or none.
  Node first_named(Node node) const;
  // The next such sibling.
  Node next_named(Node child, Node parent) const;
  bool meaningful(Node node) const {
    return (nodes[node].flags & (FLAT_NAMED | FLAT_EXTRA)) == FLAT_NAMED;
  }
};

// Lowers something nested: restores what nested code changes, and stops at max_depth.
class Nested {
 public:
  explicit Nested(Lowering& lowering) : lowering_(lowering), statement_(lowering.statement) {
    ++lowering_.depth;
  }
  ~Nested() {
    --lowering_.depth;
    lowering_.statement = statement_;
  }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;
  // Whether there is room; if not, `opaque` is added.
  bool fits(Syntax::Node node) const {
    if (lowering_.depth <= Lowering::max_depth) return true;
    lowering_.opaque(node);
    return false;
  }

 private:
  Lowering& lowering_;
  Syntax::Node statement_;
};

// Enters a scope, in which comprehensions, annotations and :=  mean something else.
class ScopeChange {
 public:
  ScopeChange(Lowering& lowering, Lowering::Scope scope)
      : lowering_(lowering),
        scope_(lowering.scope),
        in_comprehension_(lowering.in_comprehension),
        in_annotation_(lowering.in_annotation) {
    lowering_.scope = scope;
    lowering_.in_comprehension = false;
    lowering_.in_annotation = false;
  }
  ~ScopeChange() {
    lowering_.scope = scope_;
    lowering_.in_comprehension = in_comprehension_;
    lowering_.in_annotation = in_annotation_;
  }
  ScopeChange(const ScopeChange&) = delete;
  ScopeChange& operator=(const ScopeChange&) = delete;

 private:
  Lowering& lowering_;
  Lowering::Scope scope_;
  bool in_comprehension_;
  bool in_annotation_;
};

}  // namespace trainlint
