#include "lint/rule/path_value.h"

#include <algorithm>
#include <cstdlib>

#include "lint/text/path.h"

namespace trainlint {

static constexpr int deepest = 24;

static bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Every way to bind a name but a plain assignment makes it unknown.
PathReader::PathReader(const Module& module) : module_(module) {
  const Syntax& syntax = module.syntax;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
    uint16_t kind = syntax.kind(node);
    if (kind == sym_assignment) {
      Syntax::Node left = syntax.field(node, field_left);
      Syntax::Node right = syntax.field(node, field_right);
      if (left == Syntax::none || syntax.kind(left) != sym_identifier) continue;
      auto [place, added] = bound_.emplace(syntax.text(left), right);
      if (!added) place->second = Syntax::none;
    } else if (kind == sym_parameters || kind == sym_lambda_parameters ||
               kind == sym_augmented_assignment || kind == sym_for_in_clause) {
      for (Syntax::Node inner = node + 1; inner < syntax[node].next; ++inner)
        if (syntax.kind(inner) == sym_identifier) bound_[syntax.text(inner)] = Syntax::none;
    } else if (kind == sym_for_statement) {
      Syntax::Node left = syntax.field(node, field_left);
      if (left != Syntax::none) bound_[syntax.text(left)] = Syntax::none;
    }
  }
}

std::vector<Syntax::Node> positional_arguments(const Syntax& syntax, Syntax::Node call) {
  std::vector<Syntax::Node> found;
  Syntax::Node list = syntax.field(call, field_arguments);
  if (list == Syntax::none || syntax.kind(list) != sym_argument_list) return found;
  for (Syntax::Node child = syntax.first(list); child != Syntax::none;
       child = syntax.sibling(child, list))
    if (syntax.named(child) && syntax.kind(child) != sym_keyword_argument &&
        syntax.kind(child) != sym_comment)
      found.push_back(child);
  return found;
}

static WrittenPath parent_of(WrittenPath path) {
  if (path.rooted && (path.text.empty() || path.text == ".." || path.text.ends_with("/..")))
    path.text = join_path(path.text, "..");
  else
    path.text = parent_folder(path.text);
  return path;
}

std::optional<WrittenPath> PathReader::joined(std::optional<WrittenPath> path, Syntax::Node call,
                                              int depth) const {
  for (Syntax::Node argument : positional_arguments(module_.syntax, call)) {
    std::optional<WrittenPath> next = value(argument, depth);
    if (!next) return std::nullopt;
    if (!path || next->rooted)
      path = next;
    else if (next->text.starts_with('/'))
      return std::nullopt;
    else
      path->text = normal_path(join_path(path->text, next->text));
  }
  return path;
}

std::optional<WrittenPath> PathReader::of_call(Syntax::Node node, int depth) const {
  const Syntax& syntax = module_.syntax;
  Syntax::Node function = syntax.field(node, field_function);
  if (function == Syntax::none) return std::nullopt;
  std::string_view callee = syntax.text(function);
  std::string_view name = callee.substr(callee.rfind('.') + 1);
  std::vector<Syntax::Node> arguments = positional_arguments(syntax, node);
  bool of_module = syntax.kind(function) == sym_identifier ||
                   is_one_of(callee.substr(0, callee.size() - name.size()),
                             {"os.path.", "path.", "osp.", "op.", "os.", "pathlib."});
  if (!of_module) {
    Syntax::Node object = syntax.kind(function) == sym_attribute
                              ? syntax.field(function, field_object)
                              : Syntax::none;
    if (object == Syntax::none) return std::nullopt;
    if (is_one_of(name, {"resolve", "absolute", "as_posix", "expanduser"}) && arguments.empty())
      return value(object, depth);
    if (name != "joinpath") return std::nullopt;
    std::optional<WrittenPath> path = value(object, depth);
    return path ? joined(path, node, depth) : std::nullopt;
  }
  if (is_one_of(name, {"join", "Path", "PurePath", "PosixPath"}))
    return arguments.empty() ? std::nullopt : joined(std::nullopt, node, depth);
  if (arguments.size() != 1) return std::nullopt;
  std::optional<WrittenPath> path = value(arguments[0], depth);
  if (!path) return std::nullopt;
  if (name == "dirname") return parent_of(std::move(*path));
  // The folder in which a text alone is looked for is not known.
  if (path->rooted && is_one_of(name, {"abspath", "realpath", "normpath", "str", "fspath"}))
    return path;
  return std::nullopt;
}

