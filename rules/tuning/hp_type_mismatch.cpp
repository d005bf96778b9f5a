#include "lint/launch/job/find.h"
#include "lint/rule/command_line.h"
#include "lint/rule/tuning.h"

namespace trainlint {

static bool takes_integers_only(const Option& option) {
  return option.type.is(PyKind::library) && option.type.text == "int";
}

static void check(const Package& package, Report& report) {
  for (const auto& [parameter, parse, taker] : met_parameters(package)) {
    const bool real = parameter.type == "DOUBLE";
    if (!real && parameter.type != "DISCRETE") continue;
    if (!taker.option || !takes_integers_only(*taker.option)) continue;
    const std::string& flag = taker.option->flags.front();
    Report::Added added =
        real ? report(parameter.type_place,
                      "'{}' is tuned as DOUBLE, and the trainer takes integers only: a trial ends "
                      "with \"argument {}: invalid int value\"",
                      parameter.name, flag)
             : report(parameter.type_place,
                      "'{}' is tuned as DISCRETE, whose values may arrive as '32.0': the trainer "
                      "then ends with \"argument {}: invalid int value\"",
                      parameter.name, flag);
    added.note("added here", first_line(package, taker.option->place));
    added.note(real ? "tune it as INTEGER, or take type=float"
                    : "type=lambda text: int(float(text)) takes both");
    if (!real || is_bound_by_place(*parameter.file, package.launch.commands))
      added.severity(Severity::warning);
  }
}

extern constinit const Rule hp_type_mismatch = {
    .name = "hp-type-mismatch",
    .severity = Severity::error,
    .summary = "a parameter that is tuned as a real number meets an option with type=int",
    .explanation = R"(
A parameter of type DOUBLE arrives as `--dropout=0.25`, and `int("0.25")` is a ValueError: the trial ends
with exit status 2. Values of a DISCRETE parameter are doubles in the API, and Vertex AI has been seen
to send `256.0`; whether AI Platform did is not documented, so that is a warning. So is a file that
no command names together with the package.

Source: [ParameterSpec](https://cloud.google.com/vertex-ai/docs/reference/rest/v1/StudySpec#parameterspec).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --config hptuning.yaml \
  --module-name trainer.task --package-path trainer --staging-bucket gs://my-bucket
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: units, type: DOUBLE, minValue: 16, maxValue: 256}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--units", type=int, default=64)
print(parser.parse_args())
)",
    .good = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: units, type: INTEGER, minValue: 16, maxValue: 256}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--units", type=int, default=64)
print(parser.parse_args())
)",
    .check = check,
};

}  // namespace trainlint
