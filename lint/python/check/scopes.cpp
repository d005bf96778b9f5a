#include "lint/python/check/scopes.h"

#include <algorithm>

#include <fmt/format.h>

#include "lint/python/check/identifier.h"
#include "lint/text/ascii.h"

namespace trainlint {

ScopePass::ScopePass(const Program& program, bool names)
    : program_(program),
      with_names_(names),
      // PEP 563, for which the symbol table has looked into annotations since 3.10, and PEP 649.
      lazy_annotations_(program.version >= PythonVersion{3, 14} ||
                        (program.version >= PythonVersion{3, 10} && future_annotations(program))) {
  scopes_.reserve(64);
  scopes_.emplace_back();
}

std::optional<ProgramFault> ScopePass::run() {
  visit_all(at(program_.module).child);
  if (!fault_ && with_names_) check_nonlocal();
  return fault_;
}

void ScopePass::fail(uint32_t token, std::string message) {
  if (!fault_) fault_ = ProgramFault{token, std::move(message)};
}

void ScopePass::enter(Kind kind, uint32_t token) {
  NameScope inner;
  inner.kind = kind;
  inner.token = token;
  inner.parent = current_;
  inner.iterable_depth = scope().iterable_depth;
  current_ = static_cast<uint32_t>(scopes_.size());
  scopes_.push_back(std::move(inner));
}

void ScopePass::enter_restricted(std::string_view described) {
  enter(Kind::restricted);
  scope().described = described;
}

uint8_t ScopePass::uses(std::string_view name, uint32_t scope) const {
  auto found = scopes_[scope].names.find(name);
  return found == scopes_[scope].names.end() ? 0 : found->second;
}

void ScopePass::add_to(uint32_t scope, std::string_view name, uint8_t use) {
  scopes_[scope].names[name] |= use;
}

void ScopePass::add(std::string_view name, uint8_t use, uint32_t token) {
  if (!with_names_) return;
  uint8_t& known = scope().names[name];
  known |= use;
  if (!scope().in_target) return;
  if (known & (name_global | name_nonlocal))
    fail(token, fmt::format("comprehension inner loop cannot rebind assignment expression target "
                            "'{}'",
                            name));
  known |= name_iterated;
}

void ScopePass::visit_all(NodeId first) {
  for (NodeId id = first; id && !fault_; id = at(id).next) visit(id);
}

void ScopePass::visit(NodeId id) {
  if (!id || fault_ || depth_ >= deepest_visit) return;
  ++depth_;
  const AstNode& node = at(id);
  if (node.kind >= Ast::pattern_value)
    pattern(node);
  else if (node.kind >= Ast::expression)
    statement(node, id);
  else
    expression(node);
  --depth_;
}

// An expression that is assigned to or deleted.
void ScopePass::store(NodeId id) {
  const AstNode& node = at(id);
  switch (node.kind) {
    case Ast::name:
      return add(word(node.first), name_local, node.first);
    case Ast::tuple:
    case Ast::list:
    case Ast::starred:
      for (NodeId child = node.child; child; child = at(child).next) store(child);
      return;
    default:
      return visit(id);
  }
}

void ScopePass::function(const AstNode& node) {
  add(word(node.extra), name_local, node.extra);
  NodeId list = 0, body = 0;
  for (NodeId id = node.child; id; id = at(id).next) {
    if (at(id).kind == Ast::parameters) list = id;
    if (at(id).kind == Ast::block) body = id;
  }
  // Defaults, decorators and annotations belong to the scope around.
  for (NodeId id = at(list).child; id; id = at(id).next)
    if (at(id).flags & ast_has_value) {
      NodeId value = at(id).child;
      visit(at(value).next ? at(value).next : value);
    }
  for (NodeId id = node.child; id; id = at(id).next)
    if (at(id).kind == Ast::decorator) visit(at(id).child);
  bool generic = type_parameters(node);
  for (NodeId id = at(list).child; id; id = at(id).next)
    if (at(id).flags & ast_simple) annotation(at(id).child);
  for (NodeId id = node.child; id; id = at(id).next)
    if (at(id).kind == Ast::returns) annotation(at(id).child);
  enter(Kind::function, program_.version < PythonVersion{3, 8} ? at(node.child).first : node.first);
  parameters(at(list));
  visit_all(at(body).child);
  leave();
  if (generic) leave();
}

void ScopePass::lambda(const AstNode& node) {
  const AstNode& list = at(node.child);
  for (NodeId id = list.child; id; id = at(id).next)
    if (at(id).flags & ast_has_value) visit(at(id).child);
  enter(Kind::function);
  parameters(list);
  visit(list.next);
  leave();
}

void ScopePass::parameters(const AstNode& node) {
  constexpr uint8_t stars = ast_star | ast_double_star;
  for (NodeId id = node.child; id; id = at(id).next) {
    std::string_view name = word(at(id).extra);
    for (NodeId before = node.child; before != id; before = at(before).next) {
      if (word(at(before).extra) != name) continue;
      // CPython takes *args and **kwargs after all others.
      bool reversed = (at(before).flags & stars) && !(at(id).flags & stars);
      fail(at(reversed ? before : id).extra,
           fmt::format("duplicate argument '{}' in function definition", name));
    }
    add(name, name_parameter, at(id).extra);
  }
}

void ScopePass::class_definition(const AstNode& node) {
  add(word(node.extra), name_local, node.extra);
  for (NodeId id = node.child; id; id = at(id).next)
    if (at(id).kind == Ast::decorator) visit(at(id).child);
  bool generic = type_parameters(node);
  NodeId body = 0;
  for (NodeId id = node.child; id; id = at(id).next) {
    if (at(id).kind == Ast::block) body = id;
    if (at(id).kind == Ast::arguments) visit_all(at(id).child);
  }
  enter(Kind::class_, node.first);
  visit_all(at(body).child);
  leave();
  if (generic) leave();
}

static std::string_view described(Ast kind) {
  switch (kind) {
    case Ast::list_comprehension:
      return "list comprehension";
    case Ast::set_comprehension:
      return "set comprehension";
    case Ast::dict_comprehension:
      return "dict comprehension";
    default:
      return "generator expression";
  }
}

void ScopePass::clause_target(NodeId target) {
  scope().in_target = true;
  store(target);
  scope().in_target = false;
}

void ScopePass::comprehension(const AstNode& node) {
  NodeId first = node.child;
  while (first && at(first).kind != Ast::clause) first = at(first).next;
  NodeId target = at(first).child;
  // The first iterable is evaluated in the scope around.
  ++scope().iterable_depth;
  visit(at(target).next);
  --scope().iterable_depth;
  enter(Kind::comprehension);
  scope().described = described(node.kind);
  clause_target(target);
  visit_all(at(at(target).next).next);
  for (NodeId id = at(first).next; id && !fault_; id = at(id).next) {
    NodeId inner = at(id).child;
    clause_target(inner);
    ++scope().iterable_depth;
    visit(at(inner).next);
    --scope().iterable_depth;
    visit_all(at(at(inner).next).next);
  }
  for (NodeId id = node.child; id != first && !fault_; id = at(id).next) visit(id);
  leave();
}

void ScopePass::named(const AstNode& node) {
  if (scope().kind == Kind::restricted)
    return fail(node.first,
                fmt::format("named expression cannot be used within {}", scope().described));
  if (scope().iterable_depth > 0)
    return fail(node.first,
                "assignment expression cannot be used in a comprehension iterable expression");
  if (scope().kind == Kind::comprehension) extend(at(node.child));
  visit(at(node.child).next);
  if (!fault_) add(word(at(node.child).first), name_local, at(node.child).first);
}

// A name assigned in a comprehension belongs to the function or module around (PEP 572).
void ScopePass::extend(const AstNode& target) {
  std::string_view name = word(target.first);
  uint32_t around = current_;
  auto passed = [](const NameScope& scope) {
    return scope.kind == Kind::comprehension || scope.described == in_annotation;
  };
  for (; passed(scopes_[around]); around = scopes_[around].parent)
    if (uses(name, around) & name_iterated)
      return fail(target.first,
                  fmt::format("assignment expression cannot rebind comprehension iteration "
                              "variable '{}'",
                              name));
  if (scopes_[around].kind == Kind::class_)
    return fail(target.first,
                "assignment expression within a comprehension cannot be used in a class body");
  if (scopes_[around].kind == Kind::restricted)
    return fail(target.first,
                fmt::format("assignment expression within a comprehension cannot be used in {}",
                            scopes_[around].described));
  if (!with_names_) return;
  if (scopes_[around].kind == Kind::module) {
    add(name, name_global, target.first);
    return add_to(around, name, name_global);
  }
  add(name, uses(name, around) & name_global ? name_global : name_nonlocal, target.first);
  add_to(around, name, name_local);
}

// Whether every character that is not ASCII is of those that normalization never makes ASCII of.
static bool stays_unicode(std::string_view name) {
  for (size_t at = 0; at < name.size();) {
    uint32_t point = code_point(name, at);
    bool stays = point < 0x80 || (point >= 0xC0 && point < 0x130) ||
                 (point >= 0x370 && point < 0x1100) || (point >= 0x4E00 && point < 0xA000);
    if (!stays) return false;
  }
  return true;
}

// Every name of a `nonlocal` must be bound in a function around.
void ScopePass::check_nonlocal() {
  for (uint32_t i = 0; i < scopes_.size() && !fault_; ++i) {
    for (const NameScope::Directive& directive : scopes_[i].directives) {
      std::string_view name = directive.name;
      uint8_t use = uses(name, i);
      if ((use & name_global) && (use & name_nonlocal))
        return fail(directive.token, fmt::format("name '{}' is nonlocal and global", name));
      if (!directive.nonlocal) continue;
      if (scopes_[i].kind == Kind::module)
        return fail(directive.token, "nonlocal declaration not allowed at module level");
      if (!may_be_bound_outside(i, name))
        return fail(directive.token, fmt::format("no binding for nonlocal '{}' found", name));
    }
  }
}

// The same for names as they are written: CPython compares them after normalization (NFKC), which
// makes ASCII of some characters, and one of several spellings of others.
bool ScopePass::may_be_bound_outside(uint32_t scope, std::string_view name) const {
  if (bound_outside(scope, name)) return true;
  if (is_ascii(name) || stays_unicode(name)) {
    for (uint32_t around = scope; around != 0; around = scopes_[around].parent)
      for (const auto& [other, use] : scopes_[scopes_[around].parent].names)
        if (!is_ascii(other)) return true;
    return false;
  }
  return true;
}

bool ScopePass::bound_outside(uint32_t scope, std::string_view name) const {
  while (scopes_[scope].kind != Kind::module) {
    scope = scopes_[scope].parent;
    if (scopes_[scope].kind == Kind::class_) {
      if (name == "__class__") return true;
      continue;
    }
    if (scopes_[scope].kind == Kind::module) return false;
    // A type parameter cannot be bound anew.
    if (scopes_[scope].kind == Kind::restricted && uses(name, scope) & name_local) return false;
    uint8_t use = uses(name, scope);
    if (use & name_global) return false;
    if (use & (name_local | name_parameter | name_imported)) return true;
  }
  return false;
}

// Whether names must be kept: only then can a declaration or an assignment expression be wrong.
static bool needs_names(const Program& program) {
  return std::any_of(program.tokens.list.begin(), program.tokens.list.end(), [](const Token& t) {
    return t.kind == Tok::kw_global || t.kind == Tok::kw_nonlocal || t.kind == Tok::walrus;
  });
}

std::optional<ProgramFault> scope_fault(const Program& program) {
  return ScopePass(program, needs_names(program)).run();
}

}  // namespace trainlint
