#include "lint/project/pep440.h"
#include "lint/rule/rule.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  const Value<std::string>& version = package.project.version;
  if (!version.is_known() || version.value.empty() || version.place.path.empty()) return;
  if (parse_version(version.value)) return;
  report(version.place, "'{}' is no version by PEP 440: newer setuptools and pip refuse it",
         version.value)
      .note(
          "versions are numbers divided by dots, as in '0.1', with 'a1', 'rc1', '.post1', "
          "'.dev1' or '+local' behind them");
}

extern constinit const Rule invalid_version = {
    .name = "invalid-version",
    .severity = Severity::warning,
    .summary = "the package's version is none by PEP 440",
    .explanation = R"(
setuptools before release 67 takes any text as a version, and pip before 24.1 installs it with a
warning. Their successors stop with `InvalidVersion`. Which of them builds the package differs from
machine to machine: gcloud runs the `setup.py` with whatever your Python has, and the worker builds
the archive again with what its image has, or with the newest where pip isolates the build. So a
package that was built yesterday is refused tomorrow, and it is a warning.

Sources: [PEP 440](https://peps.python.org/pep-0440/), the release notes of setuptools 67 and pip
24.1.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="2020-01-flowers", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="2020.1+flowers", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
