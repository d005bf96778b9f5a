#include <algorithm>

#include "lint/rule/import_failure.h"

namespace trainlint {

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Edits (insert, delete, replace, swap of neighbours) between two names, letter case ignored.
static size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replace = last[j - 1] + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      row[j] = std::min({replace, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.size()];
}

std::optional<std::string> nearest_name(std::string_view wanted,
                                        const std::vector<std::string>& names) {
  // Names beyond this are no slip of the keyboard, and the table above is quadratic.
  if (wanted.size() > 100) return std::nullopt;
  size_t best = std::max<size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> found;
  for (const std::string& name : names) {
    if (name == wanted || name.size() > 100 || name.starts_with("__")) continue;
    size_t edits = distance(wanted, name);
    if (edits >= best || edits >= name.size()) continue;
    best = edits;
    found = name;
  }
  return found;
}

// Of a definition the line that says its name is enough to show.
static Span first_line(const Module& module, Span span) {
  std::string_view text = module.text().substr(span.begin, span.end - span.begin);
  size_t end = std::min(text.find_first_of("\r\n"), text.size());
  return {span.begin, span.begin + static_cast<uint32_t>(end)};
}

static void collect(const Module& module, uint32_t block,
                    std::vector<std::pair<std::string, Span>>& found) {
  for (const Step& step : module.blocks[block]) {
    Span span = first_line(module, module.syntax.span(step.node));
    switch (step.kind) {
      case StepKind::bind:
      case StepKind::import_module:
      case StepKind::function:
      case StepKind::class_body: {
        std::string_view whole = step.kind == StepKind::import_module ? step.bound : step.text;
        std::string_view name = whole.substr(0, whole.find('.'));
        // A dotted bind gives an attribute to something else.
        if (!name.empty() && name.size() == whole.size()) found.emplace_back(name, span);
        break;
      }
      case StepKind::import_from:
        for (uint32_t i = 0; i < step.name_count; ++i) {
          const ImportedName& name = module.names[step.first_name + i];
          found.emplace_back(name.bound, name.span);
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

std::vector<std::string> bound_names(const Module& module) {
  std::vector<std::pair<std::string, Span>> found;
  if (!module.blocks.empty()) collect(module, 0, found);
  std::vector<std::string> names;
  for (auto& [name, span] : found) names.push_back(std::move(name));
  return names;
}

std::optional<Span> binding_of(const Module& module, std::string_view name) {
  std::vector<std::pair<std::string, Span>> found;
  if (!module.blocks.empty()) collect(module, 0, found);
  for (const auto& [bound, span] : found)
    if (bound == name) return span;
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
