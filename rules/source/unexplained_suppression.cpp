#include "lint/rule/rule.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  if (!package.settings.require_reason) return;
  for (const Suppression& each : package.suppressions) {
    if (each.fault.empty() && each.reason.empty())
      report({each.path, each.span}, "no reason is given for suppressing this")
          .note("write it behind the bracket; 'require-reason' in the configuration demands it");
  }
}

extern constinit const Rule unexplained_suppression = {
    .name = "unexplained-suppression",
    .severity = Severity::warning,
    .summary = "a comment suppresses a finding and does not say why",
    .explanation = R"(
With `require-reason = true` in the configuration, every `# trainlint: ignore[rule-name]` has to go
on with a reason. Who meets the comment a year later can then tell whether it still holds.
)",
    .bad = R"(
-- trainlint.toml --
require-reason = true
-- trainer/__init__.py --
-- trainer/task.py --
import trainer.table  # trainlint: ignore[unresolved-local-import]

print(trainer.table.ROWS)
)",
    .good = R"(
-- trainlint.toml --
require-reason = true
-- trainer/__init__.py --
-- trainer/task.py --
import trainer.table  # trainlint: ignore[unresolved-local-import] written by the build

print(trainer.table.ROWS)
)",
    .check = check,
};

}  // namespace trainlint
