#include <algorithm>

#include "lint/python/lower.h"

namespace trainlint {

// A dotted name as if it were written without blanks, comments and line breaks inside.
std::string_view Lowering::dotted_text(Node node) {
  std::string_view written = syntax.text(node);
  if (written.find_first_of(" \t\f\r\n\\#") == std::string_view::npos) return written;
  std::string joined;
  for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node)) {
    if (!joined.empty()) joined += '.';
    joined += syntax.text(child);
  }
  return module.spellings.emplace_front(std::move(joined));
}

void Lowering::import_modules(Node node) {
  for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node)) {
    if (nodes[child].field != field_name) continue;
    bool aliased = nodes[child].kind == sym_aliased_import;
    Node name = aliased ? syntax.field(child, field_name) : child;
    Node alias = aliased ? syntax.field(child, field_alias) : Syntax::none;
    if (name == Syntax::none || (aliased && alias == Syntax::none)) continue;
    Node first = first_named(name);
    if (first == Syntax::none) continue;
    std::string_view full = dotted_text(name);
    if (full.empty()) continue;
    Step& step = add(StepKind::import_module, child);
    step.text = full;
    step.bound = syntax.text(aliased ? alias : first);
  }
}

void Lowering::import_from(Node node) {
  std::string_view from;
  uint16_t level = 0;
  if (nodes[node].kind == sym_future_import_statement) {
    from = "__future__";
  } else {
    Node name = syntax.field(node, field_module_name);
    if (name == Syntax::none) return;
    if (nodes[name].kind == sym_relative_import) {
      Node prefix = first_named(name);
      if (prefix == Syntax::none) return;
      std::string_view dots = syntax.text(prefix);
      level = static_cast<uint16_t>(
          std::min<ptrdiff_t>(UINT16_MAX, std::count(dots.begin(), dots.end(), '.')));
      name = next_named(prefix, name);
    }
    if (name != Syntax::none) from = dotted_text(name);
  }
  Step& step = add(StepKind::import_from, node);
  step.text = from;
  step.level = level;
  imported_names(node, step);
}

void Lowering::imported_names(Node node, Step& step) {
  step.first_name = static_cast<uint32_t>(module.names.size());
  for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node)) {
    if (nodes[child].kind == sym_wildcard_import) step.star = true;
    if (nodes[child].field != field_name) continue;
    bool aliased = nodes[child].kind == sym_aliased_import;
    Node name = aliased ? syntax.field(child, field_name) : child;
    Node alias = aliased ? syntax.field(child, field_alias) : name;
    if (name == Syntax::none || alias == Syntax::none || syntax.text(name).empty()) continue;
    std::string_view imported = dotted_text(name);
    std::string_view bound = syntax.text(alias);
    module.names.push_back({imported, bound, syntax.span(name)});
    if (bound == "__all__") assign_exports(Syntax::none);
    if (step.text == "sys" && imported == "version_info") version_name = bound;
    if (step.text == "__future__" && imported == "annotations") future_annotations = true;
  }
  step.name_count = static_cast<uint32_t>(module.names.size()) - step.first_name;
}

}  // namespace trainlint
