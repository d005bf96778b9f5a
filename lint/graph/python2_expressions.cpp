#include <algorithm>

#include "lint/graph/python2.h"

namespace trainlint {

using NameSet = std::unordered_set<std::string_view>;

bool asks_for_version(std::string_view text) {
  static constexpr std::string_view signs[] = {
      "PY2",          "PY3",          "version_info",  "hexversion",    "python_version",
      "sys.version[", "sys.version.", "sys.version <", "sys.version >", "str is bytes",
      "bytes is str", "str == bytes", "bytes == str",  "3 / 2 ==",      "1 / 2 ==",
      "is_py2",       "is_py3",       "IS_PY",
  };
  // Where none of these stands, none of the signs does: most texts are searched for them alone.
  static constexpr std::string_view parts[] = {"PY",     "_py",    "version",
                                               " bytes", "bytes ", "/ 2 =="};
  auto found = [&](std::string_view sign) { return text.find(sign) != text.npos; };
  return std::any_of(std::begin(parts), std::end(parts), found) &&
         std::any_of(std::begin(signs), std::end(signs), found);
}

static bool imports_name(const Module& module, std::string_view name) {
  for (const Block& block : module.blocks)
    for (const Step& step : block) {
      if (step.kind == StepKind::import_module && step.bound == name) return true;
      for (uint32_t i = 0; step.kind == StepKind::import_from && i < step.name_count; ++i)
        if (module.names[step.first_name + i].bound == name) return true;
    }
  return false;
}

// The name of what gives an iterator or a view since Python 3.0, when the node is a call of it:
// zip(...), rows.keys(); "" for all else.
static std::string_view viewed(const Module& module, Syntax::Node call, const NameSet& bound,
                               bool pandas) {
  const Syntax& syntax = module.syntax;
  if (syntax.kind(call) != sym_call) return {};
  const Syntax::Node function = syntax.field(call, field_function);
  if (function == Syntax::none) return {};
  if (syntax.kind(function) == sym_identifier) {
    std::string_view name = syntax.text(function);
    const bool builtin = name == "zip" || name == "map" || name == "filter";
    return builtin && !bound.contains(name) ? name : std::string_view();
  }
  // A frame's keys() is an index, which has items.
  if (syntax.kind(function) != sym_attribute || pandas) return {};
  const Syntax::Node attribute = syntax.field(function, field_attribute);
  const Syntax::Node arguments = syntax.field(call, field_arguments);
  const Syntax::Node object = syntax.field(function, field_object);
  if (attribute == Syntax::none || arguments == Syntax::none || object == Syntax::none ||
      syntax.text(arguments).find_first_not_of("() \t\r\n") != std::string_view::npos)
    return {};
  std::string_view name = syntax.text(attribute), owner = syntax.text(object);
  if (name != "keys" && name != "values" && name != "items") return {};
  // The module's own class has the method, or what is imported gives something that has it.
  if (bound.contains(name) || imports_name(module, owner.substr(0, owner.find_first_of(".(["))))
    return {};
  return name;
}

static bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("-0123456789") == std::string_view::npos;
}

namespace {

struct ExpressionPass {
  const Module& module;
  const NameSet& bound;
  std::vector<NameFault>& faults;
  const bool pandas = module.text().find("pandas") != std::string_view::npos;
  const bool prints = !bound.contains("print");

  void add(NameFault::Kind kind, Syntax::Node node, std::string_view name) const {
    NameFault fault{.kind = kind};
    fault.span = module.syntax.span(node);
    fault.name = name;
    faults.push_back(fault);
  }

  // A call of the built-in function.
  bool calls(Syntax::Node node, std::string_view name) const {
    const Syntax& syntax = module.syntax;
    if (syntax.kind(node) != sym_call || bound.contains(name)) return false;
    const Syntax::Node function = syntax.field(node, field_function);
    return function != Syntax::none && syntax.kind(function) == sym_identifier &&
           syntax.text(function) == name;
  }

  bool is_no_list(Syntax::Node node) const {
    return calls(node, "range") || !viewed(module, node, bound, pandas).empty();
  }

  // range(3) + [1], rows.items() + more.items(), print("%d") % 1
  void operation(Syntax::Node node) const {
    const Syntax& syntax = module.syntax;
    const Syntax::Node left = syntax.field(node, field_left);
    const Syntax::Node right = syntax.field(node, field_right);
    const Syntax::Node sign = syntax.field(node, field_operator);
    if (left == Syntax::none || right == Syntax::none || sign == Syntax::none) return;
    auto is_list = [&](Syntax::Node side) {
      return syntax.kind(side) == sym_list || syntax.kind(side) == sym_list_comprehension ||
             calls(side, "list") || is_no_list(side);
    };
    if (syntax.text(sign) == "%" && calls(left, "print"))
      add(NameFault::python2_item, node,
          "'print' gives nothing that could be formatted in Python 3; put the '%' inside the "
          "brackets");
    if (syntax.text(sign) == "+" && (is_no_list(left) || is_no_list(right)) && is_list(left) &&
        is_list(right))
      add(NameFault::python2_item, node,
          "one of these is no list in Python 3 and cannot be added, which is a TypeError; write "
          "'list(...)' around it");
  }

  void raised(Syntax::Node node) const {
    const Syntax::Node first = module.syntax.first(node);
    for (Syntax::Node child = first; child != Syntax::none;
         child = module.syntax.sibling(child, node))
      if (module.syntax.kind(child) == sym_string)
        return add(NameFault::python2_item, child,
                   "text cannot be raised in Python 3, which is a TypeError; raise an exception, "
                   "such as RuntimeError(...)");
      else if (module.syntax.kind(child) != anon_sym_raise)
        return;
  }

  void look(Syntax::Node node) const {
    const Syntax& syntax = module.syntax;
    switch (syntax.kind(node)) {
      case sym_chevron:
        if (prints) add(NameFault::python2_print, node, "print");
        return;
      case sym_binary_operator:
        operation(node);
        return;
      case sym_raise_statement:
        raised(node);
        return;
      case sym_subscript: {
        const Syntax::Node value = syntax.field(node, field_value);
        const Syntax::Node index = syntax.field(node, field_subscript);
        if (value == Syntax::none || index == Syntax::none || !is_number(syntax.text(index)))
          return;
        std::string_view name = viewed(module, value, bound, pandas);
        if (!name.empty()) add(NameFault::python2_item, node, name);
        return;
      }
      default:
        return;
    }
  }
};

}  // namespace

void add_python2_expressions(const Module& module, const NameSet& bound,
                             std::vector<NameFault>& faults) {
  if (asks_for_version(module.text())) return;
  const ExpressionPass pass{module, bound, faults};
  const auto count = static_cast<Syntax::Node>(module.syntax.nodes().size());
  for (Syntax::Node node = 0; node < count; ++node) pass.look(node);
}

}  // namespace trainlint
