#include <algorithm>

#include "lint/rule/import_failure.h"
#include "lint/rule/submission.h"

namespace trainlint {

static std::string with_dots(std::string name) {
  std::replace(name.begin(), name.end(), '/', '.');
  std::replace(name.begin(), name.end(), '\\', '.');
  if (name.ends_with(".py")) name.resize(name.size() - 3);
  name.erase(0, std::min(name.find_first_not_of('.'), name.size()));
  return name;
}

static std::string with_slashes(std::string name) {
  std::replace(name.begin(), name.end(), '.', '/');
  return name;
}

static bool installed(const Package& package, const std::string& path) {
  return package.distribution.find(path) != nullptr;
}

static bool can_be_run(const Package& package, const std::string& module) {
  std::string path = with_slashes(module);
  return installed(package, path + ".py") || installed(package, path + "/__main__.py");
}

// The file of the tree that would have to be there.
static std::string file_meant(const Package& package) {
  std::string above = package.launch.package_folder;
  size_t slash = above.rfind('/');
  above = slash == std::string::npos ? "" : above.substr(0, slash + 1);
  return above + with_slashes(with_dots(package.launch.module)) + ".py";
}

// The command that names the module, or else the file that it lacks.
static Place place_of(const Package& package) {
  if (!package.launch.source.path.empty()) return package.launch.source;
  return {file_meant(package), std::nullopt};
}

static std::vector<std::string> runnable_modules(const Package& package) {
  std::vector<std::string> names;
  for (const InstalledFile& file : package.distribution.installed) {
    if (!file.path.ends_with(".py") || file.path.ends_with("__init__.py")) continue;
    std::string path = file.path.substr(0, file.path.size() - 3);
    if (path.ends_with("/__main__")) path.resize(path.size() - 9);
    std::replace(path.begin(), path.end(), '/', '.');
    names.push_back(std::move(path));
  }
  return names;
}

// "trainer/task" and "trainer.task.py" are wrong whatever is installed.
static bool check_form(const Package& package, Report& report) {
  const std::string& module = package.launch.module;
  bool path = module.find_first_of("/\\") != std::string::npos;
  if (!path && !module.ends_with(".py")) return false;
  if (!path && can_be_run(package, module)) return false;
  std::string meant = with_dots(module);
  if (path)
    report(place_of(package), "'{}' is a path: 'python -m' finds no module of that name", module)
        .note(fmt::format("write '{}'", meant));
  else
    report(place_of(package), "'{}' is a file's name: 'python -m' looks for 'py' inside '{}'",
           module, meant)
        .note("Python runs the body of the module once while it searches, and then stops")
        .note(fmt::format("write '{}'", meant));
  return true;
}

static void add_reason(Report::Added& added, const Package& package, const std::string& file) {
  for (const LeftOut& left_out : package.distribution.left_out)
    if (left_out.source == file)
      added.note(fmt::format("{} is in the folder and not packed: {}", file, left_out.reason),
                 Place{file, std::nullopt});
}

static void check_presence(const Package& package, Report& report) {
  const std::string& module = package.launch.module;
  const Distribution& distribution = package.distribution;
  if (!distribution.complete || distribution.generated_modules) return;
  if (can_be_run(package, module) || missing_init(package)) return;
  std::string top = module.substr(0, module.find('.'));
  if (installed(package, with_slashes(module) + "/__init__.py")) {
    report(place_of(package), "'{}' is a package without __main__.py: 'python -m' cannot start it",
           module)
        .note(fmt::format("name a module of it, such as '{}.task', or add a __main__.py", module));
    return;
  }
  Report::Added added = report(place_of(package), "no module named '{}' on the worker", module);
  std::optional<std::string> near = nearest_name(module, runnable_modules(package));
  if (near) added.note(fmt::format("there is a '{}'", *near));
  add_reason(added, package, file_meant(package));
  // A module of a package that is not here may come with something that is installed as well.
  bool ours =
      top == package.launch.package || top == "trainer" || near || package.tree->has_folder(top);
  if (!ours) added.severity(Severity::warning);
}

// Nobody names the entry module, but setup.py packs other parts of its package, or nothing at all:
// whatever the job starts, it is not that file.
static bool left_out_by_setup(const Package& package) {
  const Distribution& distribution = package.distribution;
  if (package.project.origin == ProjectOrigin::generated || !distribution.complete ||
      distribution.generated_modules || package.graph.entry_found)
    return false;
  const std::string below = package.launch.package_folder + "/";
  bool any = false, ours = false;
  for (const InstalledFile& file : distribution.installed) {
    any = any || file.path.ends_with(".py");
    ours = ours || (file.path.ends_with(".py") && file.source.starts_with(below));
  }
  return ours || !any;
}

static void check(const Package& package, Report& report) {
  const Launch& launch = package.launch;
  if (launch.module.empty() || (!launch.module_given && !left_out_by_setup(package))) return;
  if (launch.route == Route::container || launch.route == Route::script) return;
  if (!check_form(package, report)) check_presence(package, report);
}

extern constinit const Rule entry_module_not_found = {
    .name = "entry-module-not-found",
    .severity = Severity::error,
    .summary = "the module that the job is to start is not in what will be installed",
    .explanation = R"(
`--module-name` (`pythonModule`, `python-module`) is what the worker passes to `python -m`: a dotted
name such as `trainer.task`, looked up among the installed packages. gcloud does not check it. A name
that is not there, a path (`trainer/task`), a file name (`trainer.task.py`), or a package without a
`__main__.py` ends the job after the machines have been provisioned: `No module named trainer.task`.

The name is looked for in the files that `setup.py` will pack, not in the folder: a module that is
left out of the archive is as good as missing.

Sources: [the `-m` option](https://docs.python.org/3/using/cmdline.html#cmdoption-m),
[`runpy`](https://docs.python.org/3/library/runpy.html).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training fares --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/train.py --
print("training")
)",
    .good = R"(
-- submit.sh --
gcloud ai-platform jobs submit training fares --module-name trainer.train --package-path trainer
-- trainer/__init__.py --
-- trainer/train.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
