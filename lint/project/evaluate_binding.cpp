// Assignment, and the scopes that it changes.
#include "lint/project/interpreter.h"

namespace trainlint {

void Interpreter::bind(std::string_view name, PyValue value) {
  PyScope* scope = scope_;
  std::string key(name);
  if (scope->globals.contains(key)) scope = scope->module;
  if (scope->nonlocals.contains(key))
    while (scope->outer && (scope->nonlocals.contains(key) || !scope->names.contains(key)))
      scope = scope->outer;
  scope->names[key] = std::move(value);
}

PyScope* Interpreter::new_scope(PyScope* outer, PyScope* module) {
  scopes_.emplace_back();
  PyScope* scope = &scopes_.back();
  scope->outer = outer;
  scope->module = module ? module : scope;
  return scope;
}

void Interpreter::assign_sequence(Node target, const PyValue& value) {
  std::vector<Node> targets = children(target);
  std::optional<std::vector<PyValue>> items = iterate(value);
  bool star = false;
  for (Node part : targets) star |= syntax().kind(part) == sym_list_splat_pattern;
  if (items && !star && items->size() != targets.size()) {
    raise("ValueError",
          "unpacks " + std::to_string(items->size()) + " values into " +
              std::to_string(targets.size()),
          place(target));
    return;
  }
  for (size_t i = 0; i < targets.size(); i++) {
    if (items && !star)
      assign(targets[i], (*items)[i]);
    else if (items && i == 0 && syntax().kind(targets[0]) != sym_list_splat_pattern &&
             !items->empty())
      assign(targets[0], items->front());
    else
      doubt(targets[i],
            value.known() ? unknown("an unpacked value that is not evaluated", target) : value);
  }
}

static void assign_item(PyItems& items, PyKind kind, const PyValue& index, PyValue value,
                        const Place& place) {
  if (kind == PyKind::dict) return dict_set(items, index, std::move(value));
  int64_t size = static_cast<int64_t>(items.items.size());
  int64_t at = index.number < 0 ? index.number + size : index.number;
  if (index.is(PyKind::integer) && at >= 0 && at < size) {
    items.items[static_cast<size_t>(at)] = std::move(value);
  } else {
    items.lost = "an assignment to a part that is not evaluated";
    items.lost_place = place;
  }
}

void Interpreter::assign(Node target, PyValue value) {
  const Syntax& tree = syntax();
  if (target == Syntax::none || stopped()) return;
  switch (tree.kind(target)) {
    case sym_identifier:
      bind(tree.text(target), std::move(value));
      break;
    case sym_pattern_list:
    case sym_tuple_pattern:
    case sym_list_pattern:
    case sym_expression_list:
    case sym_tuple:
    case sym_list:
      assign_sequence(target, value);
      break;
    case sym_parenthesized_expression:
      if (!children(target).empty()) assign(children(target)[0], std::move(value));
      break;
    case sym_subscript: {
      PyValue object = evaluate(tree.field(target, field_value));
      Node index = tree.field(target, field_subscript);
      if (!object.mutable_container()) break;
      if (index == Syntax::none || tree.kind(index) == sym_slice)
        lose(object, "an assignment to a slice", place(target));
      else
        assign_item(*object.items, object.kind, evaluate(index), std::move(value), place(target));
      break;
    }
    case sym_attribute: {
      PyValue object = evaluate(tree.field(target, field_object));
      if (object.is(PyKind::module) || object.is(PyKind::instance) ||
          (object.is(PyKind::type) && object.scope))
        object.scope->names[std::string(tree.text(tree.field(target, field_attribute)))] =
            std::move(value);
      else
        lose(value, "is kept where it is not followed", place(target));
      break;
    }
    default:
      doubt(target, unknown("an assignment that is not evaluated", target));
  }
}

void Interpreter::assign_statement(Node node) {
  const Syntax& tree = syntax();
  Node right = tree.field(node, field_right);
  if (right == Syntax::none) return;  // x: int
  std::vector<Node> targets{tree.field(node, field_left)};
  while (tree.kind(right) == sym_assignment) {
    targets.push_back(tree.field(right, field_left));
    right = tree.field(right, field_right);
    if (right == Syntax::none) return;
  }
  PyValue value = evaluate(right);
  for (Node target : targets) assign(target, value);
}

void Interpreter::augmented(Node node) {
  const Syntax& tree = syntax();
  Node left = tree.field(node, field_left);
  PyValue right = evaluate(tree.field(node, field_right));
  std::string op(tree.text(tree.field(node, field_operator)));
  if (!op.empty() && op.back() == '=') op.pop_back();
  PyValue object = evaluate(left);
  if (stopped()) return;
  // += changes a list in place, for all its names.
  if (op == "+" && object.is(PyKind::list)) {
    call_method(object, "extend", {{right}, {}, {}, place(node)});
    return;
  }
  if (op == "|" && object.mutable_container()) {
    call_method(object, "update", {{right}, {}, {}, place(node)});
    return;
  }
  assign(left, binary(op, object, right, place(node)));
}

}  // namespace trainlint
