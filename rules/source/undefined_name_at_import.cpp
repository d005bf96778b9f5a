#include "lint/rule/import_failure.h"
#include "lint/rule/name_failure.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  size_t noted = 0;
  for (const Failure* failure : failures_of(package, FailureKind::undefined_name)) {
    if (python2_replacement(failure->name)) continue;
    Report::Added added =
        report_failure(report, package, *failure,
                       fmt::format("name '{}' is not defined when this line runs", failure->name));
    if (noted++ < most_noted)
      add_name_notes(added, package.modules[failure->module], failure->name);
  }
}

extern constinit const Rule undefined_name_at_import = {
    .name = "undefined-name-at-import",
    .severity = Severity::error,
    .summary = "a line that runs when the job starts uses a name that is not defined",
    .explanation = R"(
Code outside of functions runs when its module is imported, and so do the functions that it calls. A
name that nothing has bound by then ends the job with `NameError`, mostly because an import was
forgotten, because a cell of the notebook was not copied, or because the definition stands further
down.

The imports and calls of the entry module are followed in the order in which Python carries them
out. A name is reported where it surely is not there: not where a condition may leave the line out,
where a star import or `exec` may bring it, or in a `try` that catches `NameError`.

Source: [naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import sys

from trainer import model

print(model.build(sys.argv))
-- trainer/model.py --
BUCKETS = np.linspace(0, 1, 10)


def build(arguments):
    return BUCKETS, arguments
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import sys

from trainer import model

print(model.build(sys.argv))
-- trainer/model.py --
import numpy as np

BUCKETS = np.linspace(0, 1, 10)


def build(arguments):
    return BUCKETS, arguments
)",
    .check = check,
};

}  // namespace trainlint
