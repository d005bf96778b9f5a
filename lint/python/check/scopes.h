#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "lint/python/check/program.h"

namespace trainlint {

// What a scope does with a name.
enum NameUse : uint8_t {
  name_global = 1,
  name_local = 2,
  name_parameter = 4,
  name_nonlocal = 8,
  name_used = 16,
  name_imported = 32,
  name_annotated = 64,
  name_iterated = 128,  // by a comprehension's for
};

// One block of names; blocks[0] is the module. Children come after their parents.
struct NameScope {
  // `restricted`: an annotation, a type alias, or what belongs to type parameters.
  enum class Kind : uint8_t { module, class_, function, comprehension, restricted };
  Kind kind = Kind::module;
  uint32_t parent = 0;
  int iterable_depth = 0;      // how many comprehensions' iterables it stands in
  bool in_target = false;      // a comprehension's for is being read
  uint32_t token = 0;          // where its statement begins
  std::string_view described;  // "list comprehension"; of a restricted one: "an annotation"
  std::unordered_map<std::string_view, uint8_t> names;
  struct Directive {
    std::string_view name;
    uint32_t token;
    bool nonlocal;
  };
  std::vector<Directive> directives;  // global and nonlocal, in order
};

// Walks the tree in the order of CPython's symbol table. Without `names` only what can be seen
// without them is looked for: CPython's answer is the same when no statement or assignment
// expression makes a name's scope differ from where it is bound.
class ScopePass {
 public:
  ScopePass(const Program& program, bool names);
  std::optional<ProgramFault> run();

 private:
  using Kind = NameScope::Kind;

  const AstNode& at(NodeId id) const { return program_.tree[id]; }
  NameScope& scope() { return scopes_[current_]; }
  std::string_view word(uint32_t token) const { return program_.tokens.text_of(token); }
  void fail(uint32_t token, std::string message);
  void enter(Kind kind, uint32_t token = 0);
  void enter_restricted(std::string_view described);
  void leave() { current_ = scopes_[current_].parent; }
  uint8_t uses(std::string_view name, uint32_t scope) const;
  void add(std::string_view name, uint8_t use, uint32_t token);
  void add_to(uint32_t scope, std::string_view name, uint8_t use);

  void visit_all(NodeId first);
  void visit(NodeId id);
  void statement(const AstNode& node, NodeId id);
  void expression(const AstNode& node);
  void store(NodeId id);
  void function(const AstNode& node);
  void lambda(const AstNode& node);
  void parameters(const AstNode& node);
  bool type_parameters(const AstNode& node);
  void type_parameter(const AstNode& node);
  void type_alias(const AstNode& node);
  void class_definition(const AstNode& node);
  void comprehension(const AstNode& node);
  void clause_target(NodeId target);
  void named(const AstNode& node);
  void extend(const AstNode& target);
  void directive(const AstNode& node, uint8_t use);
  void annotated(const AstNode& node);
  void annotation(NodeId id);
  void try_statement(const AstNode& node);
  void imported(const AstNode& node);
  void yielded(const AstNode& node);
  void pattern(const AstNode& node);
  void check_nonlocal();
  bool may_be_bound_outside(uint32_t scope, std::string_view name) const;
  bool bound_outside(uint32_t scope, std::string_view name) const;

  static constexpr std::string_view in_annotation = "an annotation";

  Program program_;
  bool with_names_;
  bool lazy_annotations_;  // they have a scope of their own
  uint32_t current_ = 0;
  std::vector<NameScope> scopes_;
  int depth_ = 0;
  std::optional<ProgramFault> fault_;
};

}  // namespace trainlint
