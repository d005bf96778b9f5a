#include "lint/rule/import_failure.h"
#include "lint/rule/left_out.h"
#include "lint/rule/repair.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::not_in_distribution)) {
    std::string folder = folder_without_init(package, *failure);
    if (folder.empty()) continue;
    Report::Added added = report_failure(
        report, package, *failure,
        fmt::format("no module named '{}' on the worker: '{}' has no __init__.py and is not packed",
                    failure->name, folder));
    added.note("'gcloud ai-platform local train' runs in the folder itself, where it is found");
    if (setup_is_generated(package))
      added.note(
          fmt::format("add {}/__init__.py, and a setup.py with packages=find_packages(): the "
                      "one that gcloud writes packs '{}' alone",
                      folder, package.launch.package),
          Place{folder + "/__init__.py", std::nullopt});
    else
      added.note(fmt::format("add {}/__init__.py, an empty file will do", folder),
                 Place{folder + "/__init__.py", std::nullopt});
    if (setup_is_generated(package)) continue;
    if (std::optional<Fix> fix = create_file(package, folder + "/__init__.py")) {
      fix->safe = stops_the_job(*failure);
      added.fix(std::move(*fix));
    }
  }
}

extern constinit const Rule subpackage_missing_init = {
    .name = "subpackage-missing-init",
    .severity = Severity::error,
    .summary = "a folder of the package is imported and not packed, for want of an __init__.py",
    .explanation = R"(
`find_packages()` takes folders that hold an `__init__.py`, and does not look below one that has
none. So the files of such a folder are not in the archive that goes to the worker, and the job
stops with `ModuleNotFoundError: No module named 'trainer.utils'`.

It works until then: Python imports a folder without `__init__.py` as a namespace package (PEP 420),
and `python -m trainer.task` as well as `gcloud ai-platform local train` run in the folder itself,
where everything is present. gcloud looks for `__init__.py` in the top folder only.

Add an empty `__init__.py`. A `setup.py` that lists the package or calls `find_namespace_packages()`
packs the folder without one, and is not reported.

Sources: [setuptools on package discovery](https://setuptools.pypa.io/en/latest/userguide/package_discovery.html),
[PEP 420](https://peps.python.org/pep-0420/).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
from trainer.utils import text

print(text.clean("A b"))
-- trainer/utils/text.py --
def clean(value):
    return value.lower()
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
from trainer.utils import text

print(text.clean("A b"))
-- trainer/utils/__init__.py --
-- trainer/utils/text.py --
def clean(value):
    return value.lower()
)",
    .check = check,
};

}  // namespace trainlint
