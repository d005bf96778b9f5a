#include "lint/python/lower.h"

namespace trainlint {

// a = b: type = value. The value first, then the targets from left to right, each annotation after
// its target; an annotation of a function's local is never evaluated.
void Lowering::assignment(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  Node value = node;
  while (value != Syntax::none && nodes[value].kind == sym_assignment)
    value = syntax.field(value, field_right);
  if (value != Syntax::none) expression(value);
  for (Node part = node; part != Syntax::none && nodes[part].kind == sym_assignment;
       part = syntax.field(part, field_right)) {
    Node left = syntax.field(part, field_left);
    Node type = syntax.field(part, field_type);
    if (left != Syntax::none && value != Syntax::none) {
      target(left, value);
    } else if (left != Syntax::none && nodes[left].kind == sym_identifier) {
      add(StepKind::declare, left).text = syntax.text(left);
    } else if (left != Syntax::none && nodes[left].kind == sym_attribute) {
      expression(first_named(left));
    } else if (left != Syntax::none) {
      expression(left);
    }
    if (scope != Scope::function) annotation(type);
  }
}

// The target is loaded, then the right side, then the result is stored.
void Lowering::augmented(Node node) {
  Nested nested(*this);
  Node left = syntax.field(node, field_left);
  Node right = syntax.field(node, field_right);
  if (left == Syntax::none || right == Syntax::none || !nested.fits(node)) return;
  bool changes_exports = nodes[left].kind == sym_identifier && syntax.text(left) == "__all__";
  stored = left;
  expression(left);
  stored = Syntax::none;
  expression(right);
  if (changes_exports) extend_exports(right);
  if (nodes[left].kind != sym_identifier) return;
  Step& step = add(StepKind::bind, left);
  step.text = syntax.text(left);
  if (step.text == "__path__") opaque(left);
}

// `value` is the expression that is assigned to the whole target, none where it is not known.
void Lowering::target(Node node, Node value) {
  switch (nodes[node].kind) {
    case sym_identifier:
      return bind(node, value);
    case sym_attribute: {
      bool complete = false;
      std::string_view name = chain_text(node, complete);
      stored = node;
      if (Node object = first_named(node); object != Syntax::none) expression(object);
      stored = Syntax::none;
      bool own = name.starts_with("self.") || name.starts_with("cls.");
      if (complete && !own) add(StepKind::bind, node).text = name;
      return;
    }
    case sym_subscript:
      stored = node;
      expression(node);
      stored = Syntax::none;
      return;
    case sym_pattern_list:
    case sym_tuple_pattern:
    case sym_list_pattern:
    case sym_tuple:
    case sym_list:
    case sym_expression_list:
    case sym_parenthesized_expression:
    case sym_list_splat:
    case sym_list_splat_pattern:
    case sym_dictionary_splat_pattern:
    case alias_sym_as_pattern_target: {
      Nested nested(*this);
      if (!nested.fits(node)) return;
      for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node))
        target(child, Syntax::none);
      return;
    }
    default:
      expression(node);
  }
}

void Lowering::bind(Node node, Node value) {
  std::string_view name = syntax.text(node);
  if (name.empty()) return;
  add(StepKind::bind, node).text = name;
  if (!name.starts_with("__")) return;
  if (name == "__all__") assign_exports(value);
  if (name == "__path__" && scope == Scope::module) opaque(node);
}

// del target
void Lowering::remove(Node node) {
  switch (nodes[node].kind) {
    case sym_identifier:
      add(StepKind::unbind, node).text = syntax.text(node);
      if (syntax.text(node) == "__all__") exports_lost = true;
      return;
    case sym_attribute:
      if (Node object = first_named(node); object != Syntax::none) expression(object);
      return;
    case sym_subscript:
      stored = node;
      expression(node);
      stored = Syntax::none;
      return;
    case sym_expression_list:
    case sym_tuple:
    case sym_list:
    case sym_parenthesized_expression: {
      Nested nested(*this);
      if (!nested.fits(node)) return;
      for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node))
        remove(child);
      return;
    }
    default:
      expression(node);
  }
}

}  // namespace trainlint
