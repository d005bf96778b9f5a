// What opens a scope of its own, and what only some scopes allow: await and yield.
#include "lint/python/check/placement.h"

namespace trainlint {

void PlacementPass::finish(const Unit& unit) {
  if (unit.kind == Kind::async_function && unit.yields && unit.return_with_value)
    fail(unit.return_with_value, "'return' with value in async generator");
}

void PlacementPass::function(const AstNode& node) {
  NodeId body = 0, list = 0;
  for (NodeId id = node.child; id && !fault_; id = at(id).next) {
    if (at(id).kind == Ast::block) {
      body = id;
    } else if (at(id).kind == Ast::parameters) {
      list = id;
    } else if (at(id).kind != Ast::returns || !skip_annotations_) {
      visit_all(at(id).child);
    }
  }
  parameters(at(list));
  store_name(node.extra, node.first);
  Unit* around = unit_;
  Unit unit;
  unit.kind = node.flags & ast_async ? Kind::async_function : Kind::function;
  unit_ = &unit;
  visit_all(at(body).child);
  finish(unit);
  unit_ = around;
}

void PlacementPass::parameters(const AstNode& node) {
  for (NodeId id = node.child; id && !fault_; id = at(id).next) {
    store_name(at(id).extra, at(id).first);
    bool annotated = at(id).flags & ast_simple;
    for (NodeId part = at(id).child; part && !fault_; part = at(part).next) {
      if (annotated && skip_annotations_ && part == at(id).child) continue;
      visit((at(id).flags & ast_star) && at(part).kind == Ast::starred ? at(part).child : part);
    }
  }
}

void PlacementPass::lambda(const AstNode& node) {
  parameters(at(node.child));
  Unit* around = unit_;
  Unit unit;
  unit.kind = Kind::lambda;
  unit_ = &unit;
  if (!fault_) visit(at(node.child).next);
  unit_ = around;
}

void PlacementPass::class_definition(const AstNode& node) {
  NodeId body = 0;
  for (NodeId id = node.child; id && !fault_; id = at(id).next) {
    if (at(id).kind == Ast::block)
      body = id;
    else if (at(id).kind == Ast::arguments)
      arguments(at(id).child);
    else
      visit_all(at(id).child);
  }
  store_name(node.extra, node.first);
  Unit* around = unit_;
  Unit unit;
  unit.kind = Kind::class_;
  unit_ = &unit;
  visit_all(at(body).child);
  unit_ = around;
}

void PlacementPass::comprehension(const AstNode& node) {
  NodeId first = node.child;
  while (at(first).kind != Ast::clause) first = at(first).next;
  NodeId target = at(first).child;
  Unit* around = unit_;
  visit(at(target).next);
  Unit unit;
  unit.kind = Kind::comprehension;
  unit_ = &unit;
  for (NodeId id = first; id && !fault_; id = at(id).next) {
    NodeId variable = at(id).child;
    unit.awaits |= static_cast<bool>(at(id).flags & ast_async);
    store(variable);
    visit_all(id == first ? at(at(variable).next).next : at(variable).next);
  }
  for (NodeId id = node.child; id != first && !fault_; id = at(id).next) visit(id);
  unit_ = around;
  constexpr std::string_view message =
      "asynchronous comprehension outside of an asynchronous function";
  if (unit.awaits_inside && !unit.awaits) fail(unit.awaits_inside, std::string(message));
  bool late = node.kind == Ast::generator && program_.version >= PythonVersion{3, 7};
  if (!unit.awaits || late) return;
  bool inner = around->kind == Kind::comprehension;
  if (inner && program_.version < PythonVersion{3, 11}) {
    // Right where the one around is asynchronous for a reason of its own.
    if (!around->awaits_inside) around->awaits_inside = node.first;
    return;
  }
  if (around->kind != Kind::async_function && !inner) fail(node.first, std::string(message));
  around->awaits = true;
}

void PlacementPass::await(const AstNode& node) {
  if (!in_function()) {
    fail(node.first, "'await' outside function");
  } else if (unit_->kind != Kind::async_function && unit_->kind != Kind::comprehension) {
    fail(node.first, "'await' outside async function");
  }
  if (unit_->kind == Kind::comprehension && before(6))
    fail(node.first, "'await' expressions in comprehensions are not supported");
  unit_->awaits = true;
  visit_all(node.child);
}

void PlacementPass::yielded(const AstNode& node) {
  if (!in_function()) fail(node.first, "'yield' outside function");
  if (node.kind == Ast::yield_from && unit_->kind == Kind::async_function)
    fail(node.first, "'yield from' inside async function");
  if (unit_->kind == Kind::async_function && before(6))
    fail(node.first, "'yield' inside async function");
  unit_->yields = true;
  visit_all(node.child);
}

}  // namespace trainlint
