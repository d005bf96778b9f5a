#include "lint/rule/command_line.h"
#include "lint/rule/rewrite.h"
#include "lint/rule/tuning.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const auto& [parameter, parse, taker] : met_parameters(package)) {
    if (!taker.abbreviated) continue;
    const std::string& flag = taker.option->flags.back();
    Report::Added added = report(parameter.place,
                                 "the tuned '{}' reaches the trainer only because argparse takes "
                                 "it for an abbreviation of {}",
                                 parameter.name, flag);
    added.note("added here", first_line(package, taker.option->place));
    if (!flag.starts_with("--") || is_tuned(*parameter.file, flag.substr(2))) continue;
    if (auto fix = correct_word(package, parameter.place, parameter.name, flag.substr(2)))
      added.fix(std::move(*fix));
  }
}

extern constinit const Rule hp_param_abbreviated = {
    .name = "hp-param-abbreviated",
    .severity = Severity::advice,
    .summary = "a tuned parameter is only the beginning of an option's name",
    .explanation = R"(
argparse takes the beginning of an option's name for the option, as long as no other begins so. It
works until a second option with that beginning is added, or `allow_abbrev=False` is: from then on
every trial ends with an error, or the parameter is dropped. Write the whole name.

Source: [argparse](https://docs.python.org/3/library/argparse.html#allow-abbrev).
)",
    .bad = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: n_estimator, type: INTEGER, minValue: 10, maxValue: 100}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--n_estimators", type=int, default=50)
print(parser.parse_args())
)",
    .good = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: n_estimators, type: INTEGER, minValue: 10, maxValue: 100}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--n_estimators", type=int, default=50)
print(parser.parse_args())
)",
    .check = check,
};

}  // namespace trainlint
