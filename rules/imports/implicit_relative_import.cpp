#include "lint/rule/import_failure.h"
#include "lint/rule/repair.h"
#include "lint/rule/submission.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  const std::vector<const Failure*> failures =
      failures_of(package, FailureKind::sibling_as_absolute);
  const std::string by_path = failures.empty() ? "" : started_by_path_in(package);
  for (const Failure* failure : failures) {
    std::string dotted = dotted_name(package, failure->source);
    Report::Added added =
        report_failure(report, package, *failure,
                       fmt::format("no module named '{}' on the worker: it is called '{}' there",
                                   failure->name, dotted));
    if (!package.launch.module.empty())
      added.note(fmt::format("'python -m {}' searches the folder that holds '{}', not '{}' itself",
                             package.launch.module, dotted.substr(0, dotted.find('.')),
                             dotted.substr(0, dotted.find('.'))));
    if (!by_path.empty())
      added.severity(Severity::advice)
          .note(
              fmt::format("it works where the file is started by its path, as '{}' does", by_path));
    added.note(fmt::format("write {}", import_advice(package, *failure, dotted)));
    // Not safe: 'python trainer/task.py', from any folder, works with the import as it is.
    const Module& module = package.modules[failure->module];
    if (const Step* step = import_step(module, failure->detail))
      if (std::optional<Fix> fix = import_absolutely(module, *step, dotted))
        added.fix(std::move(*fix));
  }
}

extern constinit const Rule implicit_relative_import = {
    .name = "implicit-relative-import",
    .severity = Severity::error,
    .summary = "a module of the package is imported as if it stood outside of it",
    .explanation = R"(
`import model` in `trainer/task.py` finds `trainer/model.py` when the file is started by its path
(`python trainer/task.py`), because Python then searches the script's own folder, and it did so in
every file under Python 2. The worker runs `python -m trainer.task` with Python 3, which searches
the installed packages: there is a `trainer.model` and no `model`, and the job stops with
`ModuleNotFoundError: No module named 'model'`.

Say where the module is: `from . import model`, `from .model import build`, or with the package's
name, `from trainer import model`. Both also work with `python -m trainer.task` on your own machine.

It is no mistake where the folder is put on `sys.path` first, where the import is tried in
`try`/`except ImportError`, on runtimes with Python 2.7, or in a container that runs the file by its
path; none of these is reported. It is advice where a notebook, script or text beside the package
starts the file by its path: `gcloud ai custom-jobs local-run --script`, `script_path=`.

Sources: [PEP 328](https://peps.python.org/pep-0328/),
[the `-m` option](https://docs.python.org/3/using/cmdline.html#cmdoption-m).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build():
    return []
-- trainer/task.py --
import model

print(model.build())
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build():
    return []
-- trainer/task.py --
from trainer import model

print(model.build())
)",
    .check = check,
};

}  // namespace trainlint
