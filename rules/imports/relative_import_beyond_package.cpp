#include "lint/launch/routes.h"
#include "lint/rule/import_failure.h"

namespace trainlint {

// What one dot, two dots, ... mean in this module.
static std::string meaning_of_dots(std::string parent) {
  std::string text;
  for (std::string dots = "."; !parent.empty(); dots += '.') {
    if (!text.empty()) text += ", ";
    text += fmt::format("'{}' is '{}'", dots, parent);
    size_t dot = parent.rfind('.');
    parent = dot == std::string::npos ? "" : parent.substr(0, dot);
  }
  return text;
}

static std::string statement_text(const Step& step) {
  return fmt::format("'from {}{} import'", std::string(step.level, '.'), step.text);
}

static void check(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::beyond_top)) {
    const Module& module = package.modules[failure->module];
    const Step* step = import_step(module, failure->span);
    std::string words = step == nullptr ? "the import" : statement_text(*step);
    std::string parent = parent_package(package, failure->module);
    if (runs_by_path(package.launch) && failure->module == package.graph.entry) parent.clear();
    if (parent.empty()) {
      report_failure(report, package, *failure,
                     fmt::format("{} fails: the file is not run as part of a package", words))
          .note("start it with 'python -m', or import with the full name");
      continue;
    }
    report_failure(report, package, *failure,
                   fmt::format("{} leaves the top-level package '{}'", words,
                               parent.substr(0, parent.find('.'))))
        .note(fmt::format("in this file {}", meaning_of_dots(parent)));
  }
}

extern constinit const Rule relative_import_beyond_package = {
    .name = "relative-import-beyond-package",
    .severity = Severity::error,
    .summary = "a relative import has more dots than there are packages",
    .explanation = R"(
In `trainer/data/load.py` one dot means `trainer.data`, two dots `trainer`, and three dots what would
be above, which is no package: Python raises `ImportError: attempted relative import beyond top-level
package`. In a module that is in no package at all (one listed in `py_modules`, or a file started by
its path) the first dot is already too much: `attempted relative import with no known parent package`.

Take the dots away that are too many, or use the full name: `from trainer import schema`. What lies
beside the package is a top-level module, if it is packed at all, and is imported without dots.

Source: [package relative imports](https://docs.python.org/3/reference/import.html#package-relative-imports).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/schema.py --
COLUMNS = ["fare"]
-- trainer/task.py --
from ..schema import COLUMNS

print(COLUMNS)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/schema.py --
COLUMNS = ["fare"]
-- trainer/task.py --
from .schema import COLUMNS

print(COLUMNS)
)",
    .check = check,
};

}  // namespace trainlint
