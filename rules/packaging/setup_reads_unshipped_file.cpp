#include <algorithm>

#include "lint/rule/packing.h"
#include "lint/rule/submission.h"

namespace trainlint {

static Place place_in_setup_py(const Place& place) {
  return place.path.empty() ? Place{"setup.py", std::nullopt} : place;
}

static std::string unshipped_files(const Package& package, std::string& first) {
  std::string names;
  for (const std::string& file : package.project.files_read) {
    if (!package.tree->has_file(file) || is_in_sdist(package, file)) continue;
    if (first.empty()) first = file;
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", file);
  }
  return names;
}

static std::string manifest_advice(const Package& package, const std::string& file) {
  if (package.tree->has_file("MANIFEST.in"))
    return fmt::format("add the line 'include {}' to MANIFEST.in", file);
  return fmt::format("add a file MANIFEST.in with the line 'include {}'", file);
}

static std::string requirements_text(const Project& project) {
  if (!project.install_requires.is_known()) return "";
  std::string text;
  for (const Requirement& one : project.install_requires.value) text += one.text + "\n";
  return text;
}

// The same setup.py is run again where only the sdist's files are.
static void check_worker(const Package& package, Report& report) {
  std::string first;
  std::string names = unshipped_files(package, first);
  if (names.empty()) return;
  std::unique_ptr<SourceTree> worker = unpacked_sdist(package);
  Project project = read_project(*worker, package.launch.package);
  if (project.failure) {
    report(place_in_setup_py(project.failure->second),
           "setup.py {} on the worker: {} is not in the sdist, so pip stops",
           project.failure->first, names)
        .note("pip builds the archive again there, where only packed files are")
        .note(manifest_advice(package, first));
    return;
  }
  bool known = package.project.install_requires.is_known() &&
               !project.install_requires.is_unknown() && package.project.origin == project.origin;
  if (!known || requirements_text(package.project) == requirements_text(project)) return;
  report(place_in_setup_py(package.project.install_requires.place),
         "install_requires is another one on the worker: setup.py reads {}, which is not in the "
         "sdist",
         names)
      .severity(Severity::warning)
      .note("what is not listed there is not installed")
      .note(manifest_advice(package, first));
}

static void check(const Package& package, Report& report) {
  if (!runs_setup_py(package) || !is_built(package)) return;
  const Project& project = package.project;
  if (project.failure && project.failure_class == "FileNotFoundError") {
    report(place_in_setup_py(project.failure->second), "setup.py {}{}", project.failure->first,
           package.kind == TreeKind::sdist ? " in the archive, so pip stops"
                                           : ", so no archive can be built");
    return;
  }
  if (package.kind == TreeKind::folder && !project.failure && !sdist_may_hold_more(package))
    check_worker(package, report);
}

extern constinit const Rule setup_reads_unshipped_file = {
    .name = "setup-reads-unshipped-file",
    .severity = Severity::error,
    .summary = "setup.py reads a file that will not be beside it on the worker",
    .explanation = R"(
The archive that gcloud builds is built once more on the worker, by pip, from the files in it.
setuptools packs the packages' modules, `setup.py`, `setup.cfg`, `pyproject.toml`, one README,
licence files and `test/test*.py`, and nothing else unless `MANIFEST.in` says so. A `setup.py` that
opens `requirements.txt` finds it on your machine and not there: `FileNotFoundError: [Errno 2] No
such file or directory: '/tmp/pip-req-build-.../requirements.txt'`.

Add `include requirements.txt` to `MANIFEST.in`, or write the list into `setup.py`. It is a warning
where `setup.py` goes on without the file, and then asks for other requirements on the worker than
here. Projects with setuptools_scm or its like are not judged: these pack what version control
knows.

Source: [setuptools on the files of an
sdist](https://setuptools.pypa.io/en/latest/userguide/miscellaneous.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

with open("requirements.txt") as file:
    requirements = file.read().splitlines()

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=requirements)
-- requirements.txt --
pandas==1.0
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

with open("requirements.txt") as file:
    requirements = file.read().splitlines()

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=requirements)
-- MANIFEST.in --
include requirements.txt
-- requirements.txt --
pandas==1.0
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
