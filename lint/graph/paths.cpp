// Values of the expressions that programs put on sys.path: folders relative to __file__.
#include <algorithm>
#include <vector>

#include "lint/graph/simulation.h"

namespace trainlint {

// Folders above the import root (site-packages) hold nothing of the package.
static PathValue parent_of(PathValue value) {
  if (value.kind != PathValue::inside) return value;
  if (value.path.empty()) return {PathValue::outside, {}};
  return {PathValue::inside, parent_folder(value.path)};
}

static PathValue joined(PathValue value, std::string_view more) {
  if (!more.empty() && more.front() == '/') return {PathValue::unknown, {}};
  while (!more.empty() && value.kind == PathValue::inside) {
    size_t slash = std::min(more.find('/'), more.size());
    std::string_view part = more.substr(0, slash);
    more.remove_prefix(std::min(slash + 1, more.size()));
    if (part == "..")
      value = parent_of(value);
    else if (!part.empty() && part != ".")
      value.path = join_path(value.path, part);
  }
  return value;
}

namespace {

struct Evaluator {
  const Module& module;
  const Survey::Names& names;
  std::string_view module_path;
  int depth;

  PathValue of(Syntax::Node node) const {
    if (node == Syntax::none || depth > 30) return {};
    return path_value(module, names, module_path, node, depth + 1);
  }

  std::vector<Syntax::Node> arguments(Syntax::Node call) const {
    std::vector<Syntax::Node> result;
    Syntax::Node list = module.syntax.field(call, field_arguments);
    if (list == Syntax::none) return result;
    for (Syntax::Node child = module.syntax.first(list); child != Syntax::none;
         child = module.syntax.sibling(child, list))
      if (module.syntax.named(child) && module.syntax.kind(child) != sym_comment)
        result.push_back(child);
    return result;
  }

  PathValue call(Syntax::Node node) const {
    std::string_view callee = module.syntax.text(module.syntax.field(node, field_function));
    std::vector<Syntax::Node> given = arguments(node);
    auto ends = [&](std::string_view name) {
      return callee == name || (callee.ends_with(name) && callee.size() > name.size() &&
                                callee[callee.size() - name.size() - 1] == '.');
    };
    if (callee.ends_with(".resolve()") || callee.ends_with(".absolute()")) return {};
    if (ends("resolve") || ends("absolute") || ends("as_posix")) {
      Syntax::Node function = module.syntax.field(node, field_function);
      return of(module.syntax.field(function, field_object));
    }
    if (ends("getcwd") || ends("cwd")) return {PathValue::relative, {}};
    if (given.empty()) return {};
    if (ends("dirname")) return parent_of(of(given[0]));
    if (ends("abspath") || ends("realpath") || ends("normpath") || ends("str") || ends("fspath") ||
        ends("Path") || ends("PurePath") || ends("expanduser"))
      return given.size() == 1 ? of(given[0]) : PathValue{};
    if (ends("join") || ends("joinpath")) return join(node, given);
    return {};
  }

  PathValue join(Syntax::Node node, const std::vector<Syntax::Node>& given) const {
    Syntax::Node function = module.syntax.field(node, field_function);
    const bool method = module.syntax.text(function).ends_with("joinpath");
    PathValue value = of(method ? module.syntax.field(function, field_object) : given[0]);
    for (size_t i = method ? 0 : 1; i < given.size(); ++i) {
      std::optional<std::string> more = string_value(module.syntax, given[i]);
      const bool parent = module.syntax.text(given[i]).ends_with("os.pardir");
      if (!more && !parent) return {};
      value = joined(value, parent ? ".." : *more);
    }
    return value;
  }

  PathValue attribute(Syntax::Node node) const {
    std::string_view name = module.syntax.text(module.syntax.field(node, field_attribute));
    PathValue object = of(module.syntax.field(node, field_object));
    return name == "parent" ? parent_of(object) : PathValue{};
  }

  // `Path(__file__).parents[1]`
  PathValue subscript(Syntax::Node node) const {
    Syntax::Node value = module.syntax.field(node, field_value);
    Syntax::Node index = module.syntax.field(node, field_subscript);
    if (value == Syntax::none || module.syntax.kind(value) != sym_attribute ||
        module.syntax.text(module.syntax.field(value, field_attribute)) != "parents" ||
        index == Syntax::none || module.syntax.text(index).size() != 1)
      return {};
    char digit = module.syntax.text(index)[0];
    if (digit < '0' || digit > '9') return {};
    PathValue result = parent_of(of(module.syntax.field(value, field_object)));
    for (char i = '0'; i < digit; ++i) result = parent_of(result);
    return result;
  }

  PathValue name(std::string_view text) const {
    if (text == "__file__") return {PathValue::inside, std::string(module_path)};
    return of(only_value(module, names, text));
  }

  PathValue divided(Syntax::Node node) const {  // pathlib's "/"
    Syntax::Node right = module.syntax.field(node, field_right);
    if (module.syntax.text(module.syntax.field(node, field_operator)) != "/") return {};
    std::optional<std::string> more = string_value(module.syntax, right);
    return more ? joined(of(module.syntax.field(node, field_left)), *more) : PathValue{};
  }
};

}  // namespace

PathValue path_value(const Module& module, const Survey::Names& names, std::string_view module_path,
                     Syntax::Node node, int depth) {
  Evaluator evaluator{module, names, module_path, depth};
  switch (module.syntax.kind(node)) {
    case sym_string:
    case sym_concatenated_string: {
      std::optional<std::string> text = string_value(module.syntax, node);
      // A relative path is relative to the working directory, which holds no code on a worker.
      if (text && !text->starts_with("/") && !text->starts_with("~"))
        return {PathValue::relative, {}};
      return {};
    }
    case sym_identifier:
      return evaluator.name(module.syntax.text(node));
    case sym_attribute:
      return evaluator.attribute(node);
    case sym_subscript:
      return evaluator.subscript(node);
    case sym_call:
      return evaluator.call(node);
    case sym_binary_operator:
      return evaluator.divided(node);
    case sym_parenthesized_expression:
      return evaluator.of(node + 2);
    default:
      return {};
  }
}

}  // namespace trainlint
