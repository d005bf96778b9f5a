#include "lint/rule/import_failure.h"

#include <algorithm>

#include "lint/text/line_map.h"

namespace trainlint {

std::vector<const Failure*> failures_of(const Package& package, FailureKind kind) {
  std::vector<const Failure*> found;
  for (const Failure& failure : package.graph.failures) {
    if (failure.kind != kind || failure.when == When::type_checking ||
        failure.when == When::not_taken)
      continue;
    found.push_back(&failure);
  }
  return found;
}

bool stops_the_job(const Failure& failure) {
  return failure.certain && (failure.when == When::import_time || failure.when == When::main_guard);
}

std::pair<std::string, std::string> split_last(const std::string& dotted) {
  size_t dot = dotted.rfind('.');
  if (dot == std::string::npos) return {"", dotted};
  return {dotted.substr(0, dot), dotted.substr(dot + 1)};
}

std::string line_label(const Module& module, uint32_t offset) {
  return fmt::format("{}:{}", module.path, LineMap(module.text()).line_of(offset));
}

// One line, outermost first, the way one would tell it: tracebacks of CPython read the same way.
static void add_reach(Report::Added& added, const Package& package, const Failure& failure) {
  const Module& module = package.modules[failure.module];
  if (failure.chain.empty()) {
    if (failure.module != package.graph.entry && !package.launch.module.empty() &&
        module.path.ends_with("__init__.py"))
      added.note(fmt::format("this file is run first, before '{}'", package.launch.module));
    return;
  }
  std::string route;
  for (const Failure::Link& link : failure.chain) {
    if (!route.empty()) route += " -> ";
    route += line_label(package.modules[link.module], link.span.begin);
  }
  const Failure::Link& first = failure.chain.front();
  // circular-import shows this place with a note of its own.
  if (failure.kind == FailureKind::circular && failure.chain.size() == 1 &&
      first.module == failure.target)
    return;
  added.note("reached from " + route, Place{package.modules[first.module].path, first.span});
}

Report::Added report_failure(Report& report, const Package& package, const Failure& failure,
                             std::string message) {
  const Module& module = package.modules[failure.module];
  Report::Added added = report.add({module.path, failure.span}, std::move(message));
  if (!stops_the_job(failure)) added.severity(Severity::warning);
  add_reach(added, package, failure);
  if (failure.when == When::in_function)
    added.note("it is met when the function is called, not when the module is imported");
  else if (!failure.certain)
    added.note("whether the line is reached depends on what is known only when it runs");
  return added;
}

const Step* import_step(const Module& module, Span span) {
  const Step* found = nullptr;
  for (const Block& block : module.blocks) {
    for (const Step& step : block) {
      if (step.kind != StepKind::import_module && step.kind != StepKind::import_from) continue;
      Span whole = module.syntax.span(step.node);
      if (span.begin < whole.begin || span.end > whole.end) continue;
      // "import a, b" is a step for each name: the one whose name stands in the span is meant.
      std::string_view words = module.text().substr(
          span.begin, std::min<size_t>(span.end, module.text().size()) - span.begin);
      if (found == nullptr || words.starts_with(step.text)) found = &step;
    }
  }
  return found;
}

std::string dotted_name(const Package& package, std::string_view source) {
  for (size_t i = 0; i < package.modules.size() && i < package.graph.names.size(); ++i)
    if (package.modules[i].path == source && !package.graph.names[i].empty())
      return package.graph.names[i];
  std::string_view folder = package.launch.package_folder;
  size_t slash = folder.rfind('/');
  if (slash != std::string_view::npos && source.starts_with(folder.substr(0, slash + 1)))
    source.remove_prefix(slash + 1);
  if (source.ends_with(".py")) source.remove_suffix(3);
  if (source.ends_with('/')) source.remove_suffix(1);
  if (source.ends_with("/__init__")) source.remove_suffix(9);
  std::string dotted(source);
  std::replace(dotted.begin(), dotted.end(), '/', '.');
  return dotted;
}

std::string parent_package(const Package& package, uint32_t module) {
  const std::string& path = package.modules[module].path;
  std::string dotted = dotted_name(package, path);
  if (path == "__init__.py" || path.ends_with("/__init__.py")) return dotted;
  size_t dot = dotted.rfind('.');
  return dot == std::string::npos ? "" : dotted.substr(0, dot);
}

// "x, y as z" of a from-import, or "..." where the list is long.
static std::string name_list(const Module& module, const Step& step) {
  if (step.star) return "*";
  if (step.name_count > 3) return "...";
  std::string list;
  for (uint32_t i = 0; i < step.name_count; ++i) {
    const ImportedName& name = module.names[step.first_name + i];
    if (!list.empty()) list += ", ";
    list += name.name;
    if (name.bound != name.name) list += fmt::format(" as {}", name.bound);
  }
  return list;
}

std::string import_advice(const Package& package, const Failure& failure, std::string_view dotted) {
  const Module& module = package.modules[failure.module];
  const Step* step = import_step(module, failure.detail);
  size_t dot = dotted.rfind('.');
  std::string_view above = dot == std::string_view::npos ? "" : dotted.substr(0, dot);
  std::string_view last = dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
  std::string parent = parent_package(package, failure.module);
  bool below = !parent.empty() && dotted.starts_with(parent + ".");
  if (step != nullptr && step->kind == StepKind::import_from) {
    std::string names = name_list(module, *step);
    std::string absolute = fmt::format("'from {} import {}'", dotted, names);
    if (!below) return absolute;
    return fmt::format("'from {} import {}' or {}", dotted.substr(parent.size()), names, absolute);
  }
  if (above.empty()) return fmt::format("'import {}'", dotted);
  std::string bound;
  if (step != nullptr && step->bound != step->text.substr(0, step->text.find('.')))
    bound = fmt::format(" as {}", step->bound);
  std::string absolute = fmt::format("'from {} import {}{}'", above, last, bound);
  if (!below) return absolute;
  std::string_view relative = above.size() > parent.size() ? above.substr(parent.size()) : ".";
  return fmt::format("'from {} import {}{}' or {}", relative, last, bound, absolute);
}

}  // namespace trainlint
