// The run as a whole: what `python -m` carries out, then what nothing has called.
#include "lint/graph/simulation.h"

#include <algorithm>

#include "lint/graph/given_names.h"
#include "lint/graph/standard_library.h"
#include "lint/launch/routes.h"

namespace trainlint {

// The import names that a requirement may stand for: "acme_common" and "acme" for "acme-common".
static void add_import_names(std::string_view requirement, std::unordered_set<std::string>& names) {
  std::string name;
  for (char c : requirement) {
    if (std::string_view(" <>=!~;[(@").find(c) != std::string_view::npos) break;
    if (c == '-' || c == '.' || c == '_') {
      names.insert(name);
      c = '_';
    }
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  names.insert(name);
}

Simulation::Simulation(const SourceTree& tree, const std::vector<Module>& modules,
                       const Project& project, const Distribution& distribution,
                       const Launch& launch, ImportGraph& graph)
    : modules_(modules),
      distribution_(distribution),
      project_(project),
      launch_(launch),
      graph_(graph),
      files_(installed_files(distribution, modules)),
      folder_(source_files(tree, modules)),
      survey_(survey(modules)) {
  for (const SourceFile& file : tree.files())
    if (file.kind == FileKind::link && file.problem.ends_with("leads out of the tree"))
      outside_.insert(file.path);
  if (project.install_requires.is_known())
    for (const Requirement& requirement : project.install_requires.value)
      add_import_names(requirement.text, requirements_);
  runs_.assign(modules.size(), 0);
  graph_.reached.assign(modules.size(), false);
  graph_.names.assign(modules.size(), "");
}

static std::string dotted_name(std::string_view path) {
  std::string name(path.substr(0, path.size() - 3));
  if (name.ends_with("/__init__")) name.resize(name.size() - 9);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

// Where the module was loaded from, below the import root.
std::string Simulation::installed_path(const Instance& instance) const {
  if (folder_is_installed_) return module_of(instance).path;
  const InstalledFile* file = distribution_.find_source(module_of(instance).path);
  return file ? file->path : module_of(instance).path;
}

// The entry module is loaded as runpy does: its packages first, then the module itself as
// __main__, which sys.modules does not hold under its own name.
void Simulation::load_entry() {
  std::string_view module = launch_.module;
  size_t dot = module.rfind('.');
  Instance* package = nullptr;
  std::string folder;
  if (dot != std::string_view::npos) {
    Outcome outcome = import_name({}, module.substr(0, dot));
    if (outcome.kind != Outcome::module) return;
    package = outcome.instance;
    folder = package->folder;
  }
  std::string_view last = module.substr(dot == std::string_view::npos ? 0 : dot + 1);
  ImportFiles::Hit hit = files_.find(folder, last);
  std::string package_name(package ? package->name : "");
  if (hit.found == ImportFiles::Found::package) {  // python -m trainer: trainer/__main__.py
    Outcome outcome = import_name({}, module);
    if (outcome.kind != Outcome::module) return;
    package_name = outcome.instance->name;
    hit = files_.find(outcome.instance->folder, "__main__");
  }
  if (hit.found != ImportFiles::Found::module || hit.module == no_module) return;
  graph_.entry = hit.module;
  Instance& entry = instances_.emplace_back();
  entry.name = "__main__";
  entry.package = package_name;
  entry.module = hit.module;
  loaded_[entry.name] = &entry;
  entry_ = &entry;
  run_module({}, entry, nullptr);
}

// A file that an image runs by path: its own folder comes first on sys.path, it belongs to no
// package, and what else the image holds may not be known.
void Simulation::load_script() {
  if (launch_.route == Route::container) {
    folder_is_installed_ = true;
    files_ = folder_;
  }
  if (!launch_.search_path_known) path_unknown_ = true;
  root_searched_ = !launch_.search_path_known;
  library_loaded_ = false;
  roots_.push_back({launch_.search_folder, true});
  for (uint32_t i = 0; i < modules_.size(); ++i)
    if (modules_[i].path == launch_.script) graph_.entry = i;
  if (graph_.entry == no_module) return;
  graph_.entry_found = true;
  Instance& entry = instances_.emplace_back();
  entry.name = "__main__";
  entry.module = graph_.entry;
  loaded_[entry.name] = &entry;
  entry_ = &entry;
  run_module({}, entry, nullptr);
}

// A module that an image runs where it lies, with `-m`: what is packed is beside the point.
void Simulation::load_from_folder() {
  folder_is_installed_ = true;
  files_ = folder_;
  if (!launch_.search_path_known) path_unknown_ = true;
  if (!launch_.search_folder.empty()) roots_.push_back({launch_.search_folder, true});
  load_entry();
  graph_.entry_found = graph_.entry != no_module;
}

// Functions that nothing is known to call may be called all the same: their imports are tried, and
// what fails there fails only perhaps.
void Simulation::run_uncalled_functions() {
  when_ = When::in_function;
  ++maybe_;
  for (size_t i = 0; i < instances_.size(); ++i) {  // grows while modules are loaded
    Instance& instance = instances_[i];
    if (instance.module == no_module || !module_of(instance).faults.empty()) continue;
    const Module& module = module_of(instance);
    Frame frame{&instance, &instance.scope};
    for (const Block& block : module.blocks)
      for (const Step& step : block) {
        if (step.kind != StepKind::function) continue;
        uint32_t body = block_of(frame, step, 0);
        if (!called_.insert({instance.module, body}).second) continue;
        Scope& scope = scopes_.emplace_back();
        Frame inner{&instance, &scope};
        const int before = maybe_;
        run_block(inner, block_of(frame, step, 1));
        run_block(inner, body);
        maybe_ = before;
      }
  }
  --maybe_;
}

Doubts Simulation::doubts_now() const {
  Doubts now{.path = path_unknown_ || !roots_.empty(), .submodules = any_submodule_};
  for (const Instance& instance : instances_) {
    if (instance.module == no_module) continue;
    if (instance.scope.opaque) now.names.insert(instance.module);
    if (instance.opaque_path) now.folders.insert(instance.module);
  }
  return now;
}

// Of what is in doubt in the end, that which was not before.
static Doubts added(const Doubts& before, Doubts after) {
  after.path = after.path && !before.path;
  after.submodules = after.submodules && !before.submodules;
  for (uint32_t module : before.names) after.names.erase(module);
  for (uint32_t module : before.folders) after.folders.erase(module);
  return after;
}

// Below the root of sys.path, which is the script's folder where a file is run by its path.
void Simulation::name_modules() {
  const bool by_path = runs_by_path(launch_) && launch_.search_path_known;
  const std::string above = launch_.search_folder.empty() ? "" : launch_.search_folder + "/";
  for (uint32_t i = 0; i < modules_.size(); ++i) {
    const std::string& path = modules_[i].path;
    const InstalledFile* file = distribution_.find_source(path);
    if (by_path && path.starts_with(above))
      graph_.names[i] = dotted_name(path.substr(above.size()));
    else if (!by_path && file && file->path.ends_with(".py"))
      graph_.names[i] = dotted_name(file->path);
  }
}

void Simulation::run(const Doubts& doubts) {
  doubts_ = doubts;
  path_unknown_ = doubts.path;
  any_submodule_ = doubts.submodules;
  name_modules();
  if (runs_by_path(launch_)) {
    load_script();
  } else if (launch_.route == Route::container) {
    load_from_folder();
  } else if (!launch_.module.empty()) {
    load_entry();
    if (graph_.entry == no_module) {
      // Nothing of the entry will be on the worker, which is a finding of its own. The folder is
      // then the best picture of what its imports would meet.
      folder_is_installed_ = true;
      files_ = folder_;
      load_entry();
    } else {
      graph_.entry_found = true;
    }
  }
  const Doubts before = doubts_now();
  run_uncalled_functions();
  found_doubts_ = added(before, doubts_now());
}

// Edges in order, and which of them are part of a cycle.
static ImportGraph finished(ImportGraph graph, size_t modules) {
  std::sort(graph.edges.begin(), graph.edges.end(), [](const ImportEdge& a, const ImportEdge& b) {
    return std::tie(a.from, a.span.begin, a.name) < std::tie(b.from, b.span.begin, b.name);
  });
  graph.cycles = find_cycles(modules, graph.edges);
  std::vector<uint32_t> group(modules, 0);
  for (uint32_t i = 0; i < graph.cycles.size(); ++i)
    for (uint32_t member : graph.cycles[i]) group[member] = i + 1;
  for (ImportEdge& edge : graph.edges)
    edge.in_cycle = edge.to != no_module && group[edge.from] != 0 &&
                    group[edge.from] == group[edge.to] && edge.when == When::import_time;
  return graph;
}

// Ways to give a module names that no step shows: through the frames and functions of others, by
// the table of modules under a computed name; and the standard library's ways to fill a namespace.
static void add_tricks(const std::vector<Module>& modules, Doubts& doubts) {
  static constexpr auto anywhere = std::to_array<std::string_view>(
      {"_getframe", "currentframe", "__globals__", "f_globals", "sys.modules[cls.", "__module__]"});
  static constexpr auto own =
      std::to_array<std::string_view>({"global_enum", "._convert_(", "eval(compile("});
  auto holds = [](const Module& module, auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return module.text().find(word) != std::string_view::npos;
    });
  };
  // It finds .pyx files wherever modules are looked for.
  static constexpr auto finders = std::to_array<std::string_view>({"pyximport"});
  if (std::any_of(modules.begin(), modules.end(),
                  [&](const Module& module) { return holds(module, finders); }))
    doubts.path = doubts.submodules = true;
  const bool all = std::any_of(modules.begin(), modules.end(),
                               [&](const Module& module) { return holds(module, anywhere); });
  for (uint32_t i = 0; i < modules.size(); ++i)
    if (all || holds(modules[i], own)) doubts.names.insert(i);
}

static void add_name_faults(const std::vector<Module>& modules, const Survey& survey,
                            PythonVersion python, ImportGraph& graph) {
  graph.name_faults.resize(modules.size());
  std::optional<GivenNames> given;
  for (uint32_t i = 0; i < modules.size(); ++i) {
    if (graph.names[i].empty() && !graph.reached[i]) continue;
    graph.name_faults[i] = name_faults(modules[i], python);
    if (graph.name_faults[i].empty()) continue;
    if (!given) {
      Doubts doubts;
      add_tricks(modules, doubts);
      std::vector<bool> tricked(modules.size());
      for (uint32_t module : doubts.names) tricked[module] = true;
      given.emplace(modules, survey, std::move(tricked));
    }
    std::erase_if(graph.name_faults[i],
                  [&](const NameFault& fault) { return given->may_give(i, fault); });
  }
}

ImportGraph build_graph(const SourceTree& tree, const std::vector<Module>& modules,
                        const Project& project, const Distribution& distribution,
                        const Launch& launch) {
  ImportGraph graph;
  Simulation simulation(tree, modules, project, distribution, launch, graph);
  simulation.run({});
  const bool certain = std::any_of(graph.failures.begin(), graph.failures.end(),
                                   [](const Failure& failure) { return failure.certain; });
  if (certain) {
    Doubts doubts = simulation.doubts();
    add_tricks(modules, doubts);
    if (doubts.any()) {
      graph = {};
      Simulation(tree, modules, project, distribution, launch, graph).run(doubts);
    }
  }
  add_name_faults(modules, simulation.surveyed(), launch.python, graph);
  return finished(std::move(graph), modules.size());
}

}  // namespace trainlint
