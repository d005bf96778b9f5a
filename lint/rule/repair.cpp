#include "lint/rule/repair.h"

#include <algorithm>

#include "lint/rule/import_failure.h"
#include "lint/text/line_map.h"

namespace trainlint {

namespace {

Edit edit_of(const Module& module, Span span, std::string text) {
  return {module.path, span, std::move(text)};
}

// What parts lines in the file: of its first line.
std::string_view line_end(std::string_view text) {
  size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos) return "\n";
  return text.substr(at, 2) == "\r\n" ? "\r\n" : text.substr(at, 1);
}

// The blanks before an offset, where nothing else stands before it on its line.
std::optional<std::string_view> indent_before(std::string_view text, uint32_t offset) {
  size_t begin = offset;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  if (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r') return std::nullopt;
  return text.substr(begin, offset - begin);
}

// The statement in a block (or the module) that holds a node.
Syntax::Node statement_of(const Syntax& syntax, Syntax::Node wanted) {
  Syntax::Node found = Syntax::none, parent = 0;
  for (Syntax::Node node = 0; node <= wanted; ++node) {
    const uint16_t kind = syntax.kind(node);
    if (syntax[node].next <= wanted || (kind != sym_block && kind != sym_module)) continue;
    parent = node;
  }
  for (Syntax::Node child = syntax.first(parent); child != Syntax::none;
       child = syntax.sibling(child, parent))
    if (child <= wanted && wanted < syntax[child].next) found = child;
  return found;
}

// A replacement of the part of a name that ends at a dot or at its end: "trainer.metric" has
// "metric" at 8.
std::optional<Span> part_of(std::string_view text, uint32_t begin, std::string_view part) {
  for (size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; ++at) {
    const bool starts = at == 0 || text[at - 1] == '.';
    const size_t end = at + part.size();
    if (starts && (end == text.size() || text[end] == '.'))
      return Span{begin + static_cast<uint32_t>(at), begin + static_cast<uint32_t>(end)};
  }
  return std::nullopt;
}

// Whether nothing but the import binds a name in the module.
bool bound_once(const Module& module, std::string_view name) {
  size_t count = 0;
  for (const Block& block : module.blocks) {
    for (const Step& step : block) {
      if (step.kind == StepKind::import_module) count += step.bound == name;
      if (step.kind == StepKind::bind || step.kind == StepKind::declare ||
          step.kind == StepKind::unbind || step.kind == StepKind::handler)
        count += step.text == name;
    }
  }
  for (const ImportedName& each : module.names) count += each.bound == name;
  return count == 1;
}

// All loads of a name, or of an attribute "model.buidl": the last part of each.
std::vector<Span> uses_of(const Module& module, std::string_view name) {
  std::vector<Span> spans;
  const size_t last = name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1;
  for (const Block& block : module.blocks) {
    for (const Step& step : block) {
      const bool same =
          step.text == name || (step.text.size() > name.size() && step.text.starts_with(name) &&
                                step.text[name.size()] == '.');
      if (step.kind != StepKind::use || !same) continue;
      const Span whole = module.syntax.span(step.node);
      // Written with blanks in it, or by way of something else: not to be touched.
      if (module.syntax.text(step.node).substr(0, name.size()) != name) continue;
      spans.push_back({whole.begin + static_cast<uint32_t>(last),
                       whole.begin + static_cast<uint32_t>(name.size())});
    }
  }
  std::sort(spans.begin(), spans.end(),
            [](Span left, Span right) { return left.begin < right.begin; });
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  return spans;
}

const ImportedName* imported_name(const Module& module, Span span) {
  for (const ImportedName& each : module.names)
    if (each.span.begin <= span.begin && span.begin < each.span.end) return &each;
  return nullptr;
}

size_t names_in(const Syntax& syntax, Syntax::Node import) {
  size_t count = 0;
  for (Syntax::Node child = syntax.first(import); child != Syntax::none;
       child = syntax.sibling(child, import))
    count += syntax[child].field == field_name;
  return count;
}

// The clause "model as m" of "import os, model as m", with the comma that goes with it.
Span with_comma(std::string_view text, Span clause) {
  size_t before = text.find_last_not_of(" \t", clause.begin - 1);
  if (before != std::string_view::npos && text[before] == ',')
    return {static_cast<uint32_t>(before), clause.end};
  size_t after = text.find_first_not_of(" \t", clause.end);
  if (after == std::string_view::npos || text[after] != ',') return clause;
  after = std::min(text.find_first_not_of(" \t", after + 1), text.size());
  return {clause.begin, static_cast<uint32_t>(after)};
}

}  // namespace

std::optional<Fix> create_file(const Package& package, const std::string& path) {
  if (package.tree->find(path)) return std::nullopt;
  return Fix{fmt::format("create {}", path), false, {{path, {0, 0}, ""}}};
}

std::optional<Edit> insert_statement(const Module& module, Syntax::Node node,
                                     std::string_view statement) {
  const Syntax::Node before = statement_of(module.syntax, node);
  if (before == Syntax::none) return std::nullopt;
  const uint32_t begin = module.syntax[before].begin;
  std::optional<std::string_view> indent = indent_before(module.text(), begin);
  if (!indent) return std::nullopt;
  return edit_of(module, {begin, begin},
                 fmt::format("{}{}{}", statement, line_end(module.text()), *indent));
}

std::optional<Fix> import_absolutely(const Module& module, const Step& step,
                                     std::string_view dotted) {
  const Syntax& syntax = module.syntax;
  Fix fix;
  if (step.kind == StepKind::import_from) {
    const Syntax::Node name = syntax.field(step.node, field_module_name);
    if (name == Syntax::none || syntax.text(name) != step.text) return std::nullopt;
    fix.title = fmt::format("import from '{}'", dotted);
    fix.edits.push_back(edit_of(module, syntax.span(name), std::string(dotted)));
    return fix;
  }
  const size_t dot = dotted.rfind('.');
  const bool renamed = step.bound != step.text.substr(0, step.text.find('.'));
  if (dot == std::string_view::npos || syntax.kind(step.statement) != sym_import_statement ||
      (step.text.find('.') != std::string_view::npos && !renamed))
    return std::nullopt;
  std::string statement =
      fmt::format("from {} import {}", dotted.substr(0, dot), dotted.substr(dot + 1));
  if (renamed) statement += fmt::format(" as {}", step.bound);
  fix.title = fmt::format("write '{}'", statement);
  if (names_in(syntax, step.statement) == 1) {
    fix.edits.push_back(edit_of(module, syntax.span(step.statement), std::move(statement)));
    return fix;
  }
  std::optional<Edit> inserted = insert_statement(module, step.statement, statement);
  if (!inserted) return std::nullopt;
  fix.edits.push_back(std::move(*inserted));
  fix.edits.push_back(edit_of(module, with_comma(module.text(), syntax.span(step.node)), ""));
  return fix;
}

std::optional<Fix> correct_name(const Module& module, const Failure& failure,
                                std::string_view wrong, std::string_view right) {
  Fix fix;
  fix.title = fmt::format("write '{}' instead of '{}'", right, wrong);
  auto replace = [&](Span span) { fix.edits.push_back(edit_of(module, span, std::string(right))); };
  if (const ImportedName* name = imported_name(module, failure.detail)) {
    if (name->name != wrong) return std::nullopt;
    replace({name->span.begin, name->span.begin + static_cast<uint32_t>(wrong.size())});
    if (name->bound != wrong) return fix;
    const std::vector<Span> uses = uses_of(module, wrong);
    if (!uses.empty() && !bound_once(module, wrong)) return std::nullopt;
    for (Span use : uses) replace(use);
    return fix;
  }
  // An attribute, "model.buidl": the longest chain of names that ends with it.
  for (const Block& block : module.blocks) {
    for (const Step& step : block) {
      const Span whole = module.syntax.span(step.node);
      if (step.kind != StepKind::use || failure.detail.begin < whole.begin ||
          failure.detail.end > whole.end)
        continue;
      std::optional<Span> part = part_of(step.text, 0, wrong);
      if (!part || part->begin == 0) continue;
      for (Span use : uses_of(module, step.text.substr(0, part->end))) replace(use);
      if (!fix.edits.empty()) return fix;
    }
  }
  return std::nullopt;
}

std::optional<Fix> add_to_list(const Package& package, const Place& place, std::string_view item) {
  const Module* module = package.module_at(place.path);
  if (!module || !place.span) return std::nullopt;
  const Syntax& syntax = module->syntax;
  Syntax::Node list = Syntax::none, last = Syntax::none;
  for (Syntax::Node node = 0; node < syntax.nodes().size() && list == Syntax::none; ++node)
    if (syntax.kind(node) == sym_list && syntax[node].begin >= place.span->begin &&
        syntax[node].end <= place.span->end)
      list = node;
  if (list == Syntax::none) return std::nullopt;
  for (Syntax::Node child = syntax.first(list); child != Syntax::none;
       child = syntax.sibling(child, list)) {
    if (!syntax.named(child) || syntax.kind(child) == sym_comment) continue;
    if (syntax.kind(child) != sym_string) return std::nullopt;
    last = child;
  }
  if (last == Syntax::none) return std::nullopt;
  const std::string_view text = module->text();
  std::string added = ", ";
  if (std::optional<std::string_view> indent = indent_before(text, syntax[last].begin))
    added = fmt::format(",{}{}", line_end(text), *indent);
  const char quote = syntax.text(last).back();
  added += fmt::format("{0}{1}{0}", quote, item);
  const uint32_t end = syntax[last].end;
  return Fix{
      fmt::format("add '{}' to the list", item), false, {edit_of(*module, {end, end}, added)}};
}

std::optional<Fix> correct_module(const Module& module, const Failure& failure,
                                  std::string_view wrong, std::string_view right) {
  const Step* step = import_step(module, failure.detail);
  if (!step) return std::nullopt;
  const bool renamed = step->kind == StepKind::import_module &&
                       step->bound != step->text.substr(0, step->text.find('.'));
  if (step->kind != StepKind::import_from && !renamed) return std::nullopt;
  const Syntax::Node name = module.syntax.field(
      step->node, step->kind == StepKind::import_from ? field_module_name : field_name);
  if (name == Syntax::none) return std::nullopt;
  std::string_view written = module.syntax.text(name);
  const size_t dots = std::min(written.find_first_not_of('.'), written.size());
  std::optional<Span> span =
      part_of(written.substr(dots), module.syntax[name].begin + static_cast<uint32_t>(dots), wrong);
  if (!span) return std::nullopt;
  Fix fix{fmt::format("write '{}' instead of '{}'", right, wrong), false, {}};
  fix.edits.push_back(edit_of(module, *span, std::string(right)));
  return fix;
}

}  // namespace trainlint
