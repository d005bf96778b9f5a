#include "lint/rule/import_failure.h"
#include "lint/rule/repair.h"

namespace trainlint {

// "trainer.utilz.text" -> the longest part that is a package, and the name that it lacks.
static std::pair<std::string, std::string> split_missing(const Package& package,
                                                         std::string_view dotted) {
  std::string_view found;
  for (const std::string& name : package.graph.names)
    if (name.size() > found.size() && dotted.starts_with(name) && dotted.size() > name.size() &&
        dotted[name.size()] == '.')
      found = name;
  std::string_view rest = found.empty() ? dotted : dotted.substr(found.size() + 1);
  return {std::string(found), std::string(rest.substr(0, rest.find('.')))};
}

static void check(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::missing_submodule)) {
    auto [above, last] = split_missing(package, failure->name);
    std::string whole = above.empty() ? last : above + "." + last;
    Report::Added added = report_failure(report, package, *failure,
                                         fmt::format("no module named '{}' in the package", whole));
    if (failure->target != no_module && !above.empty() &&
        !package.modules[failure->target].path.ends_with("__init__.py")) {
      added.note(fmt::format("'{}' is a module, and only packages have modules in them", above));
      continue;
    }
    std::vector<std::string> there = submodules(package, above);
    if (std::optional<std::string> near = nearest_name(last, there)) {
      added.note(fmt::format("there is a '{}'", above.empty() ? *near : above + "." + *near));
      if (std::optional<Fix> fix =
              correct_module(package.modules[failure->module], *failure, last, *near))
        added.fix(std::move(*fix));
    } else if (!there.empty() && there.size() <= 6) {
      added.note(fmt::format("'{}' has {}", above, fmt::join(there, ", ")));
    }
  }
}

extern constinit const Rule unresolved_local_import = {
    .name = "unresolved-local-import",
    .severity = Severity::error,
    .summary = "an imported module of the package does not exist",
    .explanation = R"(
The import names a module of this package, and there is no such file, neither in what will be
installed nor in the folder: it was renamed, moved, misspelt, or never added to version control. The
job stops with `ModuleNotFoundError: No module named 'trainer.utilz'`.

Rename the import or bring the file back. An import in `try`/`except ImportError` is not reported.

Source: [the import system](https://docs.python.org/3/reference/import.html#submodules).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/metrics.py --
def rmse(rows):
    return 0.0
-- trainer/task.py --
from trainer.metric import rmse

print(rmse([]))
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/metrics.py --
def rmse(rows):
    return 0.0
-- trainer/task.py --
from trainer.metrics import rmse

print(rmse([]))
)",
    .check = check,
};

}  // namespace trainlint
