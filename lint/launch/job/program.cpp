#include "lint/launch/job/program.h"

#include <algorithm>

#include "lint/python/module.h"

namespace trainlint {

namespace {

constexpr int deepest = 40;

std::string json_name(std::string_view name) {
  std::string json;
  bool joint = false;
  for (const char c : name) {
    const bool lower = c >= 'a' && c <= 'z';
    if (c != '_') json += joint && lower ? static_cast<char>(c - 'a' + 'A') : c;
    joint = c == '_' && !json.empty();
  }
  return json;
}

}  // namespace

Program::Program(Syntax syntax) : syntax_(std::move(syntax)) {
  const size_t count = syntax_.nodes().size();
  parents_.resize(count, 0);
  std::vector<Node> around;
  for (Node node = 0; node < count; ++node) {
    while (!around.empty() && syntax_[around.back()].next <= node) around.pop_back();
    if (!around.empty()) parents_[node] = around.back();
    around.push_back(node);
  }
  for (Node node = 0; node < count; ++node)
    if (syntax_.kind(node) == sym_identifier) note(node);
}

// Whether what is called with a list may change it.
bool Program::changes(Node call) const {
  static constexpr std::string_view harmless[] = {"print", "len",    "str",     "repr",
                                                  "list",  "pprint", "display", "dumps"};
  const std::string_view name = callee(call);
  return std::find(std::begin(harmless), std::end(harmless), name) == std::end(harmless) &&
         !name.ends_with("Job");
}

void Program::note(Node name) {
  const std::string_view text = syntax_.text(name);
  const Node around = parents_[name];
  switch (syntax_.kind(around)) {
    case sym_assignment:
      if (syntax_.field(around, field_left) != name) return;
      if (syntax_.field(around, field_right) != Syntax::none) assignments_[text].push_back(around);
      return;
    case sym_augmented_assignment:
    case sym_named_expression:
    case sym_for_statement:
    case sym_for_in_clause:
      if (syntax_.first(around) == name || syntax_.field(around, field_left) == name)
        rebound_.insert(text);
      else  // what the loop runs over: its items may be changed in it
        changed_.insert(text);
      return;
    case sym_default_parameter:
    case sym_typed_default_parameter:
    case sym_function_definition:
    case sym_class_definition:
      if (syntax_.field(around, field_name) == name) rebound_.insert(text);
      return;
    case sym_parameters:
    case sym_lambda_parameters:
    case sym_typed_parameter:
    case sym_pattern_list:
    case sym_tuple_pattern:
    case sym_list_pattern:
    case sym_list_splat_pattern:
    case sym_dictionary_splat_pattern:
    case alias_sym_as_pattern_target:
    case sym_global_statement:
    case sym_nonlocal_statement:
    case sym_delete_statement:
    case sym_aliased_import:
    case sym_dotted_name:
      rebound_.insert(text);
      return;
    case sym_attribute:
      if (syntax_.field(around, field_object) == name) changed_.insert(text);
      return;
    case sym_subscript: {
      const uint16_t kind = syntax_.kind(parents_[around]);
      if (kind == sym_assignment || kind == sym_augmented_assignment ||
          kind == sym_delete_statement || kind == sym_subscript || kind == sym_attribute)
        changed_.insert(text);
      return;
    }
    case sym_argument_list:
      if (changes(parents_[around])) changed_.insert(text);
      return;
    default:
      return;
  }
}

bool Program::in_function(Node node) const {
  for (; node != 0; node = parents_[node]) {
    const uint16_t kind = syntax_.kind(node);
    if (kind == sym_function_definition || kind == sym_lambda || kind == sym_class_definition)
      return true;
  }
  return false;
}

Syntax::Node Program::definition(Node node) const {
  for (int depth = 0; syntax_.kind(node) == sym_identifier; ++depth) {
    const std::string_view name = syntax_.text(node);
    auto found = assignments_.find(name);
    if (depth > deepest || found == assignments_.end() || rebound_.count(name) > 0)
      return Syntax::none;
    Node last = Syntax::none;
    const bool only = found->second.size() == 1;
    for (const Node assignment : found->second) {
      // One in a branch may be left out, and one in a function happens at any time.
      const bool sure = syntax_.kind(parents_[parents_[assignment]]) == sym_module;
      if (!only && !sure) return Syntax::none;
      if (only || syntax_[assignment].end <= syntax_[node].begin) last = assignment;
    }
    if (last == Syntax::none || (!only && in_function(node))) return Syntax::none;
    const Node right = syntax_.field(last, field_right);
    const uint16_t kind = syntax_.kind(right);
    if ((kind == sym_list || kind == sym_dictionary) && changed_.count(name) > 0)
      return Syntax::none;
    if (right == node) return Syntax::none;
    node = right;
  }
  return node;
}

JobValue Program::sum(Node node, int depth) const {
  JobValue result{.shape = JobShape::text, .span = syntax_.span(node), .known = false};
  const Node left = syntax_.field(node, field_left), right = syntax_.field(node, field_right);
  if (left == Syntax::none || right == Syntax::none ||
      syntax_.text()
              .substr(syntax_[left].end, syntax_[right].begin - syntax_[left].end)
              .find('+') == std::string_view::npos)
    return result;
  const JobValue first = value(left, depth + 1), second = value(right, depth + 1);
  if (!first.known || !second.known || first.shape != JobShape::text ||
      second.shape != JobShape::text)
    return result;
  result.known = true;
  result.text = first.text + second.text;
  return result;
}

JobValue Program::list(Node node, int depth) const {
  JobValue result{.shape = JobShape::list, .span = syntax_.span(node)};
  for (Node child = syntax_.first(node); child != Syntax::none;
       child = syntax_.sibling(child, node))
    if (syntax_.named(child) && syntax_.kind(child) != sym_comment)
      result.items.push_back(value(child, depth + 1));
  return result;
}

JobValue Program::mapping(Node node, int depth) const {
  JobValue result{.shape = JobShape::mapping, .span = syntax_.span(node)};
  for (Node child = syntax_.first(node); child != Syntax::none;
       child = syntax_.sibling(child, node)) {
    if (!syntax_.named(child) || syntax_.kind(child) == sym_comment) continue;
    const Node key = syntax_.field(child, field_key);
    const std::optional<std::string> name =
        syntax_.kind(child) == sym_pair ? string_value(syntax_, key) : std::nullopt;
    if (!name) {
      result.known = false;
      continue;
    }
    result.entries.push_back(
        {json_name(*name), syntax_.span(key), value(syntax_.field(child, field_value), depth + 1)});
  }
  return result;
}

JobValue Program::value(Node node, int depth) const {
  JobValue unknown{.shape = JobShape::text, .known = false};
  if (node == Syntax::none || depth > deepest) return unknown;
  unknown.span = syntax_.span(node);
  node = definition(node);
  if (node == Syntax::none) return unknown;
  JobValue scalar{.text = std::string(syntax_.text(node)), .span = syntax_.span(node)};
  switch (syntax_.kind(node)) {
    case sym_string:
    case sym_concatenated_string:
      if (std::optional<std::string> text = string_value(syntax_, node)) {
        scalar.shape = JobShape::text;
        scalar.text = *text;
        return scalar;
      }
      return unknown;
    case sym_integer:
      scalar.shape = JobShape::integer;
      return scalar;
    case sym_float:
      scalar.shape = JobShape::number;
      return scalar;
    case sym_unary_operator: {
      const Node of = syntax_.field(node, field_argument);
      const uint16_t kind = of == Syntax::none ? uint16_t{0} : syntax_.kind(of);
      if (!scalar.text.starts_with('-') || (kind != sym_integer && kind != sym_float))
        return unknown;
      scalar.shape = kind == sym_integer ? JobShape::integer : JobShape::number;
      return scalar;
    }
    case sym_true:
    case sym_false:
      scalar.shape = JobShape::boolean;
      return scalar;
    case sym_none:
      scalar.text.clear();
      return scalar;
    case sym_parenthesized_expression: {
      Node inner = syntax_.first(node);
      while (inner != Syntax::none && !syntax_.named(inner)) inner = syntax_.sibling(inner, node);
      return value(inner, depth + 1);
    }
    case sym_binary_operator:
      return sum(node, depth);
    case sym_list:
    case sym_tuple:
      return list(node, depth);
    case sym_dictionary:
      return mapping(node, depth);
    case sym_call: {
      if (callee(node) != "str") return unknown;
      JobValue text = value(argument(node, "object", 0), depth + 1);
      if (text.shape != JobShape::integer && text.shape != JobShape::text) return unknown;
      text.shape = JobShape::text;
      return text;
    }
    default:
      return unknown;
  }
}

std::string_view Program::callee(Node call) const {
  if (syntax_.kind(call) != sym_call) return {};
  Node function = syntax_.field(call, field_function);
  if (function != Syntax::none && syntax_.kind(function) == sym_attribute)
    function = syntax_.field(function, field_attribute);
  if (function == Syntax::none || syntax_.kind(function) != sym_identifier) return {};
  return syntax_.text(function);
}

Syntax::Node Program::argument(Node call, std::string_view name, int position) const {
  const Node arguments = syntax_.field(call, field_arguments);
  if (arguments == Syntax::none || syntax_.kind(arguments) != sym_argument_list)
    return Syntax::none;
  int at = 0;
  for (Node child = syntax_.first(arguments); child != Syntax::none;
       child = syntax_.sibling(child, arguments)) {
    if (!syntax_.named(child) || syntax_.kind(child) == sym_comment) continue;
    if (syntax_.kind(child) == sym_keyword_argument) {
      if (syntax_.text(syntax_.field(child, field_name)) == name)
        return syntax_.field(child, field_value);
    } else if (at++ == position) {
      return child;
    }
  }
  return Syntax::none;
}

bool Program::has_unseen_arguments(Node call) const {
  const Node arguments = syntax_.field(call, field_arguments);
  if (arguments == Syntax::none || syntax_.kind(arguments) != sym_argument_list) return true;
  for (Node child = syntax_.first(arguments); child != Syntax::none;
       child = syntax_.sibling(child, arguments))
    if (syntax_.kind(child) == sym_dictionary_splat || syntax_.kind(child) == sym_list_splat)
      return true;
  return false;
}

}  // namespace trainlint
