#include "lint/pipeline.h"

#include "lint/rule/repeated.h"
#include "lint/rule/route.h"
#include "lint/rule/suppress.h"
#include "lint/source/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include "lint/distribution/source_folders.h"
#include "lint/launch/left_behind.h"
#include "lint/launch/notebooks.h"
#include "lint/launch/routes.h"
#include "lint/launch/submissions.h"
#include "lint/launch/target.h"
#include "lint/project/metadata.h"

namespace trainlint {

static constexpr size_t files_a_thread = 8;  // fewer are parsed sooner than a thread starts

// Bytes of all Python files of an archive: what is larger was not written to train something. In a
// folder they are somebody's own.
static constexpr uint64_t most_packed_source = uint64_t{32} << 20;

// How many of the files are read, in their order.
static size_t count_within_limit(const SourceTree& tree,
                                 const std::vector<const SourceFile*>& files) {
  if (!tree.archive()) return files.size();
  uint64_t total = 0;
  size_t count = 0;
  for (; count < files.size(); ++count)
    if (files[count]->size <= largest_source && (total += files[count]->size) > most_packed_source)
      break;
  return count;
}

static Module unread_module(const SourceFile& file) {
  Module module;
  module.path = file.path;
  module.problem =
      fmt::format("the Python files before it have more than {} MiB", most_packed_source >> 20);
  module.not_judged = true;
  return module;
}

static Module load_file(const SourceTree& tree, const SourceFile& file, const Launch& launch,
                        const Loaded& loaded) {
  if (loaded.ahead) {
    if (std::optional<Module> module = loaded.ahead->take(file.path, launch.python))
      return std::move(*module);
  }
  KnownModules* known = loaded.known;
  Module module;
  module.path = file.path;
  if (file.size > largest_source) {
    module.problem = fmt::format("larger than {} MiB", largest_source >> 20);
    module.not_judged = true;
    return module;
  }
  Result<Bytes> bytes = tree.read(file.path);
  if (!bytes) {
    module.problem = bytes.error();
    return module;
  }
  if (known) {
    if (std::optional<Module> same = known->take(file.path, *bytes)) return std::move(*same);
  }
  return known ? known->load(file.path, *bytes) : load_module(file.path, *bytes, launch.python);
}

// An image of which nothing is known may have a later Python.
static void forgive_newer_syntax(Module& module) {
  if (!module.faults.empty() && module.faults.front().needs) module.faults.clear();
}

// The files that have no part in the job, each with nothing but its text, at their index among
// `modules`; the others are left as they are. None where a script submits another one: any of them
// may be it.
static void take_left_behind(const SourceTree& tree, const std::vector<const SourceFile*>& files,
                             const Package& package, std::vector<Module>& modules) {
  std::vector<size_t> taken;
  for (size_t i = 0; i < files.size(); ++i) {
    const std::string& path = files[i]->path;
    if (files[i]->size > largest_source ||
        !stays_behind(path, package.distribution, package.launch))
      continue;
    Result<Bytes> bytes = tree.read(path);
    // A comment for us is worth a parse: whether it suppresses something is judged as well.
    if (!bytes || (*bytes)->find("trainlint:") != std::string::npos) continue;
    if ((*bytes)->find("script_path") != std::string::npos) {
      for (size_t index : taken) modules[index] = {};
      return;
    }
    modules[i] = unparsed_module(path, *bytes);
    taken.push_back(i);
  }
}

static std::vector<Module> load_modules(const SourceTree& tree, const Package& package,
                                        bool all_parsed, const Loaded& loaded) {
  const Launch& launch = package.launch;
  std::vector<const SourceFile*> files;
  for (const SourceFile& file : tree.files())
    if (file.path.ends_with(".py") && file.kind != FileKind::folder) files.push_back(&file);
  std::vector<Module> modules(files.size());
  if (!all_parsed) take_left_behind(tree, files, package, modules);
  const size_t within = count_within_limit(tree, files);
  std::atomic<size_t> next{0};
  const bool lenient = launch.python_source == PythonSource::unknown;
  auto work = [&] {
    // From the end, since what is loaded ahead comes from the beginning.
    for (size_t i; (i = next++) < files.size();) {
      const size_t at = files.size() - 1 - i;
      Module& module = modules[at];
      if (!module.path.empty()) continue;
      module =
          at < within ? load_file(tree, *files[at], launch, loaded) : unread_module(*files[at]);
      if (lenient) forgive_newer_syntax(module);
    }
  };
  size_t to_load = files.size();
  if (loaded.known) {
    loaded.known->begin(launch.python, lenient);
    to_load -= std::min(to_load, loaded.known->size());
  }
  size_t threads = std::min<size_t>(std::max(1U, std::thread::hardware_concurrency()),
                                    to_load / files_a_thread + 1);
  if (loaded.ahead && loaded.ahead->has_thread() && threads > 1) --threads;
  std::vector<std::thread> others;
  try {
    for (size_t i = 1; i < threads; ++i) others.emplace_back(work);
  } catch (const std::system_error&) {
    // The system gives no more threads: those that run, and this one, do all the work.
  }
  work();
  for (std::thread& thread : others) thread.join();
  if (loaded.ahead) loaded.ahead->stop();
  return modules;
}

// Where an image runs files of the tree, what else is on its path is not modelled: then there may
// be anything.
static void add_source_folders(const SourceTree& tree, const std::vector<std::string>& folders,
                               Package& package) {
  if (folders.empty()) return;
  if (package.launch.route == Route::container || runs_by_path(package.launch))
    package.launch.search_path_known = false;
  else
    add_folders_on_path(tree, folders, package.distribution);
}

// Rules, then what the package's authors say about their findings.
static void find(Run& run, std::span<const RuleEntry> rules) {
  if (rules.empty()) return;
  Package& package = run.package;
  package.settings = settings_for_rules(run.config);
  if (run.config.file) package.outside[run.config.file_path] = run.config.file->text;
  for (const JobFile& job : package.launch.job_files)
    if (job.path.starts_with("../") || !run.tree->has_file(job.path))
      package.outside[job.path] = std::make_shared<const std::string>(job.text);
  for (const ScriptCommand& script : package.launch.commands)
    if (script.path.starts_with("../"))
      if (Result<Bytes> text = read_around(*run.tree, script.path))
        package.outside[script.path] = *text;
  package.suppressions = find_suppressions(package);
  run.findings = run_rules(package, rules);
  add_route(package, run.findings);
  run.suppressing = apply_suppressions(package, rules, run.findings);
  apply_config(run.config, run.findings);
  drop_repeated(run.findings);
}

// The rules that look at commands and job files by themselves.
static std::vector<RuleEntry> rules_of_submissions(std::vector<RuleEntry> rules) {
  std::erase_if(rules, [](const RuleEntry& entry) {
    return entry.group != "submission" && entry.group != "tuning";
  });
  return rules;
}

Run lint_package(std::unique_ptr<SourceTree> tree, TreeKind kind, const PackageRoot& root,
                 const LaunchOptions& options, std::span<const RuleEntry> rules,
                 const Config& config, const Loaded& loaded) {
  Run run;
  run.tree = std::move(tree);
  Package& package = run.package;
  package.tree = run.tree.get();
  package.kind = kind;
  package.root = root.root;
  const LaunchOptions said = launch_options(config, options);
  package.launch = choose_launch(*run.tree, root, said);
  choose_route(*run.tree, kind, said, config.text("route"), package.launch);
  package.project = kind == TreeKind::wheel ? read_wheel_project(*run.tree)
                                            : read_project(*run.tree, package.launch.package);
  if (kind == TreeKind::sdist) fill_from_sdist(*run.tree, package.project);
  // What the SDK packs one script with is a setup.py of its own.
  if (package.launch.route == Route::script)
    package.project = read_project(*selection(*run.tree, {}), "");
  choose_python(package.launch, *run.tree, package.project, said);
  if (loaded.command) package.outside[package.launch.commands.front().path] = loaded.command;
  if (is_submission(root)) {
    run.config = config;
    find(run, rules_of_submissions(selected_rules(config, rules)));
    return run;
  }
  package.distribution = distribution_of(*run.tree, package.project, package.launch, kind);
  add_source_folders(*run.tree, source_folders(config), package);
  package.modules = load_modules(*run.tree, package, rules.empty(), loaded);
  package.graph = build_graph(*run.tree, package.modules, package.project, package.distribution,
                              package.launch);
  run.config = config;
  find(run, selected_rules(config, rules));
  return run;
}

void keep_fixes_of_files(Run& run) {
  for (Finding& finding : run.findings) {
    if (!finding.fix) continue;
    const std::vector<Edit>& edits = finding.fix->edits;
    const bool in_cells = std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
      return cells_of(*run.tree, edit.path) != nullptr;
    });
    if (in_cells || !run.notebook.empty()) finding.fix.reset();
  }
}

std::vector<Run> lint_tree(const SourceTree& tree, TreeKind kind, const std::string& path,
                           const LaunchOptions& options, std::span<const RuleEntry> rules) {
  std::vector<Run> runs;
  for (const ViewedPackages& view : find_packages_and_notebooks(tree)) {
    const SourceTree& whole = view.tree ? *view.tree : tree;
    std::vector<PackageRoot> roots = view.packages;
    roots.insert(roots.end(), view.submissions.begin(), view.submissions.end());
    for (const PackageRoot& root : roots) {
      Config config = config_for(whole, root.root, "", {});
      Run run = lint_package(subtree(whole, root.root), kind, root, options, rules, config);
      run.whole = view.tree;
      run.notebook = view.notebook.empty() ? "" : path + "/" + view.notebook;
      run.package.root = root.root.empty() ? path : path + "/" + root.root;
      run.opened = path;
      keep_fixes_of_files(run);
      if (!is_submission(root) || !run.findings.empty()) runs.push_back(std::move(run));
    }
  }
  return runs;
}

}  // namespace trainlint
