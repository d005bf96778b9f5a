#include <algorithm>
#include <set>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/packing.h"

namespace trainlint {

// [build-system] requires of pyproject.toml has pip install it before setup.py runs.
static bool is_build_requirement(const Package& package, const std::string& module) {
  for (const std::string& text : package.project.build_requires) {
    Result<ParsedRequirement> requirement = parse_requirement(text);
    if (!requirement || canonical_name(requirement->name) == canonical_name(module)) return true;
  }
  return false;
}

// pip starts setup.py by setuptools.build_meta, which does not put its folder on sys.path as
// "python setup.py" does. Where no backend is named, setuptools keeps to the old way.
static bool hides_own_modules(const Package& package) {
  const Project& project = package.project;
  if (project.build_backend != "setuptools.build_meta" || !is_in_sdist(package, "pyproject.toml"))
    return false;
  Result<Bytes> settings = package.tree->read("pyproject.toml");
  Result<Bytes> script = package.tree->read("setup.py");
  return settings && script && (*settings)->find("build-backend") != std::string::npos &&
         (*settings)->find("backend-path") == std::string::npos &&
         (*script)->find("path") == std::string::npos &&
         (*script)->find("site") == std::string::npos;
}

static void check_local(const Package& package, const std::string& dotted, const Place& place,
                        Report& report) {
  std::string file = own_module(*package.tree, dotted);
  if (!file.empty() && place.path == "setup.py" && hides_own_modules(package) &&
      !is_build_requirement(package, dotted.substr(0, dotted.find('.')))) {
    report(place, "setup.py imports '{}', which pip does not find when it builds with '{}'", dotted,
           package.project.build_backend)
        .note("the project's folder is not on sys.path there, as it is for 'python setup.py'")
        .note("leave 'build-backend' out of pyproject.toml, or read the file's text instead");
    return;
  }
  if (file.empty() || package.kind != TreeKind::folder || is_in_sdist(package, file)) return;
  if (sdist_may_hold_more(package)) return;
  report(place, "setup.py imports '{}', and '{}' is not in the sdist, so pip stops on the worker",
         dotted, file)
      .note("pip builds the archive again there, where only packed files are")
      .note(fmt::format("add the line 'include {}' to MANIFEST.in", file));
}

static void check(const Package& package, Report& report) {
  if (!runs_setup_py(package) || package.launch.route == Route::container ||
      package.launch.route == Route::script)
    return;
  std::set<std::string> told;
  for (const auto& [dotted, place] : package.project.imports) {
    std::string top = dotted.substr(0, dotted.find('.'));
    if (top.empty() || is_in_every_build(top) || !told.insert(top).second) continue;
    if (package.tree->has_folder(top) || !own_module(*package.tree, top).empty()) {
      check_local(package, dotted, place, report);
      continue;
    }
    if (is_build_requirement(package, top)) continue;
    Report::Added added =
        report(place, "the build of the package needs '{}', which may be missing", top);
    added.severity(Severity::warning)
        .note(
            "gcloud runs setup.py with any Python it finds, and pip builds the archive in an "
            "environment with setuptools alone");
    if (place.path != "setup.py")
      added.note(
          fmt::format("setup.py imports '{}', which is run with all that it imports", place.path));
  }
}

extern constinit const Rule setup_imports_unavailable = {
    .name = "setup-imports-unavailable",
    .severity = Severity::error,
    .summary = "setup.py imports what is not there when it runs",
    .explanation = R"(
`setup.py` is run twice: by gcloud, with its own Python or the first it finds, and by pip on the
worker, before any requirement is installed and, with newer releases of pip, in an environment of
its own that holds setuptools and nothing else. So `import numpy`, or an import of the package
itself that loads TensorFlow, stops the build with `ModuleNotFoundError` on one of them.

It is an error for a file of the project that is not in the sdist, such as a `version.py` beside
`setup.py`: the worker does not have it. Read the file's text instead, or pack it with
`MANIFEST.in`. It is one, too, for any file of the project where `pyproject.toml` names the backend
`setuptools.build_meta`: pip runs `setup.py` by it, and its folder is not on `sys.path` then. It is a warning for other libraries, which your Python and the worker's image may
have. Imports in a `try` that catches the failure, and what `[build-system] requires` lists, are not
reported.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

from version import VERSION

setup(name="trainer", version=VERSION, packages=find_packages())
-- version.py --
VERSION = "0.1"
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

from trainer.version import VERSION

setup(name="trainer", version=VERSION, packages=find_packages())
-- trainer/__init__.py --
-- trainer/version.py --
VERSION = "0.1"
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
