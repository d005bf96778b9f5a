#include <algorithm>

#include "lint/rule/job_fields.h"
#include "lint/rule/rewrite.h"
#include "rules/facts/job_fields.h"

namespace trainlint {

// Who wrote the file for which reader is certain only where a command hands it to gcloud: a file
// that was merely found may have keys of a program of the package's own at its top.
static bool is_for_gcloud(const JobFile& file) {
  return file.binding != JobBinding::folder;
}

// A field of another message, or of the other service: at the wrong level, or in the wrong file.
static bool is_field_elsewhere(std::string_view key) {
  const auto& fields = facts::job_fields::fields;
  return std::any_of(fields.begin(), fields.end(),
                     [&](const facts::job_fields::Field& field) { return field.name == key; });
}

static Severity severity_of_key(const JobFile& file, const JobFault& fault) {
  // Google's JSON takes "scale_tier" as well, but gcloud does not see it.
  if (fault.other_spelling && !is_strict(file)) return Severity::warning;
  // AI Platform gets no new fields; Vertex AI may have since the table was made.
  const bool complete = file.kind == JobKind::training;
  return complete || fault.nearest || is_field_elsewhere(fault.key) ? Severity::error
                                                                    : Severity::warning;
}

static void report_key(const Package& package, const JobFile& file, const JobFault& fault,
                       Report& report) {
  const std::string where = fault.path.empty() ? "here" : fmt::format("in '{}'", fault.path);
  const std::string what =
      is_strict(file)
          ? fmt::format("gcloud refuses the file: there is no field '{}' {}", fault.key, where)
      : fault.other_spelling
          ? fmt::format("gcloud does not know the key '{}' {} and checks nothing of it", fault.key,
                        where)
          : fmt::format("there is no field '{}' {}: the service refuses the job", fault.key, where);
  Report::Added added = report(fault.place, "{}", what);
  suggest(added, package, fault.place, fault.key, fault.nearest);
  added.severity(severity_of_key(file, fault));
}

static void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files)
    for (const JobFault& fault : job_faults(file)) {
      if (fault.kind != JobFaultKind::unknown_key) continue;
      if (!is_for_gcloud(file) && (fault.path.empty() || fault.other_spelling)) continue;
      report_key(package, file, fault, report);
    }
}

extern constinit const Rule config_unknown_key = {
    .name = "config-unknown-key",
    .severity = Severity::error,
    .summary = "a job file has a key that is no field of the service's message",
    .explanation = R"(
`gcloud ai-platform jobs submit training --config` and `gcloud ai custom-jobs create --config` send
keys that they do not know as they are, and the service answers with "Unknown name ... Cannot find
field", or the setting is just not there: a key that is misspelt, or one level too high or too low.
`gcloud ai hp-tuning-jobs create` refuses such a file itself.

A key that is right but for its underscores ("scale_tier") is a warning: gcloud does not know it, so
its own checks and its flags pass it by. A Vertex AI key that resembles none is a warning too, since
the service may have got it after the table was made (August 2026).

Source: [TrainingInput](https://cloud.google.com/ai-platform/training/docs/reference/rest/v1/projects.jobs),
[CustomJobSpec](https://cloud.google.com/vertex-ai/docs/reference/rest/v1/CustomJobSpec).
)",
    .bad = R"(
-- config.yaml --
trainingInput:
  scaleTier: CUSTOM
  masterType: n1-standard-8
  workerTypes: n1-standard-8
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- config.yaml --
trainingInput:
  scaleTier: CUSTOM
  masterType: n1-standard-8
  workerType: n1-standard-8
  workerCount: 2
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
