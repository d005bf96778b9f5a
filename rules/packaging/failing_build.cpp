#include <algorithm>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/packing.h"
#include "lint/rule/submission.h"

namespace trainlint {

static Place place_or(const Place& place, std::string_view file) {
  return place.path.empty() ? Place{std::string(file), std::nullopt} : place;
}

static bool bounds_setuptools(const Project& project) {
  return std::any_of(project.build_requires.begin(), project.build_requires.end(),
                     [](const std::string& one) {
                       Result<ParsedRequirement> parsed = parse_requirement(one);
                       return !parsed || (canonical_name(parsed->name) == "setuptools" &&
                                          one.find_first_of("<=~@") != std::string::npos);
                     });
}

// What is written in pyproject.toml; whether anything of it ends the build.
static bool report_refusals(const Project& project, Report& report) {
  using Refuser = Project::Refusal::Refuser;
  for (const auto& [message, place, by] : project.refusals) {
    if (by == Refuser::pip)
      report(place, "pip cannot install the package on the worker: {}", message);
    else if (by == Refuser::setuptools)
      report(place, "the package cannot be built: {}", message);
    else if (!bounds_setuptools(project))
      report(place, "the package cannot be built with setuptools 68 or newer: {}", message)
          .note("pip fetches the newest release for the build on the worker");
  }
  return !project.refusals.empty();
}

static void check(const Package& package, Report& report) {
  if (package.kind == TreeKind::wheel || !is_built(package)) return;
  const Project& project = package.project;
  if (report_refusals(project, report)) return;
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
gives no version; in `pyproject.toml` a key or a value that setuptools' schemas do not have, or a
`[build-system]` that pip cannot follow. poetry and flit stop where there is no package of the
project's name.

gcloud shows the last lines of what setuptools printed and uploads nothing. Where only the worker
lacks the file, since it is not in the sdist, the job fails there, when pip installs the package: so
it does for a `MANIFEST.in` that leaves `setup.py` out, and for an archive with a link to nowhere
among its modules.

Sources: [setuptools and
pyproject.toml](https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html), [the
specification of pyproject.toml](https://packaging.python.org/en/latest/specifications/pyproject-toml/).
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
