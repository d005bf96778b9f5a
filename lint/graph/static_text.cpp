// Texts that are known before the program runs: names of modules for importlib.import_module().
#include "lint/graph/simulation.h"

namespace trainlint {

Syntax::Node only_value(const Module& module, const Survey::Names& names, std::string_view name) {
  auto bound = names.bound_anywhere.find(name);
  if (bound == names.bound_anywhere.end() || bound->second != 1 || !names.bound.contains(name) ||
      names.global.contains(name) || names.opaque || names.stars)
    return Syntax::none;
  Syntax::Node right = Syntax::none;
  for (Syntax::Node i = 1; i < module.syntax.nodes().size(); ++i) {
    if (module.syntax.kind(i) != sym_assignment) continue;
    Syntax::Node left = module.syntax.field(i, field_left);
    if (left == Syntax::none || module.syntax.text(left) != name) continue;
    if (right != Syntax::none) return Syntax::none;
    right = module.syntax.field(i, field_right);
  }
  return right;
}

namespace {

struct TextEvaluator {
  const Module& module;
  const Survey::Names& names;
  std::string_view package;
  int& steps;

  std::optional<std::string> of(Syntax::Node node) const {
    return static_text(module, names, package, node, steps);
  }

  std::optional<std::string> sum(Syntax::Node node) const {
    if (module.syntax.text(module.syntax.field(node, field_operator)) != "+") return std::nullopt;
    std::optional<std::string> left = of(module.syntax.field(node, field_left));
    std::optional<std::string> right = of(module.syntax.field(node, field_right));
    return left && right ? std::optional(*left + *right) : std::nullopt;
  }

  // f"trainer.{NAME}", without conversions, formats and escapes.
  std::optional<std::string> formatted(Syntax::Node node) const {
    const Syntax& syntax = module.syntax;
    std::string text;
    for (Syntax::Node part = syntax.first(node); part != Syntax::none;
         part = syntax.sibling(part, node)) {
      if (syntax.kind(part) == sym_string_content) {
        std::string_view written = syntax.text(part);
        if (written.find_first_of("\\{}") != std::string_view::npos) return std::nullopt;
        text += written;
      } else if (syntax.kind(part) == sym_interpolation) {
        const Syntax::Node value = syntax.field(part, field_expression);
        if (value == Syntax::none || syntax.text(part).size() != syntax.text(value).size() + 2)
          return std::nullopt;
        std::optional<std::string> inserted = of(value);
        if (!inserted) return std::nullopt;
        text += *inserted;
      }
    }
    return text;
  }
};

}  // namespace

std::optional<std::string> static_text(const Module& module, const Survey::Names& names,
                                       std::string_view package, Syntax::Node node, int& steps) {
  if (node == Syntax::none || --steps < 0) return std::nullopt;
  if (std::optional<std::string> literal = string_value(module.syntax, node)) return literal;
  const TextEvaluator evaluator{module, names, package, steps};
  switch (module.syntax.kind(node)) {
    case sym_identifier:
      if (module.syntax.text(node) == "__package__") return std::string(package);
      return evaluator.of(only_value(module, names, module.syntax.text(node)));
    case sym_binary_operator:
      return evaluator.sum(node);
    case sym_string:
      return evaluator.formatted(node);
    case sym_parenthesized_expression:
      return evaluator.of(node + 2);
    default:
      return std::nullopt;
  }
}

std::optional<std::string> Simulation::text_of(const Frame& frame, Syntax::Node node) const {
  int steps = 40;  // names of modules are not made of more parts
  return static_text(module_of(*frame.instance), survey_.modules[frame.instance->module],
                     frame.instance->package, node, steps);
}

}  // namespace trainlint
