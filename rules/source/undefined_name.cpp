#include "lint/rule/name_failure.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  size_t noted = 0;
  for (const PlacedFault& placed : unmet_faults(package, NameFault::undefined)) {
    const NameFault& fault = *placed.fault;
    if (python2_replacement(fault.name)) continue;
    const Module& module = package.modules[placed.module];
    Report::Added added =
        report({module.path, fault.span}, "name '{}' is not defined anywhere", fault.name);
    if (noted++ < most_noted) add_name_notes(added, module, fault.name);
  }
}

extern constinit const Rule undefined_name = {
    .name = "undefined-name",
    .severity = Severity::warning,
    .summary = "code uses a name that nothing defines",
    .explanation = R"(
Python looks a name up when the line runs: in the function, in the functions around it, in the
module and among the builtins. A name that none of them binds is a `NameError`, perhaps only after
hours of training, when the line is reached for the first time.

Reported are names in functions, and in code of which it is not known whether it runs;
`undefined-name-at-import` is about lines that surely run. Modules with `from x import *` of an
unknown module, `exec` or `globals()[...] = ...` may have any name and are left out, as is a `try`
whose handlers catch `NameError`.

Source: [naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
def export(folder):
    with open(os.path.join(folder, "done"), "w") as file:
        file.write("done")


def main(argv):
    if len(argv) > 1:
        export(argv[1])
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import os


def export(folder):
    with open(os.path.join(folder, "done"), "w") as file:
        file.write("done")


def main(argv):
    if len(argv) > 1:
        export(argv[1])
)",
    .check = check,
};

}  // namespace trainlint
