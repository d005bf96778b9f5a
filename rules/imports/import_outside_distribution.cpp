#include "lint/launch/routes.h"
#include "lint/rule/import_failure.h"
#include "lint/rule/left_out.h"
#include "lint/rule/packing.h"
#include "lint/text/path.h"

namespace trainlint {

// "util.py", or the folder of a package: "src/common".
static std::string file_or_folder(const Failure& failure) {
  std::string source = failure.source;
  if (source.ends_with("/__init__.py")) source.resize(source.size() - 12);
  return source;
}

// What to write, by where the file stands and what decides about packing.
static std::string advice(const Package& package, const Failure& failure) {
  std::string source = file_or_folder(failure);
  std::string dotted = dotted_name(package, failure.source);
  std::string top = package.launch.package;
  std::string_view metadata = metadata_file(package);
  bool inside = !top.empty() && dotted.starts_with(top + ".");
  bool module = source.ends_with(".py");
  if (setup_is_generated(package)) {
    if (inside) return fmt::format("add a setup.py with packages=find_packages() beside '{}'", top);
    return fmt::format("move '{}' into '{}', or add a setup.py that packs both", source,
                       package.launch.package_folder);
  }
  if (module && source.find('/') == std::string::npos)
    return fmt::format("move '{}' into '{}', or add py_modules=['{}'] to {}", source,
                       package.launch.package_folder, dotted, metadata);
  std::string folder = module ? source.substr(0, source.rfind('/')) : source;
  std::string name = dotted_name(package, folder);
  if (!package.tree->has_file(folder + "/__init__.py"))
    return fmt::format("add {}/__init__.py, or list '{}' under packages in {}", folder, name,
                       metadata);
  return fmt::format("list '{}' under packages in {}, or let find_packages() find it", name,
                     metadata);
}

// The routes that copy files instead of building the package.
static void report_not_copied(const Package& package, const Failure& failure, Report& report) {
  const Launch& launch = package.launch;
  const bool script = launch.route == Route::script;
  Report::Added added = report_failure(
      report, package, failure,
      fmt::format("no module named '{}' on the worker: '{}' is not {}", failure.name,
                  file_or_folder(failure), script ? "packed" : "copied into the image"));
  const bool inside = failure.reason.empty();
  added.note(
      inside ? fmt::format("what is in '{}' is copied, not the folder itself", launch.search_folder)
             : failure.reason,
      place_of_route(*package.tree, launch));
  if (inside) return;
  if (script)
    added.note("submit the package, as CustomPythonPackageTrainingJob does");
  else
    added.note(fmt::format("name '{}' in extra-dirs", parent_folder(failure.source)));
}

static void check(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::not_in_distribution)) {
    if (!is_built(package)) {
      if (!failure->reason.empty() || !runs_by_path(package.launch))
        report_not_copied(package, *failure, report);
      continue;
    }
    if (!folder_without_init(package, *failure).empty()) continue;
    if (!unlisted_subpackage(package, *failure).empty()) continue;
    Report::Added added =
        report_failure(report, package, *failure,
                       fmt::format("no module named '{}' on the worker: '{}' is not packed",
                                   failure->name, file_or_folder(*failure)));
    std::optional<Place> file;
    if (package.tree->has_file(failure->source)) file = Place{failure->source, std::nullopt};
    if (!failure->reason.empty())
      added.note(fmt::format("left out of the archive: {}", failure->reason), file);
    added.note("'gcloud ai-platform local train' runs in the folder itself, where it is found");
    added.note(advice(package, *failure));
  }
}

extern constinit const Rule import_outside_distribution = {
    .name = "import-outside-distribution",
    .severity = Severity::error,
    .summary = "an imported file is in the folder and will not be on the worker",
    .explanation = R"(
The worker has what `setup.py` packs, not your folder. A module beside `setup.py` is packed only if
`py_modules` names it, a second package only if `packages` lists or finds it; and where there is no
`setup.py`, gcloud writes one that packs the folder given as `--package-path` without its
sub-packages. An import of anything else stops the job with `ModuleNotFoundError`.

On your own machine it works: `python -m trainer.task`, `gcloud ai-platform local train` and an
editor all run in the folder, where every file can be found.

Move the file into the package and import it from there, or have the metadata pack it. Read the list
of files in the archive after `python setup.py sdist` to be sure.

Sources: gcloud's `jobs_prep.py` (`DEFAULT_SETUP_FILE`),
[setuptools on package discovery](https://setuptools.pypa.io/en/latest/userguide/package_discovery.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer"])
-- features.py --
COLUMNS = ["fare"]
-- trainer/__init__.py --
-- trainer/task.py --
from features import COLUMNS

print(COLUMNS)
)",
    .good = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer"], py_modules=["features"])
-- features.py --
COLUMNS = ["fare"]
-- trainer/__init__.py --
-- trainer/task.py --
from features import COLUMNS

print(COLUMNS)
)",
    .check = check,
};

}  // namespace trainlint
