#include <algorithm>
#include <map>

#include "lint/rule/import_failure.h"
#include "lint/rule/left_out.h"
#include "lint/rule/repair.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  std::map<std::string, const Failure*> first;  // by package that is not listed
  for (const Failure* failure : failures_of(package, FailureKind::not_in_distribution)) {
    std::string name = unlisted_subpackage(package, *failure);
    if (name.empty()) continue;
    auto [place, added] = first.emplace(name, failure);
    bool stops = failure->certain && failure->when == When::import_time;
    if (!added && stops && !place->second->certain) place->second = failure;
  }
  for (const auto& [name, failure] : first) {
    const Module& module = package.modules[failure->module];
    Report::Added added =
        report(package.project.packages.place,
               "'{}' is not among the packages, so it will not be on the worker", name);
    if (!stops_the_job(*failure)) added.severity(Severity::warning);
    added
        .note(
            fmt::format("'{}' is imported here, and there is no such module there", failure->name),
            Place{module.path, failure->span})
        .note(fmt::format("packages lists folders one by one, without those below them: add '{}', "
                          "or use find_packages()",
                          name));
    if (std::optional<Fix> fix = add_to_list(package, package.project.packages.place, name)) {
      fix->safe = stops_the_job(*failure);
      added.fix(std::move(*fix));
    }
  }
}

extern constinit const Rule subpackage_not_listed = {
    .name = "subpackage-not-listed",
    .severity = Severity::error,
    .summary = "packages lists a package without the sub-package that it imports",
    .explanation = R"(
`packages=["trainer"]` means the modules directly in `trainer` and no folder below it. A sub-package
that is not listed by its own name is not in the archive, and importing it stops the job with
`ModuleNotFoundError: No module named 'trainer.layers'`. In the folder, where `python -m
trainer.task` and `gcloud ai-platform local train` run, it is found.

`find_packages()` lists all of them, today and when the next one is added. Sub-packages that nothing
imports as the job starts, such as tests, may be left out and are not reported.

Source: [setuptools on package
discovery](https://setuptools.pypa.io/en/latest/userguide/package_discovery.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer"])
-- trainer/__init__.py --
-- trainer/task.py --
from trainer.layers import dense

print(dense.UNITS)
-- trainer/layers/__init__.py --
-- trainer/layers/dense.py --
UNITS = 8
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
from trainer.layers import dense

print(dense.UNITS)
-- trainer/layers/__init__.py --
-- trainer/layers/dense.py --
UNITS = 8
)",
    .check = check,
};

}  // namespace trainlint
