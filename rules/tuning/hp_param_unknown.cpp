#include "lint/launch/job/find.h"
#include "lint/rule/import_failure.h"
#include "lint/rule/rewrite.h"
#include "lint/rule/tuning.h"

namespace trainlint {

static std::vector<std::string> names_of(const ArgumentParser& parser) {
  std::vector<std::string> names;
  for (const auto& [flag, option] : parser.flags)
    if (flag.starts_with("--")) names.push_back(flag.substr(2));
  return names;
}

static void check(const Package& package, Report& report) {
  for (const auto& [parameter, parse, taker] : met_parameters(package)) {
    if (taker.option || parse->kind != ParseKind::strict) continue;
    Report::Added added = report(parameter.place, "every trial{} ends with \"{}\"",
                                 parameter.conditional ? " that has the parameter" : "",
                                 unknown_option_message(*parse->parser, "--" + parameter.name));
    const auto nearest = nearest_name(parameter.name, names_of(*parse->parser));
    if (nearest && !is_tuned(*parameter.file, *nearest))  // twice is refused
      suggest(added, package, parameter.place, parameter.name, nearest);
    added.note("the options are read here", parse->place);
    // Nothing but their place says that the two belong together.
    if (is_bound_by_place(*parameter.file, package.launch.commands))
      added.severity(Severity::warning);
  }
}

extern constinit const Rule hp_param_unknown = {
    .name = "hp-param-unknown",
    .severity = Severity::error,
    .summary = "a tuned parameter is no option of the trainer's parser",
    .explanation = R"(
The service starts each trial with `--NAME=VALUE` for every tuned parameter, by the name that the job
file gives it. argparse refuses what it does not know: every trial ends with exit status 2. Mind dashes
and underscores: to argparse `learning_rate` and `learning-rate` are two names.

Found only where all options of the parser are known. Where a command names both the file and the
package it is an error; where the file merely lies beside the package, a warning.

Source: [Overview of hyperparameter tuning](https://cloud.google.com/vertex-ai/docs/training/hyperparameter-tuning-overview).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --config hptuning.yaml \
  --module-name trainer.task --package-path trainer --staging-bucket gs://my-bucket
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MINIMIZE
    params:
    - {parameterName: learning_rate, type: DOUBLE, minValue: 0.001, maxValue: 0.1}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.01)
print(parser.parse_args())
)",
    .good = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MINIMIZE
    params:
    - {parameterName: learning-rate, type: DOUBLE, minValue: 0.001, maxValue: 0.1}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.01)
print(parser.parse_args())
)",
    .check = check,
};

}  // namespace trainlint
