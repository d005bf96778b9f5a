#pragma once

#include <string_view>
#include <vector>

#include "lint/python/check/program.h"

namespace trainlint {

// Walks the tree in about the order of CPython's compiler.
class PlacementPass {
 public:
  explicit PlacementPass(const Program& program)
      : program_(program), skip_annotations_(future_annotations(program)) {}
  std::optional<ProgramFault> run();

 private:
  enum class Kind : uint8_t { module, class_, function, async_function, lambda, comprehension };
  // What a compound statement holds on CPython's stack while its body runs.
  enum class Held : uint8_t { loop, other, except_star, finally };
  struct Unit {
    Kind kind = Kind::module;
    bool yields = false;
    bool awaits = false;             // a comprehension that must be asynchronous
    uint32_t awaits_inside = 0;      // the token of one in it that must be so as well
    uint32_t return_with_value = 0;  // its token
    std::vector<Held> held;
  };
  const AstNode& at(NodeId id) const { return program_.tree[id]; }
  std::string_view word(uint32_t token) const { return program_.tokens.text_of(token); }
  bool fail(uint32_t token, std::string message);
  bool before(int minor) const { return program_.version < PythonVersion{3, minor}; }
  bool in_function() const { return unit_->kind >= Kind::function; }
  void hold(Held held, uint32_t token);

  void visit_all(NodeId first);
  void visit(NodeId id);
  void statement(const AstNode& node);
  void expression(const AstNode& node);
  void function(const AstNode& node);
  void lambda(const AstNode& node);
  void parameters(const AstNode& node);
  void class_definition(const AstNode& node);
  void finish(const Unit& unit);
  void comprehension(const AstNode& node);
  void await(const AstNode& node);
  void yielded(const AstNode& node);
  void arguments(NodeId first);
  void starred_items(const AstNode& node);
  void return_statement(const AstNode& node);
  void break_statement(const AstNode& node);
  void loop(const AstNode& node);
  // What a constant that a statement tests comes to, where that can be told; `none` for a test that
  // is no constant.
  enum class Constant : uint8_t { none, truthy, falsy, unknown };
  Constant constant(const AstNode& test) const;
  void if_statement(const AstNode& node);
  void with(const AstNode& node);
  void try_statement(const AstNode& node);
  void handlers(const AstNode& node);
  void imported(const AstNode& node);
  void store(NodeId id, bool in_sequence = false);
  void store_name(uint32_t name, uint32_t place);
  bool overlooks_debug(Ast kind) const;
  uint32_t last_statement(NodeId block) const;

  struct PatternNames {
    std::vector<std::string_view> names;
  };
  void match(const AstNode& node);
  void pattern(const AstNode& node, PatternNames& names, bool irrefutable);
  void or_pattern(const AstNode& node, PatternNames& names, bool irrefutable);
  std::string key_value(const AstNode& key) const;
  void mapping_pattern(const AstNode& node, PatternNames& names);
  void class_pattern(const AstNode& node, PatternNames& names);
  void bind_pattern(const AstNode& node, PatternNames& names);

  Program program_;
  Unit* unit_ = nullptr;
  bool skip_annotations_;    // PEP 563: they are kept as text
  Ast storing_ = Ast::none;  // the statement that stores: del, augmented
  bool top_level_ = false;   // an import that is a statement of the module itself
  int depth_ = 0;
  std::optional<ProgramFault> fault_;
};

}  // namespace trainlint
