#include "lint/rule/surroundings.h"

#include <algorithm>

namespace trainlint {

std::vector<Syntax::Node> named_children(const Syntax& syntax, Syntax::Node node) {
  std::vector<Syntax::Node> children;
  for (auto child = syntax.first(node); child != Syntax::none; child = syntax.sibling(child, node))
    if (syntax.named(child) && syntax.kind(child) != sym_comment) children.push_back(child);
  return children;
}

std::vector<Syntax::Node> nodes_around(const Syntax& syntax, Syntax::Node node) {
  std::vector<Syntax::Node> around;
  for (Syntax::Node at = 0; at != node;) {
    around.push_back(at);
    Syntax::Node child = syntax.first(at);
    while (syntax[child].next <= node) child = syntax.sibling(child, at);
    at = child;
  }
  return around;
}

Syntax::Node function_around(const Syntax& syntax, Syntax::Node node) {
  Syntax::Node function = Syntax::none;
  for (Syntax::Node outer : nodes_around(syntax, node))
    if (syntax.kind(outer) == sym_function_definition) function = outer;
  return function;
}

static bool is_branch(uint16_t kind) {
  switch (kind) {
    case sym_if_statement:
    case sym_conditional_expression:
    case sym_boolean_operator:
    case sym_match_statement:
    case sym_except_clause:
    case sym_while_statement:
    case sym_for_statement:
      return true;
    default:
      return false;
  }
}

bool may_be_skipped(const Syntax& syntax, Syntax::Node node, Syntax::Node function) {
  for (Syntax::Node outer : nodes_around(syntax, node))
    if ((function == Syntax::none || outer > function) && is_branch(syntax.kind(outer)))
      return true;
  const Syntax::Node scope = function_around(syntax, node);
  for (Syntax::Node i = function == Syntax::none ? 0 : function + 1; i < node; ++i) {
    const bool leaves =
        syntax.kind(i) == sym_return_statement || syntax.kind(i) == sym_raise_statement;
    if (leaves && syntax[i].next <= node && function_around(syntax, i) == scope) return true;
  }
  return false;
}

// Part of a target with several names, of a loop or a with statement, binds the name.
static bool binds_in_group(const Syntax& syntax, Syntax::Node group, std::string_view name) {
  for (Syntax::Node i = group; i < syntax[group].next; ++i)
    if (syntax.kind(i) == sym_identifier && syntax.text(i) == name) return true;
  return false;
}

Syntax::Node only_value(const Syntax& syntax, Syntax::Node function, std::string_view name,
                        bool& bound) {
  const Syntax::Node begin = function == Syntax::none ? 0 : function + 1;
  const auto end = static_cast<Syntax::Node>(function == Syntax::none ? syntax.nodes().size()
                                                                      : syntax[function].next);
  Syntax::Node value = Syntax::none;
  size_t bindings = 0;
  for (Syntax::Node i = begin; i < end; ++i) {
    const uint16_t kind = syntax.kind(i);
    if (kind == sym_function_definition || kind == sym_class_definition) {
      i = syntax[i].next - 1;
      continue;
    }
    const bool target =
        kind == sym_identifier && syntax.text(i) == name && syntax[i].field == field_left;
    if (!target) {
      const bool group = kind == sym_pattern_list || kind == alias_sym_as_pattern_target;
      if (group && binds_in_group(syntax, i, name)) bindings += 2;
      continue;
    }
    const Syntax::Node parent = parent_of(syntax, i);
    if (syntax.kind(parent) == sym_assignment) {
      ++bindings;
      value = syntax.field(parent, field_right);
    } else if (syntax.kind(parent) != sym_binary_operator &&
               syntax.kind(parent) != sym_boolean_operator) {
      bindings += 2;  // += or a loop
    }
  }
  bound = bindings > 0;
  return bindings == 1 ? value : Syntax::none;
}

std::optional<DefinedFunction> only_function(const Package& package, std::string_view name) {
  std::optional<DefinedFunction> found;
  for (const Module& module : package.modules)
    for (Syntax::Node node = 0; node < module.syntax.nodes().size(); ++node) {
      if (module.syntax.kind(node) != sym_function_definition ||
          module.syntax.text(module.syntax.field(node, field_name)) != name)
        continue;
      if (found) return std::nullopt;
      found = DefinedFunction{&module, node};
    }
  return found;
}

std::vector<std::string_view> parameters_of(const DefinedFunction& function) {
  const Syntax& syntax = function.module->syntax;
  std::vector<std::string_view> names;
  const Syntax::Node list = syntax.field(function.node, field_parameters);
  if (list == Syntax::none) return names;
  for (Syntax::Node child : named_children(syntax, list)) {
    std::string_view text = syntax.text(child);
    std::string_view name = text.substr(0, text.find_first_of(":= "));
    if (name != "self" && name != "cls") names.push_back(name);
  }
  return names;
}

std::string_view method_of(const Module& module, const Call& call) {
  const Syntax& syntax = module.syntax;
  if (syntax.kind(call.node) != sym_call) return {};
  const Syntax::Node function = syntax.field(call.node, field_function);
  if (function == Syntax::none) return {};
  if (syntax.kind(function) == sym_identifier) return syntax.text(function);
  if (syntax.kind(function) != sym_attribute) return {};
  return syntax.text(syntax.field(function, field_attribute));
}

static bool is_comment(const Syntax& syntax, size_t offset) {
  auto after = std::upper_bound(syntax.nodes().begin(), syntax.nodes().end(), offset,
                                [](size_t at, const FlatNode& node) { return at < node.begin; });
  return after != syntax.nodes().begin() && std::prev(after)->kind == sym_comment;
}

static bool mentions(const Module& module, std::string_view word) {
  const std::string_view text = module.text();
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if (!is_comment(module.syntax, at)) return true;
  return false;
}

bool any_mentions(const Package& package, std::initializer_list<std::string_view> words) {
  return std::any_of(package.modules.begin(), package.modules.end(), [&](const Module& module) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return mentions(module, word); });
  });
}

}  // namespace trainlint
