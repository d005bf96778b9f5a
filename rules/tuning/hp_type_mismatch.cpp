#include "lint/launch/job/find.h"
#include "lint/rule/command_line.h"
#include "lint/rule/tuning.h"

namespace trainlint {

namespace {

// No more of a range are tried one by one.
constexpr int64_t most_integers = 64;

struct TunedValue {
  std::string text;
  Place place;
};

bool takes_integers_only(const Option& option) {
  return option.type.is(PyKind::library) && option.type.text == "int";
}

// The first numbers of the range, and the last.
void add_integers(const TunedParameter& parameter, std::vector<TunedValue>& values) {
  const std::optional<double> least = job_number(parameter.values->find("minValue")),
                              most = job_number(parameter.values->find("maxValue"));
  constexpr double limit = 1e15;
  if (!least || !most || !(*least >= -limit && *least <= *most && *most <= limit)) return;
  const auto first = static_cast<int64_t>(*least), last = static_cast<int64_t>(*most);
  if (static_cast<double>(first) != *least || static_cast<double>(last) != *most) return;
  for (int64_t number = first; number <= last && number - first < most_integers; ++number)
    values.push_back({std::to_string(number), parameter.type_place});
  values.push_back({std::to_string(last), parameter.type_place});
}

// Values that the service may choose, in the letters in which they arrive.
std::vector<TunedValue> sure_values(const TunedParameter& parameter) {
  std::vector<TunedValue> values;
  if (parameter.type == "INTEGER" && parameter.values != nullptr) add_integers(parameter, values);
  if (parameter.type != "CATEGORICAL" || parameter.list == nullptr) return values;
  for (const JobValue* each : parameter.list->each())
    if (each->known && each->shape == JobShape::text)
      values.push_back({each->text, {parameter.file->path, each->span}});
  return values;
}

class Checker {
 public:
  Checker(const Package& package, const MetParameter& met, Report& report)
      : package_(package),
        parameter_(met.parameter),
        parse_(*met.parse),
        option_(*met.taker.option),
        report_(report) {}

  void check() {
    const bool real = parameter_.type == "DOUBLE";
    if ((real || parameter_.type == "DISCRETE") && takes_integers_only(option_))
      return check_number(real);
    for (const TunedValue& value : sure_values(parameter_)) {
      std::optional<Judgement> refusal =
          refusal_of(package_, parse_, option_, "--" + parameter_.name + "=" + value.text);
      if (!refusal) continue;
      Report::Added added =
          report_(value.place, "'{}' may be tuned to '{}': the trial then ends with \"{}\"",
                  parameter_.name, value.text, last_words(*parse_.parser, *refusal));
      return finish(added, true);
    }
  }

 private:
  void finish(Report::Added added, bool sure) {
    added.note("added here", first_line(package_, option_.place));
    if (!sure || is_bound_by_place(*parameter_.file, package_.launch.commands))
      added.severity(Severity::warning);
  }

  void check_number(bool real) {
    const std::string& flag = option_.flags.front();
    Report::Added added =
        real ? report_(parameter_.type_place,
                       "'{}' is tuned as DOUBLE, and the trainer takes integers only: a trial ends "
                       "with \"argument {}: invalid int value\"",
                       parameter_.name, flag)
             : report_(parameter_.type_place,
                       "'{}' is tuned as DISCRETE, whose values may arrive as '32.0': the trainer "
                       "then ends with \"argument {}: invalid int value\"",
                       parameter_.name, flag);
    finish(added, real);
    added.note(real ? "tune it as INTEGER, or take type=float"
                    : "type=lambda text: int(float(text)) takes both");
  }

  const Package& package_;
  const TunedParameter& parameter_;
  const Parse& parse_;
  const Option& option_;
  Report& report_;
};

void check(const Package& package, Report& report) {
  for (const MetParameter& met : met_parameters(package))
    if (met.taker.option != nullptr) Checker(package, met, report).check();
}

}  // namespace

extern constinit const Rule hp_type_mismatch = {
    .name = "hp-type-mismatch",
    .severity = Severity::error,
    .summary = "a tuned parameter may get a value that the trainer's option refuses",
    .explanation = R"(
A parameter of type DOUBLE arrives as `--dropout=0.25`, and `int("0.25")` is a ValueError: the trial ends
with exit status 2. Values of a DISCRETE parameter are doubles in the API, and Vertex AI has been seen
to send `256.0`; whether AI Platform did is not documented, so that is a warning. So is a file that
no command names together with the package.

The words of a CATEGORICAL parameter, and the numbers of an INTEGER one, are given to the trainer's own
parser: what is not among its `choices`, or what its `type` does not take, ends the trial. An option with
`action="store_true"` takes no value at all, and cannot be tuned.

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
