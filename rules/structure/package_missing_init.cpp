#include "lint/rule/repair.h"
#include "lint/rule/submission.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  std::optional<Severity> severity = missing_init(package);
  if (!severity) return;
  const std::string& folder = package.launch.package_folder;
  bool described = package.project.origin != ProjectOrigin::generated;
  Place place{folder + "/__init__.py", std::nullopt};
  std::string message =
      described && !names_package_path(package)
          ? fmt::format("no module named '{}' on the worker: '{}' has no __init__.py",
                        package.launch.package, folder)
          : fmt::format("gcloud refuses '{}': it is no package without an __init__.py", folder);
  Report::Added added = report.add(place, std::move(message));
  added.severity(*severity);
  if (*severity != Severity::error)
    added.note(fmt::format("nothing here says that '{}' is submitted as a package", folder));
  added.note(fmt::format("add {}/__init__.py, an empty file will do", folder));
  if (std::optional<Fix> fix = create_file(package, place.path)) {
    // What is refused anyway cannot suffer.
    fix->safe = *severity == Severity::error;
    added.fix(std::move(*fix));
  }
}

extern constinit const Rule package_missing_init = {
    .name = "package-missing-init",
    .severity = Severity::error,
    .summary = "the trainer package's folder has no __init__.py",
    .explanation = R"(
gcloud takes a folder as `--package-path` only if it holds an `__init__.py`, and stops otherwise:
`[trainer] is not a valid Python package because it does not contain an __init__.py file`. An archive
made by hand is accepted and lacks the package, because `find_packages()` passes over folders without
that file: the worker says `No module named trainer`.

Add an empty `__init__.py`.

It is not needed where nothing is packaged (a container that copies the folder), and not reported
where the metadata packs the folder without it, as `find_namespace_packages()` and a list of packages
do. Where nothing tells how the folder is submitted it is a warning, and advice for a folder that is
not called `trainer`.

Sources: gcloud's `jobs_prep.py` (`MissingInitError`),
[setuptools on package discovery](https://setuptools.pypa.io/en/latest/userguide/package_discovery.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
