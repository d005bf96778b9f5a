#include "lint/rule/import_failure.h"

#include <algorithm>

namespace trainlint {

// What is said of names that suppress nothing is decided once all rules have been run
// (lint/rule/suppress.cpp): here are the comments that cannot suppress anything.
static void check(const Package& package, Report& report) {
  std::vector<std::string> known;
  for (const RuleEntry& entry : all_rules()) {
    known.emplace_back(entry.rule->name);
    known.emplace_back(entry.group);
  }
  for (const Suppression& each : package.suppressions) {
    if (!each.fault.empty())
      report({each.path, each.span}, "this comment suppresses nothing: {}", each.fault);
    for (const Suppression::Name& name : each.names) {
      if (std::find(known.begin(), known.end(), name.text) != known.end()) continue;
      Report::Added added = report({each.path, name.span},
                                   "there is no rule '{}', so nothing is suppressed", name.text);
      if (std::optional<std::string> near = nearest_name(name.text, known))
        added.note(fmt::format("did you mean '{}'?", *near));
    }
  }
}

extern constinit const Rule unused_suppression = {
    .name = "unused-suppression",
    .severity = Severity::warning,
    .summary = "a comment suppresses a finding that is not there",
    .explanation = R"(
`# trainlint: ignore[rule-name] reason` takes one rule's findings from one statement. When the code
has been repaired since, or the rule's name is misspelt, the comment suppresses nothing: today it is
noise, and tomorrow it hides a new mistake in the same line.

A comment on a line with code is about that statement (of `def`, `if` and the like, the header).
Alone on a line it is about the statement that follows, with all that is in it. As
`# trainlint: ignore-file[rule-name] reason` it is about the file. A group's name stands for its
rules, and several names are parted by commas. In TOML, `setup.cfg`, YAML and scripts it is about the
line, or alone on a line about the entry or `[section]` that follows.

Only names of rules that were run are judged, so that `--select` reports no comment in vain.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import generated  # trainlint: ignore[unresolved-local-imports] written by the build

print(generated.TABLE)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import trainer.table  # trainlint: ignore[unresolved-local-import] written by the build

print(trainer.table.ROWS)
)",
    .check = check,
};

}  // namespace trainlint
