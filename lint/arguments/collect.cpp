#include "lint/arguments/libraries.h"
#include "lint/launch/routes.h"

namespace trainlint {

static std::string folder_of(std::string_view path) {
  size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

static bool mentions(const std::vector<Module>& modules, std::string_view word) {
  return std::any_of(modules.begin(), modules.end(), [&](const Module& module) {
    return !module.syntax.nodes().empty() && module.text().find(word) != std::string_view::npos;
  });
}

// Where imports are looked for: beside a script, else where the package's folder stands. The tree's
// own top comes last, since relative imports are followed by the path of the file.
static std::vector<std::string> search_folders(const Module& entry, const Launch& launch) {
  std::vector<std::string> folders;
  if (runs_by_path(launch)) folders.push_back(folder_of(entry.path));
  if (launch.route == Route::container) folders.push_back(launch.search_folder);
  if (!launch.package_folder.empty()) folders.push_back(folder_of(launch.package_folder));
  folders.emplace_back();
  return folders;
}

Arguments collect_arguments(const SourceTree& tree, const std::vector<Module>& modules,
                            const Module& entry, const Launch& launch) {
  Arguments arguments;
  arguments.program = entry.path.substr(entry.path.rfind('/') + 1);
  if (entry.syntax.nodes().empty()) return arguments;  // could not be read
  static constexpr std::string_view libraries[] = {"argparse", "DEFINE_", "absl",   "click",
                                                   "typer",    "fire",    "docopt", "sys.argv"};
  if (std::none_of(std::begin(libraries), std::end(libraries),
                   [&](std::string_view word) { return mentions(modules, word); }))
    return arguments;
  auto libraries_met = std::make_shared<ArgumentLibraries>(modules, arguments);
  auto interpreter = std::make_shared<Interpreter>(tree);
  interpreter->extension = libraries_met.get();
  interpreter->search_folders = search_folders(entry, launch);
  interpreter->run_script(entry.path, std::string(entry.text()));
  // A fault counts if it is what ended the program, and no handler took it.
  if (arguments.fault &&
      (!interpreter->raised || interpreter->raised->message != arguments.fault->message))
    arguments.fault.reset();
  note_argv(modules, arguments);
  libraries_met->finish();
  arguments.interpreter = std::move(interpreter);
  arguments.extension = std::move(libraries_met);
  return arguments;
}

const Parse* Arguments::only_parse() const {
  const Parse* only = nullptr;
  for (const Parse& parse : parses) {
    if (parse.input == ParseInput::other) continue;
    if (only != nullptr) return nullptr;
    only = &parse;
  }
  return only != nullptr && only->certain && only->input == ParseInput::command_line ? only
                                                                                     : nullptr;
}

}  // namespace trainlint
