#include "lint/launch/job/find.h"
#include "lint/rule/import_failure.h"
#include "lint/rule/tuning.h"
#include "lint/rule/user_arguments.h"

namespace trainlint {

static std::string dashed(std::string name) {
  for (char& c : name)
    if (c == '_') c = '-';
  return name;
}

// The option that was meant: the same but for dashes and underscores.
static const Option* meant(const ArgumentParser& parser, const std::string& name) {
  for (const auto& [flag, option] : parser.flags)
    if (dashed(flag) == dashed("--" + name)) return option.get();
  return nullptr;
}

static void check(const Package& package, Report& report) {
  for (const auto& [parameter, parse, taker] : met_parameters(package)) {
    if (taker.option || parse->kind != ParseKind::known || !rest_is_dropped(package, *parse))
      continue;
    const Option* wanted = meant(*parse->parser, parameter.name);
    Report::Added added =
        report(parameter.place, "the tuned '{}' never arrives: parse_known_args() drops --{}",
               parameter.name, parameter.name);
    if (wanted)
      added.note(fmt::format("the option is {}", wanted->flags.front()),
                 first_line(package, wanted->place));
    else
      added.note("the options are read here", parse->place);
    if (is_bound_by_place(*parameter.file, package.launch.commands) && !wanted)
      added.severity(Severity::warning);
  }
}

extern constinit const Rule hp_param_swallowed = {
    .name = "hp-param-swallowed",
    .severity = Severity::error,
    .summary =
        "a tuned parameter is dropped by parse_known_args(): all trials run with the default",
    .explanation = R"(
The service starts each trial with `--NAME=VALUE` for every tuned parameter. `parse_known_args()` puts
what it does not know aside, and where nobody looks at that, the parameter has no effect: every trial
trains with the default value, the study ends without an error, and its result means nothing. The
usual cause is a dash for an underscore: to argparse `critic_lr` and `critic-lr` are two names.

Found only where all options of the parser are known and what is left over is not used. Where the file
merely lies beside the package and no option resembles the parameter, it is a warning.

Source: [argparse](https://docs.python.org/3/library/argparse.html#partial-parsing).
)",
    .bad = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: critic_lr, type: DOUBLE, minValue: 0.0001, maxValue: 0.001}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--critic-lr", type=float, default=0.0005)
args, _ = parser.parse_known_args()
print(args.critic_lr)
)",
    .good = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: critic-lr, type: DOUBLE, minValue: 0.0001, maxValue: 0.001}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--critic-lr", type=float, default=0.0005)
args, _ = parser.parse_known_args()
print(args.critic_lr)
)",
    .check = check,
};

}  // namespace trainlint
