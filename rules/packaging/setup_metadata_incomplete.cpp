#include "lint/project/keywords.h"
#include "lint/rule/packing.h"

namespace trainlint {

static void check_name(const Package& package, const SetupCall& call, Report& report) {
  const Project& project = package.project;
  if (project.name.is_absent()) {
    report(call.place, "setup() gets no 'name', so the archive is called 'UNKNOWN'");
  } else if (project.version.is_absent()) {
    report(call.place, "setup() gets no 'version', so every archive is version 0.0.0")
        .note(
            "a worker or an environment that has 0.0.0 installed keeps it, and two archives "
            "cannot be told apart");
  }
}

static void check_keywords(const SetupCall& call, Report& report) {
  for (const SetupKeyword& keyword : call.keywords) {
    if (keyword.name == "requires" && !keyword.empty) {
      report(keyword.place, "'requires' is only noted down, so nothing of it is installed")
          .severity(Severity::warning)
          .note("pip installs what 'install_requires' lists");
      continue;
    }
    const std::string meant = meant_keyword(keyword.name);
    if (meant.empty()) continue;
    report(keyword.place, "setuptools knows no '{}' and passes over it", keyword.name)
        .severity(Severity::warning)
        .note(fmt::format("did you mean '{}'?", meant));
  }
}

static void check(const Package& package, Report& report) {
  const Project& project = package.project;
  if (!runs_setup_py(package) || !is_built(package) || project.failure || !project.faults.empty())
    return;
  const std::optional<SetupCall> call = read_setup_call(*package.tree);
  if (!call) return;
  check_name(package, *call, report);
  check_keywords(*call, report);
}

extern constinit const Rule setup_metadata_incomplete = {
    .name = "setup-metadata-incomplete",
    .severity = Severity::advice,
    .summary = "setup() is told less than was meant",
    .explanation = R"(
setuptools takes a call of `setup()` without a name or a version and calls the archive
`UNKNOWN-0.0.0.tar.gz` or `trainer-0.0.0.tar.gz`. That works, until two of them lie in one bucket or
one environment: pip keeps an installed 0.0.0 when it is asked for another 0.0.0.

A keyword that setuptools does not know is passed over with a warning that nobody reads: with
`install_require=[...]` no requirement is installed, and the job ends with `ModuleNotFoundError`.
`requires=[...]` is an old field that no tool installs from. Both are warnings; an empty
`requires=[]`, which many projects have copied, is not reported, nor is a keyword that resembles
none, since plugins bring their own.

Source: [keywords](https://setuptools.pypa.io/en/latest/references/keywords.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", packages=find_packages(), install_require=["pandas"])
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["pandas"])
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
