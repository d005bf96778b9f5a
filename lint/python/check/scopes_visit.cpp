// What the statements and expressions do to the names of their scope.
#include <fmt/format.h>

#include "lint/python/check/scopes.h"

namespace trainlint {

void ScopePass::directive(const AstNode& node, uint8_t use) {
  std::string_view declared = use == name_global ? "global" : "nonlocal";
  for (NodeId id = node.child; id; id = at(id).next) {
    std::string_view name = word(at(id).first);
    uint8_t known = uses(name, current_);
    if (known & name_parameter)
      return fail(node.first, fmt::format("name '{}' is parameter and {}", name, declared));
    if (program_.version < PythonVersion{3, 6}) known = 0;  // no more than a warning then
    if (known & name_used)
      return fail(node.first,
                  fmt::format("name '{}' is used prior to {} declaration", name, declared));
    if (known & name_annotated)
      return fail(node.first, fmt::format("annotated name '{}' can't be {}", name, declared));
    if (known & name_local)
      return fail(node.first,
                  fmt::format("name '{}' is assigned to before {} declaration", name, declared));
    add(name, use, node.first);
    scope().directives.push_back({name, node.first, use == name_nonlocal});
  }
}

void ScopePass::annotation(NodeId id) {
  if (!lazy_annotations_) return visit(id);
  enter_restricted(in_annotation);
  visit(id);
  leave();
}

void ScopePass::annotated(const AstNode& node) {
  NodeId target = node.child, type = at(target).next;
  if (at(target).kind == Ast::name) {
    std::string_view name = word(at(target).first);
    uint8_t declared = uses(name, current_) & (name_global | name_nonlocal);
    bool anywhere = current_ != 0 || program_.version < PythonVersion{3, 8};
    if (declared && anywhere && (node.flags & ast_simple))
      return fail(node.first, fmt::format("annotated name '{}' can't be {}", name,
                                          declared & name_global ? "global" : "nonlocal"));
    if (node.flags & ast_simple)
      add(name, name_annotated | name_local, at(target).first);
    else if (node.flags & ast_has_value)
      add(name, name_local, at(target).first);
  } else {
    store(target);
  }
  annotation(type);
  visit(at(type).next);
}

void ScopePass::try_statement(const AstNode& node) {
  // CPython takes the else clause before the handlers.
  NodeId last = 0;
  visit_all(at(node.child).child);
  for (NodeId id = node.child; id; id = at(id).next)
    if (at(id).kind == Ast::else_) visit(id);
  for (NodeId id = node.child; id; id = at(id).next) {
    if (at(id).kind == Ast::handler) visit(id);
    if (at(id).kind == Ast::finally) last = id;
  }
  visit(last);
}

void ScopePass::imported(const AstNode& node) {
  if ((node.flags & ast_star) && scope().kind != Kind::module)
    return fail(program_.version < PythonVersion{3, 10} ? scope().token : node.first,
                "import * only allowed at module level");
  for (NodeId id = node.child; id; id = at(id).next)
    add(word(at(id).extra), name_imported, at(id).extra);
}

void ScopePass::statement(const AstNode& node, NodeId) {
  switch (node.kind) {
    case Ast::assign:
      for (NodeId id = node.child; id; id = at(id).next) at(id).next ? store(id) : visit(id);
      return;
    case Ast::augmented:
      if (at(node.child).kind == Ast::name)
        add(word(at(node.child).first), name_local, at(node.child).first);
      else
        visit(node.child);
      return visit(at(node.child).next);
    case Ast::annotated:
      return annotated(node);
    case Ast::global:
      return directive(node, name_global);
    case Ast::nonlocal:
      return directive(node, name_nonlocal);
    case Ast::del:
      for (NodeId id = node.child; id; id = at(id).next) store(id);
      return;
    case Ast::pass:
    case Ast::break_:
    case Ast::continue_:
      return;
    case Ast::import:
    case Ast::import_from:
      return imported(node);
    case Ast::type_alias:
      return type_alias(node);
    case Ast::for_:
      store(node.child);
      return visit_all(at(node.child).next);
    case Ast::item:
      visit(node.child);
      if (at(node.child).next) store(at(node.child).next);
      return;
    case Ast::try_:
      return try_statement(node);
    case Ast::handler: {
      NodeId id = node.child;
      if (at(id).kind != Ast::block) visit(id);
      if (node.flags & ast_named) add(word(node.extra), name_local, node.extra);
      while (at(id).kind != Ast::block) id = at(id).next;
      return visit(id);
    }
    case Ast::function:
      return function(node);
    case Ast::class_:
      return class_definition(node);
    default:
      return visit_all(node.child);
  }
}

void ScopePass::yielded(const AstNode& node) {
  if (scope().kind == Kind::restricted) {
    std::string_view what = node.kind == Ast::await ? "await expression" : "yield expression";
    return fail(node.first,
                program_.version < PythonVersion{3, 12}
                    ? fmt::format("'{}' can not be used within an annotation", what)
                    : fmt::format("{} cannot be used within {}", what, scope().described));
  }
  visit_all(node.child);
  bool refused = program_.version >= PythonVersion{3, 8};  // deprecated before
  if (refused && node.kind != Ast::await && scope().kind == Kind::comprehension)
    fail(node.first, fmt::format("'yield' inside {}", scope().described));
}

void ScopePass::expression(const AstNode& node) {
  switch (node.kind) {
    case Ast::name:
      return add(word(node.first), name_used, node.first);
    case Ast::number:
    case Ast::string:
    case Ast::true_:
    case Ast::false_:
    case Ast::null:
    case Ast::ellipsis:
      return;
    case Ast::lambda:
      return lambda(node);
    case Ast::named:
      return named(node);
    case Ast::yield:
    case Ast::yield_from:
    case Ast::await:
      return yielded(node);
    case Ast::list_comprehension:
    case Ast::set_comprehension:
    case Ast::dict_comprehension:
    case Ast::generator:
      return comprehension(node);
    default:
      return visit_all(node.child);
  }
}

// Opens the scope of the type parameters of a definition, if it has any (PEP 695).
bool ScopePass::type_parameters(const AstNode& node) {
  NodeId list = node.child;
  while (list && at(list).kind != Ast::type_parameters) list = at(list).next;
  if (!list) return false;
  enter_restricted("the definition of a generic");
  bool defaults = false;
  for (NodeId id = at(list).child; id && !fault_; id = at(id).next) {
    std::string_view name = word(at(id).extra);
    for (NodeId before = at(list).child; before != id; before = at(before).next)
      if (word(at(before).extra) == name)
        fail(at(id).first, fmt::format("duplicate type parameter '{}'", name));
    if (name == "__classdict__" && program_.version >= PythonVersion{3, 14})
      fail(at(id).first, "reserved name '__classdict__' cannot be used for type parameter");
    type_parameter(at(id));
    bool has_default = at(id).flags & ast_has_value;
    if (defaults && !has_default)
      fail(at(id).first,
           fmt::format("non-default type parameter '{}' follows default type parameter", name));
    defaults |= has_default;
  }
  return true;
}

// Its bound and its default are evaluated late, each in a scope of its own.
void ScopePass::type_parameter(const AstNode& node) {
  add(word(node.extra), name_local, node.extra);
  for (NodeId part = node.child; part && !fault_; part = at(part).next) {
    bool is_default = (node.flags & ast_has_value) && at(part).next == 0;
    enter_restricted(is_default ? "a TypeVar default" : "a TypeVar bound");
    visit(part);
    leave();
  }
}

void ScopePass::type_alias(const AstNode& node) {
  add(word(at(node.child).first), name_local, at(node.child).first);
  NodeId value = at(node.child).next;
  bool generic = type_parameters(node);
  if (generic) value = at(value).next;
  enter_restricted("a type alias");
  visit(value);
  leave();
  if (generic) leave();
}

void ScopePass::pattern(const AstNode& node) {
  visit_all(node.child);
  bool binds = node.kind == Ast::pattern_capture || node.kind == Ast::pattern_as ||
               node.kind == Ast::pattern_star || node.kind == Ast::pattern_mapping;
  if (binds && (node.flags & ast_named)) add(word(node.extra), name_local, node.extra);
}

}  // namespace trainlint
