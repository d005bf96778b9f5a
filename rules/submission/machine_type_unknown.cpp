#include <algorithm>

#include "lint/rule/import_failure.h"
#include "lint/rule/job_machines.h"
#include "lint/rule/rewrite.h"
#include "rules/facts/machines.h"

namespace trainlint {

static std::string family_of(std::string_view machine) {
  return std::string(machine.substr(0, machine.find('-')));
}

// The service may have machines that the table has not: sure is only what is wrong in a family, or
// a kind of machine, that it knows to the end.
static bool is_complete(std::string_view machine) {
  return machine.starts_with("n1-") || machine.find('-') == machine.npos;
}

static void check(const Package& package, Report& report) {
  for (const AskedMachine& asked : asked_machines(package)) {
    if (asked.machine.empty()) continue;
    std::vector<std::string> names;
    if (asked.vertex) {
      names.assign(facts::machines::vertex.begin(), facts::machines::vertex.end());
    } else {
      names.assign(facts::machines::legacy.begin(), facts::machines::legacy.end());
      for (std::string_view name : facts::machines::ai_platform) names.emplace_back(name);
    }
    if (std::find(names.begin(), names.end(), asked.machine) != names.end()) continue;
    const bool known_elsewhere = std::any_of(names.begin(), names.end(), [&](const auto& name) {
      return family_of(name) == family_of(asked.machine);
    });
    // Another family is another machine altogether.
    std::vector<std::string> family = names;
    std::erase_if(family,
                  [&](const auto& name) { return family_of(name) != family_of(asked.machine); });
    std::optional<std::string> nearest = nearest_name(asked.machine, family);
    if (!nearest) nearest = nearest_name(asked.machine, names);
    Report::Added added = report(
        asked.machine_place, "there is no machine type '{}' in {}: the service refuses the job",
        asked.machine, asked.vertex ? "Vertex AI custom training" : "AI Platform");
    suggest(added, package, asked.machine_place, asked.machine, nearest);
    const bool sure = is_complete(asked.machine) && (known_elsewhere || nearest);
    if (!sure) added.severity(Severity::warning);
  }
}

extern constinit const Rule machine_type_unknown = {
    .name = "machine-type-unknown",
    .severity = Severity::error,
    .summary = "a job asks for a machine type that the service does not have",
    .explanation = R"(
gcloud takes any machine type; the service refuses the job. AI Platform has names of its own
(`complex_model_m_gpu`, `standard_p100`, with underscores) beside those of Compute Engine, and not
every type of Compute Engine is one of custom training: `n1-standard-1`, `n1-standard-2` and
`e2-standard-2` are not.

A type of a family that the table (July 2026) may not know to the end is a warning.

Source: [Configure compute resources](https://docs.cloud.google.com/gemini-enterprise-agent-platform/machine-learning/training/configure-compute).
)",
    .bad = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec:
    machineType: n1-standard-2
  replicaCount: 1
  containerSpec:
    imageUri: us-docker.pkg.dev/my-project/images/trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec:
    machineType: n1-standard-4
  replicaCount: 1
  containerSpec:
    imageUri: us-docker.pkg.dev/my-project/images/trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
