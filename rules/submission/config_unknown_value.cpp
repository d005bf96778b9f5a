#include "lint/rule/job_fields.h"
#include "lint/rule/rewrite.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files)
    for (const JobFault& fault : job_faults(file)) {
      if (fault.kind != JobFaultKind::unknown_word) continue;
      const std::string_view who =
          is_strict(file) ? "gcloud refuses the file" : "the service refuses the job";
      Report::Added added =
          report(fault.place, "'{}' is no value of '{}': {}", fault.found, fault.key, who);
      suggest(added, package, fault.place, fault.found, fault.nearest);
      // Vertex AI may have got it since the table was made.
      if (file.kind != JobKind::training && !is_strict(file) && !fault.nearest)
        added.severity(Severity::warning);
    }
}

extern constinit const Rule config_unknown_value = {
    .name = "config-unknown-value",
    .severity = Severity::error,
    .summary = "a job file has a word that is not among those that the field takes",
    .explanation = R"(
Fields such as `scaleTier`, `goal`, `type`, `scaleType` and `acceleratorType` take one of a few words,
in capital letters. gcloud sends any word, unlike that of a flag, which it puts right; the service
refuses the job. `gcloud ai hp-tuning-jobs create` refuses such a file itself.

An accelerator that resembles none of the table is a warning: the service may have got it since.
)",
    .bad = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: maximise
    params:
    - {parameterName: lr, type: DOUBLE, minValue: 0.001, maxValue: 0.1}
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- hptuning.yaml --
trainingInput:
  scaleTier: STANDARD_1
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
