#include "lint/rule/rule.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const SettingFault& fault : package.settings.faults) {
    Report::Added added = report.add(fault.place, fault.message);
    for (const std::string& note : fault.notes) added.note(note);
  }
}

extern constinit const Rule invalid_configuration = {
    .name = "invalid-configuration",
    .severity = Severity::error,
    .summary = "trainlint's own configuration has an unknown setting or a value of the wrong type",
    .explanation = R"(
`trainlint.toml`, or the table `[tool.trainlint]` in `pyproject.toml`, holds something that trainlint
does not understand. It is left out and the rest is in force, so that what the project asks for is
not what it gets; the exit status is 2.

`trainlint config show` prints the settings in force and where each comes from, `trainlint config
schema` a JSON schema for editors.
)",
    .bad = R"(
-- trainlint.toml --
fail-on = "warnings"
selct = ["imports"]
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- trainlint.toml --
fail-on = "warning"
select = ["imports"]
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
