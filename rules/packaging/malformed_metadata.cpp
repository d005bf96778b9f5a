#include "lint/rule/rule.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const auto& [message, place] : package.project.faults) {
    if (place.path == "setup.py") continue;  // syntax-error and unreadable-file say it
    report(place, "cannot be read, so nothing can be built: {}", message);
  }
}

extern constinit const Rule malformed_metadata = {
    .name = "malformed-metadata",
    .severity = Severity::error,
    .summary = "pyproject.toml or setup.cfg is not in its own format",
    .explanation = R"(
pip and setuptools read both files before they do anything else, and stop at the first line that is
no TOML, or no configuration file as Python's `configparser` reads it. The message says what is
wrong there.

Sources: [TOML 1.0](https://toml.io/en/v1.0.0),
[configparser](https://docs.python.org/3/library/configparser.html).
)",
    .bad = R"(
-- pyproject.toml --
[project]
name = "trainer
version = "0.1"
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- pyproject.toml --
[project]
name = "trainer"
version = "0.1"
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
