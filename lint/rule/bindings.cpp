// What the top level of a module binds.
#include <algorithm>

#include "lint/rule/import_failure.h"

namespace trainlint {

namespace {

struct BoundName {
  std::string_view name;
  Span span;
  bool imported;
};

}  // namespace

// Of a definition the line that says its name is enough to show.
static Span first_line(const Module& module, Span span) {
  std::string_view text = module.text().substr(span.begin, span.end - span.begin);
  size_t end = std::min(text.find_first_of("\r\n"), text.size());
  return {span.begin, span.begin + static_cast<uint32_t>(end)};
}

static void collect(const Module& module, uint32_t block, std::vector<BoundName>& found) {
  for (const Step& step : module.blocks[block]) {
    auto span = [&] { return first_line(module, module.syntax.span(step.node)); };
    switch (step.kind) {
      case StepKind::bind:
      case StepKind::function:
      case StepKind::class_body:
        // A dotted bind gives an attribute to something else.
        if (!step.text.empty() && step.text.find('.') == std::string_view::npos)
          found.push_back({step.text, span(), false});
        break;
      case StepKind::import_module:
        found.push_back({step.bound, span(), true});
        break;
      case StepKind::import_from:
        for (uint32_t i = 0; i < step.name_count; ++i) {
          const ImportedName& name = module.names[step.first_name + i];
          found.push_back({name.bound, name.span, true});
        }
        break;
      case StepKind::branch:
      case StepKind::loop:
      case StepKind::attempt:
      case StepKind::with:
        for (uint32_t i = 0; i < step.block_count; ++i)
          collect(module, module.block_lists[step.first_block + i], found);
        break;
      default:
        break;
    }
  }
}

static std::vector<BoundName> top_level(const Module& module) {
  std::vector<BoundName> found;
  if (!module.blocks.empty()) collect(module, 0, found);
  return found;
}

std::vector<std::string> bound_names(const Module& module) {
  std::vector<std::string> names;
  for (const BoundName& bound : top_level(module)) names.emplace_back(bound.name);
  return names;
}

std::optional<Span> binding_of(const Module& module, std::string_view name) {
  for (const BoundName& bound : top_level(module))
    if (bound.name == name) return bound.span;
  return std::nullopt;
}

std::optional<Span> definition_of(const Module& module, std::string_view name) {
  for (const BoundName& bound : top_level(module))
    if (bound.name == name && !bound.imported) return bound.span;
  return std::nullopt;
}

std::vector<std::string> submodules(const Package& package, std::string_view dotted) {
  std::vector<std::string> names;
  for (const std::string& name : package.graph.names) {
    if (!dotted.empty()) {
      if (name.size() <= dotted.size() + 1 || !name.starts_with(dotted) ||
          name[dotted.size()] != '.')
        continue;
    }
    std::string last = dotted.empty() ? name : name.substr(dotted.size() + 1);
    if (last.empty() || last.find('.') != std::string::npos) continue;
    names.push_back(std::move(last));
  }
  return names;
}

}  // namespace trainlint
