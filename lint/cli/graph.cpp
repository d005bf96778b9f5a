#include <fmt/format.h>

#include "lint/cli/commands.h"
#include "lint/cli/runs.h"
#include "lint/cli/terminal.h"
#include "lint/report/files.h"
#include "lint/report/report.h"

namespace trainlint {

static GraphFormat graph_format(Format format) {
  if (format == Format::mermaid) return GraphFormat::mermaid;
  return format == Format::json ? GraphFormat::json : GraphFormat::dot;
}

// A picture is of one package: where there are several, their folders are what to choose from.
static std::string fault_of(const Runs& runs) {
  if (!runs.faults.empty()) return runs.faults.front();
  if (runs.runs.empty()) return runs.warnings.empty() ? "nothing to draw" : runs.warnings.front();
  if (runs.runs.size() == 1) return "";
  std::string names;
  for (const Run& run : runs.runs) {
    names += names.empty() ? "" : ", ";
    names += shown_path(run.package.root, run.package.launch.package_folder);
  }
  return fmt::format("there are {} packages, name one: {}", runs.runs.size(), names);
}

int graph(const Options& options) {
  const Runs linted = lint_paths(options, {});
  const std::string fault = fault_of(linted);
  if (!fault.empty()) {
    complain(fault);
    return 2;
  }
  return print(graph_report(linted.runs.front().package, graph_format(options.format)), 0);
}

}  // namespace trainlint
