#include <fmt/format.h>

#include <filesystem>

#include "lint/arguments/arguments.h"
#include "lint/cli/commands.h"
#include "lint/cli/runs.h"
#include "lint/cli/terminal.h"
#include "lint/distribution/copies.h"
#include "lint/distribution/dump.h"
#include "lint/project/dump.h"
#include "lint/python/dump.h"
#include "lint/report/dump.h"
#include "lint/report/files.h"
#include "lint/report/printable.h"
#include "lint/rule/import_failure.h"
#include "lint/rule/roles.h"
#include "lint/rule/route.h"

namespace trainlint {

namespace fs = std::filesystem;

static fs::path normal(const std::string& path) {
  std::error_code error;
  return fs::absolute(path, error).lexically_normal();
}

// All modules; where a path is a Python file, that one.
static std::string dump_modules(const Package& package, const Options& options) {
  std::string text;
  for (const Module& module : package.modules) {
    bool wanted = true;
    for (const std::string& path : options.paths) {
      if (!path.ends_with(".py")) continue;
      wanted = normal(path) == normal(shown_path(package.root, module.path));
      if (wanted) break;
    }
    if (wanted) text += fmt::format("# {}\n{}", printable(module.path), dump_module(module));
  }
  return text;
}

// The parsers; what each makes of the arguments after "--", where there are some.
static std::string dump_command_line(const Package& package,
                                     const std::vector<std::string>& words) {
  const Arguments& arguments = package.arguments();
  if (words.empty()) return dump_arguments(arguments);
  std::string text;
  for (const Parse& parse : arguments.parses)
    if (parse.input == ParseInput::command_line)
      text += dump_judgement(judge(arguments, parse, words));
  return text;
}

// What lies first on sys.path of a container is known; the rest of the image is not.
static std::string dump_installed(const Run& run) {
  const Launch& launch = run.package.launch;
  if (launch.route != Route::container) return dump_distribution(run.package.distribution);
  Distribution image = copy_folders(*run.tree, launch.search_folder, {launch.search_folder});
  image.complete = image.data_complete = false;
  image.incomplete_reason = "the Dockerfile decides what else is copied and installed";
  image.sdist.clear();
  image.left_out.clear();
  return dump_distribution(image);
}

using Dump = std::string (*)(const Run& run, const Options& options);

struct Stage {
  std::string_view name;
  Dump dump;
};

static constexpr Stage stages[] = {
    {"source", [](const Run& run, const Options&) { return dump_source(*run.tree); }},
    {"modules",
     [](const Run& run, const Options& options) { return dump_modules(run.package, options); }},
    {"module",
     [](const Run& run, const Options& options) { return dump_modules(run.package, options); }},
    {"project",
     [](const Run& run, const Options&) { return dump_project(run.package.project, *run.tree); }},
    {"distribution",
     [](const Run& run, const Options&) {
       return fmt::format("route {}\n{}", printable(describe_route(run.package)),
                          dump_installed(run));
     }},
    {"launch", [](const Run& run, const Options&) { return dump_launch(run.package.launch); }},
    {"arguments",
     [](const Run& run, const Options& options) {
       return dump_command_line(run.package, options.launch.user_arguments);
     }},
    {"roles", [](const Run& run, const Options&) { return dump_roles(run.package); }},
    {"graph", [](const Run& run, const Options&) { return dump_graph(run.package); }},
};

static std::string no_stage(const std::string& word) {
  std::vector<std::string> names;
  for (const Stage& stage : stages) names.emplace_back(stage.name);
  if (std::optional<std::string> near = nearest_name(word, names))
    return fmt::format("there is no stage '{}'; did you mean '{}'?", word, *near);
  return fmt::format(
      "there is no stage '{}'; the stages are source, modules, project, distribution, launch, "
      "graph, arguments and roles",
      word);
}

int dump(const Options& options) {
  const Stage* wanted = nullptr;
  for (const Stage& stage : stages)
    if (stage.name == options.stage) wanted = &stage;
  if (!wanted) {
    complain(no_stage(options.stage));
    return 2;
  }
  const Runs linted = lint_paths(options, {});
  for (const std::string& fault : linted.faults) complain(fault);
  for (const std::string& warning : linted.warnings) complain(warning);
  std::string text;
  for (const Run& run : linted.runs) {
    if (linted.runs.size() > 1)
      text += fmt::format(
          "## {}\n", printable(shown_path(run.package.root, run.package.launch.package_folder)));
    text += wanted->dump(run, options);
  }
  return print(text, linted.faults.empty() ? 0 : 2);
}

}  // namespace trainlint
