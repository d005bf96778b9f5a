#include <charconv>

#include "lint/project/interpreter.h"
#include "lint/project/literal.h"

namespace trainlint {

static constexpr int depth_limit = 300;

std::vector<Syntax::Node> Interpreter::children(Node node) const {
  std::vector<Node> out;
  const Syntax& tree = syntax();
  for (Node child = tree.first(node); child != Syntax::none; child = tree.sibling(child, node))
    if (tree.named(child) && tree.kind(child) != sym_comment &&
        tree.kind(child) != sym_line_continuation)
      out.push_back(child);
  return out;
}

Place Interpreter::place(Node node) const {
  return source_->maker ? *source_->maker : Place{source_->path, syntax().span(node)};
}

PyValue Interpreter::unknown(std::string reason, Node node) const {
  return py_unknown(std::move(reason), place(node));
}

PyValue Interpreter::raise(std::string type, std::string message, const Place& place) {
  PyValue value = py_unknown(message, place);
  if (!raised && !exhausted_) raised = Raised{std::move(type), std::move(message), place};
  return value;
}

PyValue Interpreter::evaluate(Node node) {
  if (node == Syntax::none) return py_unknown("a syntax error", {source_->path, {}});
  if (++steps_ > step_limit_) exhausted_ = true;
  if (depth_ >= depth_limit || exhausted_) return unknown("too much to evaluate", node);
  if (stopped()) return unknown("not reached", node);
  depth_++;
  PyValue value = evaluate_inner(node);
  depth_--;
  if (value.place.path.empty()) value.place = place(node);
  return value;
}

PyValue Interpreter::evaluate_inner(Node node) {
  const Syntax& tree = syntax();
  switch (tree.kind(node)) {
    case sym_identifier:
      return name_value(node);
    case sym_string:
      return string_literal(node);
    case sym_concatenated_string:
      return joined_string(node);
    case sym_integer:
    case sym_float:
      return number_value(node);
    case sym_true:
      return py_bool(true);
    case sym_false:
      return py_bool(false);
    case sym_none:
      return py_none();
    case sym_list:
      return elements(node, PyKind::list);
    case sym_tuple:
    case sym_expression_list:
      return elements(node, PyKind::tuple);
    case sym_set:
      return elements(node, PyKind::set);
    case sym_dictionary:
      return dictionary(node);
    case sym_parenthesized_expression:
    case sym_expression_statement: {
      std::vector<Node> inner = children(node);
      if (inner.size() == 1) return evaluate(inner[0]);
      if (inner.size() > 1) return elements(node, PyKind::tuple);
      return unknown("a syntax error", node);
    }
    case sym_binary_operator: {
      PyValue left = evaluate(tree.field(node, field_left));
      PyValue right = evaluate(tree.field(node, field_right));
      return binary(tree.text(tree.field(node, field_operator)), left, right, place(node));
    }
    case sym_boolean_operator:
      return boolean(node);
    case sym_comparison_operator:
      return comparison(node);
    case sym_not_operator:
    case sym_unary_operator:
      return unary(node);
    case sym_conditional_expression:
      return conditional(node);
    case sym_call:
      return call_expression(node);
    case sym_attribute: {
      PyValue object = evaluate(tree.field(node, field_object));
      return attribute(object, tree.text(tree.field(node, field_attribute)), place(node));
    }
    case sym_subscript:
      return subscript_expression(node);
    case sym_lambda:
      return make_function(node, tree.field(node, field_parameters));
    case sym_list_comprehension:
    case sym_set_comprehension:
    case sym_dictionary_comprehension:
    case sym_generator_expression:
      return comprehension(node);
    case sym_named_expression: {
      PyValue value = evaluate(tree.field(node, field_value));
      bind(tree.text(tree.field(node, field_name)), value);
      return value;
    }
    case sym_yield: {
      std::vector<Node> inner = children(node);
      if (!yielded_ || tree.text(node).find("from") == 5 || inner.size() != 1) {
        if (yielded_) yielded_->push_back(unknown("a generator", node));
        return unknown("a generator", node);
      }
      PyValue value = evaluate(inner[0]);
      yielded_->push_back(std::move(value));
      return py_none();
    }
    default:
      return unknown("an expression that is not evaluated", node);
  }
}

PyValue* Interpreter::lookup(std::string_view name) {
  for (PyScope* scope = scope_; scope; scope = scope->outer) {
    if (scope->globals.contains(std::string(name))) scope = scope->module;
    if (auto found = scope->names.find(name); found != scope->names.end()) return &found->second;
  }
  return nullptr;
}

PyValue Interpreter::name_value(Node node) {
  std::string_view name = syntax().text(node);
  if (PyValue* found = lookup(name)) return *found;
  for (PyScope* scope = scope_; scope; scope = scope->outer)
    if (scope->opaque) return unknown("'" + std::string(name) + "' may be bound anywhere", node);
  if (std::optional<PyValue> constant = library_constant(name)) return *constant;
  if (find_library_function(name)) return py_library(std::string(name));
  uncertain();
  return unknown("the name '" + std::string(name) + "' is not known here", node);
}

PyValue Interpreter::number_value(Node node) {
  std::string digits;
  for (char c : syntax().text(node))
    if (c != '_') digits.push_back(c);
  bool decimal =
      digits.size() < 2 || digits[0] != '0' || digits.find_first_of(".eE") != std::string::npos;
  if (syntax().kind(node) == sym_integer) {
    int base = 10;
    std::string_view body = digits;
    if (!decimal) {
      char mark = digits[1];
      base = mark == 'x' || mark == 'X' ? 16 : mark == 'b' || mark == 'B' ? 2 : 8;
      body.remove_prefix(mark >= '0' && mark <= '9' ? 1 : 2);
    }
    int64_t value = 0;
    auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), value, base);
    if (error == std::errc() && end == body.data() + body.size()) return py_int(value);
    return unknown("a number that is not evaluated", node);
  }
  double value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc() && end == digits.data() + digits.size()) return py_real(value);
  return unknown("a number that is not evaluated", node);
}

