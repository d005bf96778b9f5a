#include "lint/rule/rule.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (module.problem.empty()) continue;
    report({module.path, std::nullopt}, "cannot be read: {}", module.problem)
        .note("what it holds is not judged");
  }
}

extern constinit const Rule unreadable_file = {
    .name = "unreadable-file",
    .severity = Severity::error,
    .summary = "a Python file of the package cannot be read",
    .explanation = R"(
The file is there and cannot be opened: a link that leads out of the package or in a circle, a file
without read permission, a device, or one that is far too large for source text. gcloud would stop
at it when it packs the package, or pack something that cannot be imported.
)",
    .bad = "",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
