#include <algorithm>

#include "lint/graph/name_faults.h"

namespace trainlint {

using NameSet = std::unordered_set<std::string_view>;

static bool asks_for_version(std::string_view text) {
  return text.find("PY2") != text.npos || text.find("PY3") != text.npos ||
         text.find("version_info") != text.npos;
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

void add_python2_expressions(const Module& module, const NameSet& bound,
                             std::vector<NameFault>& faults) {
  const Syntax& syntax = module.syntax;
  if (asks_for_version(module.text())) return;
  const bool pandas = module.text().find("pandas") != std::string_view::npos;
  const bool prints = !bound.contains("print");
  const auto count = static_cast<Syntax::Node>(syntax.nodes().size());
  for (Syntax::Node node = 0; node < count; ++node) {
    const uint16_t kind = syntax.kind(node);
    if (kind == sym_chevron && prints) {
      NameFault fault{.kind = NameFault::python2_print};
      fault.span = syntax.span(node);
      fault.name = "print";
      faults.push_back(fault);
    } else if (kind == sym_subscript) {
      const Syntax::Node value = syntax.field(node, field_value);
      const Syntax::Node index = syntax.field(node, field_subscript);
      if (value == Syntax::none || index == Syntax::none || !is_number(syntax.text(index)))
        continue;
      std::string_view name = viewed(module, value, bound, pandas);
      if (name.empty()) continue;
      NameFault fault{.kind = NameFault::python2_item};
      fault.span = syntax.span(node);
      fault.name = name;
      faults.push_back(fault);
    }
  }
}

}  // namespace trainlint
