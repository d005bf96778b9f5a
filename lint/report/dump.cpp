#include "lint/report/dump.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/launch/routes.h"
#include "lint/report/files.h"
#include "lint/report/names.h"
#include "lint/report/printable.h"

namespace trainlint {

std::string dump_source(const SourceTree& tree) {
  std::string text;
  for (const SourceFile& file : tree.files()) {
    text += fmt::format("{} {}", name_of(file.kind), printable(file.path));
    if (file.kind == FileKind::file) text += fmt::format(" {} bytes", file.size);
    if (!file.target.empty()) text += fmt::format(" -> {}", printable(file.target));
    if (!file.problem.empty()) text += fmt::format(" ({})", printable(file.problem));
    text += '\n';
  }
  return text;
}

// "3..17", bytes.
static std::string bytes_of(const Span& span) {
  return fmt::format("{}..{}", span.begin, span.end);
}

static std::string place_of(const Place& place) {
  std::string text = printable(place.path);
  if (place.span) text += fmt::format(" {}", bytes_of(*place.span));
  return text;
}

static bool all_known(const JobValue& value) {
  return value.known && std::all_of(value.items.begin(), value.items.end(), all_known) &&
         std::all_of(value.entries.begin(), value.entries.end(),
                     [](const JobEntry& entry) { return all_known(entry.value); });
}

static std::string_view name_of(JobBinding binding) {
  switch (binding) {
    case JobBinding::given:
      return "given";
    case JobBinding::command:
      return "named by a command";
    case JobBinding::folder:
      break;
  }
  return "nearest package";
}

static bool is_known(const GcloudCommand& command) {
  auto known = [](const CommandWord& word) { return word.known(); };
  return !command.open && (!command.job || command.job->known()) &&
         std::all_of(command.user_arguments.begin(), command.user_arguments.end(), known) &&
         std::all_of(command.flags.begin(), command.flags.end(),
                     [](const GcloudFlag& flag) { return !flag.value || flag.value->known(); });
}

std::string dump_launch(const Launch& launch) {
  std::string text = fmt::format(
      "route {}\npackage '{}' in '{}'\nmodule '{}'{}\npython {}\n", to_string(launch.route),
      printable(launch.package), printable(launch.package_folder), printable(launch.module),
      launch.module_given ? " (given)" : " (by convention)", to_string(launch.python));
  if (!launch.source.path.empty()) text += fmt::format("said by {}\n", place_of(launch.source));
  for (const std::string& argument : launch.user_arguments)
    text += fmt::format("argument '{}'\n", printable(argument));
  for (const ScriptCommand& script : launch.commands)
    text += fmt::format("command in {}{}\n", printable(script.path),
                        is_known(script.command) ? "" : ", not wholly known");
  for (const JobFile& file : launch.job_files)
    text += fmt::format("job file {}: {}, {}{}{}\n", printable(file.path), to_string(file.kind),
                        name_of(file.binding),
                        file.alone ? ""
                        : file.sdk ? ", of other code"
                                   : ", and other packages",
                        all_known(file.root) ? "" : ", not wholly known");
  return text;
}

static std::string module_line(const Package& package, size_t index) {
  const ImportGraph& graph = package.graph;
  bool named = index < graph.names.size() && !graph.names[index].empty();
  std::string text = fmt::format("module {}", printable(package.modules[index].path));
  text += named ? fmt::format(" as {}", printable(graph.names[index])) : " (not on the worker)";
  if (index < graph.reached.size() && graph.reached[index]) text += " reached";
  if (index == graph.entry) text += " entry";
  return text + '\n';
}

static std::string edge_line(const Package& package, Files& files, const ImportEdge& edge) {
  const std::string& from = package.modules[edge.from].path;
  uint32_t line = files.begin({from, edge.span}).value_or(Position{}).line;
  std::string text = fmt::format("import {}:{} {} {} {}", printable(from), line,
                                 printable(edge.name), name_of(edge.when), name_of(edge.target));
  if (edge.to != no_module) text += fmt::format(" -> {}", printable(package.modules[edge.to].path));
  if (edge.guarded) text += " guarded";
  if (edge.in_cycle) text += " in a cycle";
  return text + '\n';
}

static std::string failure_lines(const Package& package, Files& files, const Failure& failure) {
  auto at = [&](uint32_t module, const Span& span) {
    const std::string& path = package.modules[module].path;
    uint32_t line = files.begin({path, span}).value_or(Position{}).line;
    return fmt::format("{}:{}", printable(path), line);
  };
  std::string text =
      fmt::format("failure {} {} {} {}", at(failure.module, failure.span), name_of(failure.kind),
                  printable(failure.name), name_of(failure.when));
  if (!failure.certain) text += " uncertain";
  if (!failure.source.empty()) text += fmt::format(" source '{}'", printable(failure.source));
  if (!failure.reason.empty()) text += fmt::format(" ({})", printable(failure.reason));
  text += '\n';
  for (const Failure::Link& link : failure.chain)
    text += fmt::format("  by {}\n", at(link.module, link.span));
  return text;
}

std::string dump_graph(const Package& package) {
  const ImportGraph& graph = package.graph;
  Files files(package);
  std::string text;
  if (!graph.entry_found) text += "no entry module\n";
  for (size_t i = 0; i < package.modules.size(); ++i) text += module_line(package, i);
  for (const ImportEdge& edge : graph.edges) text += edge_line(package, files, edge);
  for (const std::vector<uint32_t>& cycle : graph.cycles) {
    text += "cycle";
    for (uint32_t module : cycle)
      text += fmt::format(" {}", printable(package.modules[module].path));
    text += '\n';
  }
  for (const Failure& failure : graph.failures) text += failure_lines(package, files, failure);
  return text;
}

}  // namespace trainlint
