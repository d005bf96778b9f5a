#include <algorithm>

#include "lint/rule/import_failure.h"
#include "lint/rule/repair.h"

namespace trainlint {

// Another module of the package that binds the name: it was moved, or belongs to a sub-module.
static bool add_other_home(Report::Added& added, const Package& package, const Failure& failure,
                           std::string_view wanted) {
  for (uint32_t i = 0; i < package.modules.size() && i < package.graph.names.size(); ++i) {
    if (i == failure.module || i == failure.target || package.graph.names[i].empty()) continue;
    std::optional<Span> span = definition_of(package.modules[i], wanted);
    if (!span) continue;
    added.note(fmt::format("'{}' has it", package.graph.names[i]),
               Place{package.modules[i].path, span});
    return true;
  }
  return false;
}

// What the name could be, among what the module does have.
static void add_nearest(Report::Added& added, const Package& package, const Failure& failure,
                        const Module* target, std::string_view above, std::string_view wanted) {
  std::vector<std::string> names = submodules(package, above);
  if (target != nullptr)
    for (std::string& name : bound_names(*target)) names.push_back(std::move(name));
  std::optional<std::string> near = nearest_name(wanted, names);
  if (!near) return;
  std::optional<Place> place;
  if (target != nullptr)
    if (std::optional<Span> span = binding_of(*target, *near)) place = Place{target->path, span};
  added.note(fmt::format("there is a '{}'", *near), place);
  if (std::optional<Fix> fix =
          correct_name(package.modules[failure.module], failure, wanted, *near))
    added.fix(std::move(*fix));
}

static void check(const Package& package, Report& report) {
  const std::vector<std::string>& there = package.graph.names;
  for (const Failure* failure : failures_of(package, FailureKind::missing_name)) {
    auto [above, last] = split_last(failure->name);
    if (std::find(there.begin(), there.end(), failure->name) != there.end()) {
      report_failure(
          report, package, *failure,
          fmt::format("'{}' has no attribute '{}' here: nothing has imported that module", above,
                      last))
          .note(fmt::format("write 'import {}'", failure->name));
      continue;
    }
    const Module* target =
        failure->target == no_module ? nullptr : &package.modules[failure->target];
    bool is_package = target != nullptr && target->path.ends_with("__init__.py");
    Report::Added added = report_failure(
        report, package, *failure,
        is_package ? fmt::format("'{}' has neither a name nor a module '{}'", above, last)
                   : fmt::format("'{}' has no name '{}'", above, last));
    if (!add_other_home(added, package, *failure, last))
      add_nearest(added, package, *failure, target, above, last);
  }
}

extern constinit const Rule unresolved_local_name = {
    .name = "unresolved-local-name",
    .severity = Severity::error,
    .summary = "a name is imported from a module of the package that does not define it",
    .explanation = R"(
The module exists and does not bind the name: the function was renamed or moved, or the name is
misspelt. The job stops with `ImportError: cannot import name 'buidl' from 'trainer.model'`, or with
`AttributeError` where the module's attribute is used while importing. A sub-module is an attribute
of its package only after somebody has imported it.

Whatever can bind the name counts: assignments in any branch, star imports, a module's
`__getattr__`, `global` in a function that is called. A module that fills `globals()` or runs `exec`
can define anything, and is not judged.

Source: [the import statement](https://docs.python.org/3/reference/simple_stmts.html#import).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build_model():
    return []
-- trainer/task.py --
from trainer.model import create_model

print(create_model())
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build_model():
    return []
-- trainer/task.py --
from trainer.model import build_model

print(build_model())
)",
    .check = check,
};

}  // namespace trainlint
