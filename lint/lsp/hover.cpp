#include "lint/lsp/hover.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/asked_image.h"
#include "lint/rule/dependencies.h"

namespace trainlint {

static bool holds(Span span, uint32_t offset) {
  return offset >= span.begin && offset <= span.end;
}

std::string rule_text(std::string_view name) {
  for (const RuleEntry& entry : all_rules()) {
    const Rule& rule = *entry.rule;
    if (rule.name != name) continue;
    std::string_view why = rule.explanation;
    while (why.starts_with('\n')) why.remove_prefix(1);
    while (why.ends_with('\n')) why.remove_suffix(1);
    return fmt::format("**{}** ({}, {}): {}\n\n{}", rule.name, entry.group,
                       to_string(rule.severity), rule.summary, why);
  }
  return "";
}

static std::string finding_text(const Finding& finding) {
  std::string text = fmt::format("{}: {}", to_string(finding.severity), finding.message);
  for (const Note& note : finding.notes) text += fmt::format("\n- {}", note.message);
  return fmt::format("{}\n\n{}", text, rule_text(finding.rule));
}

// Why a file is not on the worker, if that is known.
static std::string left_out_reason(const Package& package, const std::string& path) {
  for (const LeftOut& each : package.distribution.left_out)
    if (each.source == path) return ": " + each.reason;
  return "";
}

static bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The distribution that brings a library, and what is known of how the worker gets it.
static std::string library_text(const Package& package, const ImportEdge& edge) {
  const std::vector<std::string> names = distributions_of(edge.name);
  if (names.empty()) return "a third-party distribution";
  std::string text = fmt::format("the distribution `{}`", names.front());
  for (const Requirement& one : package.project.install_requires.value) {
    const Result<ParsedRequirement> parsed = parse_requirement(one.text);
    if (parsed && is_one_of(names, canonical_name(parsed->name)))
      text += fmt::format(", installed as `{}`", one.text);
  }
  for (const AskedImage& asked : asked_images(package))
    if (is_framework_of(*asked.image, names.front()))
      text += fmt::format(", of which the image `{}` has version {}", asked.image->name,
                          asked.image->version);
  for (const AskedEnvironment& asked : package.launch.asked)
    if (asked.kind == AskedEnvironment::runtime_version && names.front() == "tensorflow")
      text += fmt::format(", of which runtime version {0} had {0}", asked.text);
  return text;
}

static std::string where_it_leads(const Package& package, const ImportEdge& edge) {
  const std::string path = edge.to == no_module ? "" : package.modules[edge.to].path;
  switch (edge.target) {
    case Target::distribution:
      return path.empty() ? "in the package" : fmt::format("`{}`, installed on the worker", path);
    case Target::folder_only:
      return fmt::format("`{}`, which is in this folder only and not on the worker{}", path,
                         left_out_reason(package, path));
    case Target::standard_library:
      return fmt::format("the standard library of Python {}", to_string(package.launch.python));
    case Target::third_party:
      return library_text(package, edge);
    case Target::nothing:
      return "nothing: no such module or name on the worker";
    case Target::unknown:
      break;
  }
  return "not known";
}

static std::string_view when_text(const ImportEdge& edge) {
  switch (edge.when) {
    case When::import_time:
      return "while the entry module is loaded";
    case When::main_guard:
      return "when the entry module runs";
    case When::in_function:
      return "when its function is called";
    case When::type_checking:
      return "never on the worker, only by type checkers";
    case When::not_taken:
      return "never with this Python";
  }
  return "";
}

static std::string import_text(const Package& package, const ImportEdge& edge) {
  return fmt::format("`{}`: {}\n\nimported {}", edge.name, where_it_leads(package, edge),
                     when_text(edge));
}

std::string hover_text(const FileInRun& file, uint32_t offset) {
  const Package& package = file.run->package;
  std::vector<std::string> parts;
  for (const Finding& finding : file.run->findings)
    if (finding.place.path == file.path && finding.place.span && holds(*finding.place.span, offset))
      parts.push_back(finding_text(finding));
  for (const ImportEdge& edge : package.graph.edges)
    if (package.modules[edge.from].path == file.path && holds(edge.span, offset))
      parts.push_back(import_text(package, edge));
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return fmt::format("{}", fmt::join(parts, "\n\n---\n\n"));
}

}  // namespace trainlint