PyValue Interpreter::elements(Node node, PyKind kind) {
  PyValue result = py_container(kind, {}, place(node));
  for (Node child : children(node)) {
    if (syntax().kind(child) == sym_list_splat ||
        syntax().kind(child) == sym_parenthesized_list_splat) {
      std::vector<Node> inner = children(child);
      PyValue value = evaluate(inner.empty() ? child : inner[0]);
      if (auto items = iterate(value))
        result.items->items.insert(result.items->items.end(), items->begin(), items->end());
      else if (auto why = first_unknown(value))
        return *why;
      else
        return unknown("an unpacked value that is not evaluated", child);
      continue;
    }
    PyValue value = evaluate(child);
    if (kind == PyKind::set) {
      bool present = false;
      for (const PyValue& item : result.items->items) present |= equal(item, value).value_or(false);
      if (present) continue;
    }
    result.items->items.push_back(std::move(value));
  }
  return result;
}

PyValue Interpreter::dictionary(Node node) {
  PyValue result = py_container(PyKind::dict, {}, place(node));
  for (Node child : children(node)) {
    if (syntax().kind(child) == sym_pair) {
      PyValue key = evaluate(syntax().field(child, field_key));
      dict_set(*result.items, key, evaluate(syntax().field(child, field_value)));
    } else if (syntax().kind(child) == sym_dictionary_splat && !children(child).empty()) {
      PyValue other = evaluate(children(child)[0]);
      if (!other.is(PyKind::dict)) {
        lose(result, other.known() ? "an unpacked value that is not a dict" : other.text,
             place(child));
        continue;
      }
      if (!other.items->lost.empty()) lose(result, other.items->lost, other.items->lost_place);
      for (size_t i = 0; i + 1 < other.items->items.size(); i += 2)
        dict_set(*result.items, other.items->items[i], other.items->items[i + 1]);
    }
  }
  return result;
}

PyValue Interpreter::boolean(Node node) {
  const Syntax& tree = syntax();
  PyValue left = evaluate(tree.field(node, field_left));
  bool is_and = tree.text(tree.field(node, field_operator)) == "and";
  std::optional<bool> holds = truth(left);
  if (holds) return *holds == is_and ? evaluate(tree.field(node, field_right)) : left;
  if (stopped()) return left;
  PyValue why =
      left.known()
          ? unknown("depends on '" + std::string(tree.text(tree.field(node, field_left))) + "'",
                    node)
          : left;
  Node right = tree.field(node, field_right);
  doubt(right, why);
  return why;
}

PyValue Interpreter::conditional(Node node) {
  std::vector<Node> parts = children(node);
  if (parts.size() != 3) return unknown("a syntax error", node);
  PyValue condition = evaluate(parts[1]);
  if (std::optional<bool> holds = truth(condition)) return evaluate(parts[*holds ? 0 : 2]);
  PyValue why = condition.known()
                    ? unknown("depends on '" + std::string(syntax().text(parts[1])) + "'", node)
                    : condition;
  doubt(parts[0], why);
  doubt(parts[2], why);
  return why;
}

PyValue Interpreter::unary(Node node) {
  const Syntax& tree = syntax();
  PyValue value = evaluate(tree.field(node, field_argument));
  if (!value.known()) return value;
  if (tree.kind(node) == sym_not_operator) {
    if (std::optional<bool> holds = truth(value)) return py_bool(!*holds);
    return unknown("depends on '" + std::string(tree.text(node)) + "'", node);
  }
  std::string_view op = tree.text(tree.field(node, field_operator));
  if (op == "-" && value.kind == PyKind::real) return py_real(-value.real);
  if (op == "-" && value.numeric() && value.number != INT64_MIN) return py_int(-value.number);
  if (op == "+" && value.numeric()) return value;
  return unknown("an operator that is not evaluated", node);
}

PyValue Interpreter::comparison(Node node) {
  const Syntax& tree = syntax();
  std::vector<std::string> operators;
  std::vector<Node> operands;
  for (Node child = tree.first(node); child != Syntax::none; child = tree.sibling(child, node)) {
    if (tree[child].field == field_operators)
      operators.emplace_back(tree.text(child));
    else if (tree.named(child) && tree.kind(child) != sym_comment)
      operands.push_back(child);
  }
  if (operands.size() != operators.size() + 1) return unknown("a syntax error", node);
  PyValue left = evaluate(operands[0]), result = py_bool(true);
  for (size_t i = 0; i < operators.size(); i++) {
    PyValue right = evaluate(operands[i + 1]);
    result = compare(operators[i], left, right, place(node));
    if (!result.known() || truth(result) == false) return result;
    left = std::move(right);
  }
  return result;
}

}  // namespace trainlint
