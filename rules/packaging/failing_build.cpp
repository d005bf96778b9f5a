#include "lint/rule/packing.h"
#include "lint/rule/submission.h"

namespace trainlint {

static Place place_or(const Place& place, std::string_view file) {
  return place.path.empty() ? Place{std::string(file), std::nullopt} : place;
}

static void check(const Package& package, Report& report) {
  if (package.kind == TreeKind::wheel || !is_built(package)) return;
  const Project& project = package.project;
  if (project.failure && project.failure_class != "FileNotFoundError" &&
      project.failure_class != "ModuleNotFoundError" && package.tree->has_file("setup.py")) {
    report(place_or(project.failure->second, "setup.py"), "the package cannot be built: {}",
           project.failure->first);
    return;
  }
  if (project.failure || !package.distribution.fault) return;
  const BuildFault& fault = *package.distribution.fault;
  // That setup.py is not packed is certain, whatever else is not known.
  const bool lost = fault.place.path == "MANIFEST.in";
  if (!package.distribution.complete && !lost) return;
  if (lost ? names_sdist_plugin(package) || package.distribution.generated_modules
           : fault.on_worker && sdist_may_hold_more(package))
    return;
  report(place_or(fault.place, "setup.py"), "{}: {}",
         fault.on_worker ? "pip cannot install the package on the worker"
                         : "the package cannot be built",
         fault.message);
}

extern constinit const Rule failing_build = {
    .name = "failing-build",
    .severity = Severity::error,
    .summary = "setup.py or setuptools stops before there is a package",
    .explanation = R"(
Some mistakes end the build itself: `setup.py` raises an exception or never calls `setup()`, a value
given to `setup()` is of a kind that setuptools refuses, a folder named in `packages` or
`package_dir` does not exist, a file in `scripts` or `data_files` or the source of an extension is
not there, `namespace_packages` names what holds no package. In `setup.cfg` it is a `%` that
ConfigParser cannot replace, an `attr:` that names no module or nothing in it, or a `file:` that
gives no version; in `pyproject.toml` a `[project]` without a name or a version. poetry and flit
stop where there is no package of the project's name.

gcloud shows the last lines of what setuptools printed and uploads nothing. Where only the worker
lacks the file, since it is not in the sdist, the job fails there, when pip installs the package: so
it does for a `MANIFEST.in` that leaves `setup.py` out, and for an archive with a link to nowhere
among its modules.
)",
    .bad = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer", "trainer.model"])
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer"])
-- trainer/__init__.py --
-- trainer/model.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