std::optional<WrittenPath> PathReader::of_attribute(Syntax::Node node, int depth) const {
  const Syntax& syntax = module_.syntax;
  std::string_view text = syntax.text(node);
  if (text == "os.pardir" || text == "os.path.pardir") return WrittenPath{false, ".."};
  Syntax::Node name = syntax.field(node, field_attribute);
  if (name == Syntax::none || syntax.text(name) != "parent") return std::nullopt;
  std::optional<WrittenPath> path = value(syntax.field(node, field_object), depth);
  if (!path || !path->rooted) return std::nullopt;
  return parent_of(std::move(*path));
}

// path.parents[1]
std::optional<WrittenPath> PathReader::of_subscript(Syntax::Node node, int depth) const {
  const Syntax& syntax = module_.syntax;
  Syntax::Node list = syntax.field(node, field_value);
  Syntax::Node index = syntax.field(node, field_subscript);
  if (list == Syntax::none || index == Syntax::none || syntax.kind(list) != sym_attribute ||
      syntax.kind(index) != sym_integer || syntax.text(index).size() > 2)
    return std::nullopt;
  Syntax::Node name = syntax.field(list, field_attribute);
  if (name == Syntax::none || syntax.text(name) != "parents") return std::nullopt;
  std::optional<WrittenPath> path = value(syntax.field(list, field_object), depth);
  if (!path || !path->rooted) return std::nullopt;
  for (int i = std::atoi(std::string(syntax.text(index)).c_str()); i >= 0; --i)
    path = parent_of(std::move(*path));
  return path;
}

std::optional<WrittenPath> PathReader::of_operator(Syntax::Node node, int depth) const {
  const Syntax& syntax = module_.syntax;
  Syntax::Node op = syntax.field(node, field_operator);
  if (op == Syntax::none) return std::nullopt;
  std::optional<WrittenPath> left = value(syntax.field(node, field_left), depth);
  std::optional<WrittenPath> right = value(syntax.field(node, field_right), depth);
  if (!left || !right || right->rooted) return std::nullopt;
  if (syntax.text(op) == "+") {
    left->text += right->text;
    if (left->rooted) left->text = normal_path(left->text);
    return left;
  }
  if (syntax.text(op) != "/" || right->text.starts_with('/')) return std::nullopt;
  left->text = normal_path(join_path(left->text, right->text));
  return left;
}

std::optional<WrittenPath> PathReader::value(Syntax::Node node, int depth) const {
  const Syntax& syntax = module_.syntax;
  if (node == Syntax::none || ++depth > deepest) return std::nullopt;
  switch (syntax.kind(node)) {
    case sym_string:
    case sym_concatenated_string: {
      std::optional<std::string> text = string_value(syntax, node);
      if (!text || text->find('\0') != std::string::npos) return std::nullopt;
      return WrittenPath{false, std::move(*text)};
    }
    case sym_identifier: {
      if (syntax.text(node) == "__file__") return WrittenPath{true, module_.path};
      auto found = bound_.find(syntax.text(node));
      return found == bound_.end() ? std::nullopt : value(found->second, depth);
    }
    case sym_parenthesized_expression:
      return syntax.first(node) == Syntax::none
                 ? std::nullopt
                 : value(syntax.sibling(syntax.first(node), node), depth);
    case sym_attribute:
      return of_attribute(node, depth);
    case sym_subscript:
      return of_subscript(node, depth);
    case sym_call:
      return of_call(node, depth);
    case sym_binary_operator:
      return of_operator(node, depth);
    default:
      return std::nullopt;
  }
}

}  // namespace trainlint
