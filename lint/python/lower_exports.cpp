#include <algorithm>

#include "lint/python/literal.h"
#include "lint/python/lower.h"

namespace trainlint {

// A bound on how many `+` are followed in __all__ = [...] + [...] + ...
static constexpr int most_operands = 100;

// Appends the strings of a list, tuple, set or a sum of these; false if there is anything else.
bool Lowering::literal_names(Node node, std::vector<std::string>& names, int depth) const {
  if (depth > most_operands) return false;
  switch (nodes[node].kind) {
    case sym_binary_operator: {
      Node left = syntax.field(node, field_left);
      Node right = syntax.field(node, field_right);
      Node operation = syntax.field(node, field_operator);
      if (left == Syntax::none || right == Syntax::none || operation == Syntax::none) return false;
      return nodes[operation].kind == anon_sym_PLUS && literal_names(left, names, depth + 1) &&
             literal_names(right, names, depth + 1);
    }
    case sym_identifier:
      if (syntax.text(node) != "__all__" || !module.exports.known) return false;
      names.insert(names.end(), module.exports.names.begin(), module.exports.names.end());
      return true;
    case sym_parenthesized_expression:
      return first_named(node) != Syntax::none &&
             literal_names(first_named(node), names, depth + 1);
    case sym_list:
    case sym_tuple:
    case sym_expression_list:
    case sym_set:
      for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node)) {
        std::optional<std::string> name = string_value(syntax, child);
        if (!name) return false;
        names.push_back(std::move(*name));
      }
      return true;
    default:
      return false;
  }
}

// __all__ = value, at the top of the module; elsewhere it is not known whether it is carried out.
void Lowering::assign_exports(Node value) {
  if (scope != Scope::module) {
    exports_lost = exports_lost || scope == Scope::function;
    return;
  }
  std::vector<std::string> names;
  bool known = open_blocks == 1 && value != Syntax::none && literal_names(value, names, 0);
  module.exports.present = true;
  module.exports.known = known;
  module.exports.names = std::move(names);
}

void Lowering::extend_exports(Node value) {
  module.exports.present = true;
  if (scope != Scope::module || open_blocks != 1 || !literal_names(value, module.exports.names, 0))
    module.exports.known = false;
  if (scope != Scope::module) exports_lost = true;
}

void Lowering::call_on_exports(std::string_view method, const Call& call) {
  if (method == "index" || method == "count" || method == "copy" || method == "sort" ||
      method == "reverse")
    return;
  bool plain = scope == Scope::module && open_blocks == 1 && call.argument_count == 1;
  Node value = plain ? module.arguments[call.first_argument].value : Syntax::none;
  std::vector<std::string>& names = module.exports.names;
  if (plain && method == "extend" && literal_names(value, names, 0)) return;
  std::optional<std::string> name = plain ? string_value(syntax, value) : std::nullopt;
  if (name && method == "append") return names.push_back(std::move(*name));
  if (name && method == "remove") {
    if (auto found = std::find(names.begin(), names.end(), *name); found != names.end())
      names.erase(found);
    return;
  }
  exports_lost = true;
}

// An empty __all__ is most often one that decorators or imported functions add to.
void Lowering::finish_exports() {
  Exports& exports = module.exports;
  if (exports.present && (exports_lost || exports.names.empty())) exports.known = false;
  if (!exports.known) exports.names.clear();
}

}  // namespace trainlint
