#include "lint/python/lower.h"

namespace trainlint {

void Lowering::statements(Node parent) {
  for (Node child = syntax.first(parent); child != Syntax::none;
       child = syntax.sibling(child, parent))
    visit(child);
}

uint32_t Lowering::suite(Node block) {
  if (block == Syntax::none) return empty_block();
  Nested nested(*this);
  OpenBlock body = open();
  if (nested.fits(block)) statements(block);
  return close(body);
}

void Lowering::visit(Node node) {
  statement = node;
  switch (nodes[node].kind) {
    case sym_expression_statement:
    case sym_return_statement:
    case sym_import_statement:
    case sym_import_from_statement:
    case sym_future_import_statement:
    case sym_assert_statement:
    case sym_raise_statement:
    case sym_delete_statement:
    case sym_global_statement:
    case sym_nonlocal_statement:
    case sym_break_statement:
    case sym_continue_statement:
    case sym_type_alias_statement:
    case sym_exec_statement:
      return simple(node);
    case sym_if_statement:
      return if_clause(node, node);
    case sym_for_statement:
      return for_loop(node);
    case sym_while_statement:
      return while_loop(node);
    case sym_try_statement:
      return attempt(node);
    case sym_with_statement:
      return with(node);
    case sym_match_statement:
      return match(node);
    case sym_function_definition:
      return function(node, Syntax::none);
    case sym_class_definition:
      return class_definition(node, Syntax::none);
    case sym_decorated_definition:
      return decorated(node);
    case sym_comment:
    case sym_pass_statement:
      return;
    case kind_error:
    case sym_block: {  // what tree-sitter saved from broken code
      Nested nested(*this);
      if (nested.fits(node)) statements(node);
      return;
    }
    default:
      expression(node);
  }
}

void Lowering::simple(Node node) {
  switch (nodes[node].kind) {
    case sym_expression_statement:
      for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node))
        expression(child);
      return;
    case sym_return_statement:
      expression(node);
      [[fallthrough]];
    case sym_break_statement:
    case sym_continue_statement:
      add(StepKind::leave, node);
      return;
    case sym_import_statement:
      return import_modules(node);
    case sym_import_from_statement:
    case sym_future_import_statement:
      return import_from(node);
    case sym_assert_statement:
      return assertion(node);
    case sym_raise_statement:
      return raising(node);
    case sym_delete_statement:
      for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node))
        remove(child);
      return;
    case sym_global_statement:
      return declared_names(node, StepKind::global);
    case sym_nonlocal_statement:
      return declared_names(node, StepKind::nonlocal);
    case sym_type_alias_statement:
      return type_alias(node);
    case sym_exec_statement:  // Python 2: exec code [in globals]
      expression(node);
      if (next_named(first_named(node), node) == Syntax::none) opaque(node);
      return;
  }
}

// type X = value: the value is evaluated when asked for (PEP 695). tree-sitter takes assignments
// that begin with a call of type(), as in type(x).y = z, for the same.
void Lowering::type_alias(Node node) {
  Node left = syntax.field(node, field_left);
  Node named = left == Syntax::none ? left : first_named(left);
  if (named == Syntax::none) return;
  bool alias = nodes[named].kind == sym_identifier || nodes[named].kind == sym_generic_type;
  while (named != Syntax::none && nodes[named].next > named + 1 &&
         (nodes[named].kind == sym_generic_type || nodes[named].kind == sym_attribute ||
          nodes[named].kind == sym_subscript))
    ++named;
  if (alias) {
    if (nodes[named].kind == sym_identifier) bind(named, Syntax::none);
    return;
  }
  if (Node right = syntax.field(node, field_right); right != Syntax::none) expression(right);
  use(node + 1, syntax.text(node + 1));
  expression(left);
  if (nodes[named].kind != sym_parenthesized_expression && nodes[named].kind != sym_tuple) return;
  auto first = static_cast<uint32_t>(module.arguments.size());
  record_arguments(named);
  auto count = static_cast<uint32_t>(module.arguments.size()) - first;
  module.calls.push_back({named, syntax.text(node + 1), first, count});
  add(StepKind::call, named).index = static_cast<uint32_t>(module.calls.size() - 1);
}

// `clause` is the if_statement itself or one of its elif clauses.
void Lowering::if_clause(Node node, Node clause) {
  Nested nested(*this);
  if (!nested.fits(clause)) return;
  statement = clause;
  uint32_t test = 0;
  if (Node tested = syntax.field(clause, field_condition); tested != Syntax::none)
    test = condition(tested);
  uint32_t then = suite(syntax.field(clause, field_consequence));
  Node next = clause == node ? syntax.field(node, field_alternative) : syntax.sibling(clause, node);
  while (next != Syntax::none && nodes[next].field != field_alternative)
    next = syntax.sibling(next, node);
  uint32_t otherwise;
  if (next == Syntax::none) {
    otherwise = empty_block();
  } else if (nodes[next].kind == sym_elif_clause) {
    OpenBlock block = open();
    if_clause(node, next);
    otherwise = close(block);
  } else {
    otherwise = suite(syntax.field(next, field_body));
  }
  Step& step = add(StepKind::branch, clause);
  step.index = test;
  attach(step, {then, otherwise});
}

static uint32_t else_block(Lowering& lowering, Syntax::Node node) {
  Syntax::Node clause = lowering.syntax.field(node, field_alternative);
  if (clause == Syntax::none) return lowering.empty_block();
  return lowering.suite(lowering.syntax.field(clause, field_body));
}

void Lowering::for_loop(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  Node right = syntax.field(node, field_right);
  Node left = syntax.field(node, field_left);
  Node body = syntax.field(node, field_body);
  if (right != Syntax::none) expression(right);
  OpenBlock block = open();
  if (left != Syntax::none) target(left, Syntax::none);
  if (body != Syntax::none) statements(body);
  uint32_t repeated = close(block);
  statement = node;
  uint32_t otherwise = else_block(*this, node);
  attach(add(StepKind::loop, node), {repeated, otherwise});
}

void Lowering::while_loop(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  uint32_t test = 0;
  if (Node tested = syntax.field(node, field_condition); tested != Syntax::none)
    test = condition(tested);
  uint32_t body = suite(syntax.field(node, field_body));
  uint32_t otherwise = else_block(*this, node);
  Step& step = add(StepKind::loop, node);
  step.index = test;
  attach(step, {body, otherwise});
}

// The message is evaluated only when the condition does not hold.
void Lowering::assertion(Node node) {
  Node tested = first_named(node);
  if (tested == Syntax::none) return;
  uint32_t test = condition(tested);
  OpenBlock block = open();
  for (Node rest = next_named(tested, node); rest != Syntax::none; rest = next_named(rest, node))
    expression(rest);
  if (test != 0 || pending.size() > block.mark) add(StepKind::raise, node).text = "AssertionError";
  bool plain = pending.size() == block.mark;
  uint32_t failing = close(block);
  if (plain) return;
  Step& step = add(StepKind::branch, node);
  step.index = test;
  uint32_t nothing = empty_block();
  attach(step, {nothing, failing});
}

void Lowering::raising(Node node) {
  expression(node);
  Node raised = first_named(node);
  if (raised != Syntax::none && nodes[raised].kind == sym_call)
    raised = syntax.field(raised, field_function);
  Step& step = add(StepKind::raise, node);
  if (raised != Syntax::none && nodes[raised].field != field_cause) step.text = callee_text(raised);
}

void Lowering::declared_names(Node node, StepKind kind) {
  for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node))
    if (nodes[child].kind == sym_identifier) add(kind, child).text = syntax.text(child);
}

}  // namespace trainlint
