#include <algorithm>

#include "lint/rule/job_machines.h"
#include "rules/facts/machines.h"

namespace trainlint {

using facts::machines::Accelerator;

static bool is_machine(std::string_view machine, bool vertex) {
  auto has = [&](const auto& names) {
    return std::find(names.begin(), names.end(), machine) != names.end();
  };
  return vertex ? has(facts::machines::vertex) : has(facts::machines::ai_platform);
}

static bool is_legacy(std::string_view machine) {
  const auto& names = facts::machines::legacy;
  return std::find(names.begin(), names.end(), machine) != names.end();
}

// "4, 8"
static std::string counts_of(const Accelerator& row) {
  return fmt::format("{}", fmt::join(row.counts, ", "));
}

static void report_pair(const AskedMachine& asked, Report& report) {
  const std::string_view service = asked.vertex ? "vertex" : "ai_platform";
  const Accelerator* pair = nullptr;
  std::vector<std::string_view> others;
  for (const Accelerator& row : facts::machines::accelerators) {
    if (row.service != service || row.machine != asked.machine) continue;
    others.push_back(row.accelerator);
    if (row.accelerator == asked.accelerator) pair = &row;
  }
  if (pair == nullptr) {
    // The tables of AI Platform know only the n1 machines to the end.
    if (!asked.vertex && !asked.machine.starts_with("n1-")) return;
    Report::Added added = report(asked.accelerator_place,
                                 "machine type '{}' takes no '{}': the service refuses the job",
                                 asked.machine, asked.accelerator);
    added.note(others.empty() ? "it takes no accelerator at all; machines of the family n1 do"
                              : fmt::format("it takes {}", fmt::join(others, ", ")));
  } else if (!asked.count.empty() && std::find(pair->counts.begin(), pair->counts.end(),
                                               asked.count) == pair->counts.end()) {
    report(asked.accelerator_place,
           "machine type '{}' cannot have {} of '{}': the service refuses the job", asked.machine,
           asked.count, asked.accelerator)
        .note(fmt::format("the number may be {}", counts_of(*pair)));
  }
}

static void check(const Package& package, Report& report) {
  for (const AskedMachine& asked : asked_machines(package)) {
    if (!asked.has_accelerator || asked.machine.empty() || asked.accelerator.empty()) continue;
    if (asked.accelerator.starts_with("TPU") || asked.accelerator.ends_with("UNSPECIFIED"))
      continue;
    if (is_legacy(asked.machine) && !asked.vertex)
      report(asked.accelerator_place,
             "machine type '{}' takes no acceleratorConfig: the service refuses the job",
             asked.machine)
          .note("accelerators can be added to machine types of Compute Engine only: n1-standard-8");
    else if (is_machine(asked.machine, asked.vertex))
      report_pair(asked, report);
  }
}

extern constinit const Rule accelerator_machine_mismatch = {
    .name = "accelerator-machine-mismatch",
    .severity = Severity::error,
    .summary =
        "a machine type is asked for with an accelerator, or a number of them, it cannot have",
    .explanation = R"(
GPUs can be added to machines of the family n1 only, in numbers that go with the number of CPUs; a2,
a3, a4, g2 and g4 machines come with their own; e2, n2, c2 and m1 take none. gcloud checks none of
it, and the service answers `Accelerator "..." is not supported for machine type "..."`.

The table is of July 2026. Whether a region has the accelerator is not looked at.

Source: [Configure compute resources](https://docs.cloud.google.com/gemini-enterprise-agent-platform/machine-learning/training/configure-compute).
)",
    .bad = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec:
    machineType: e2-standard-8
    acceleratorType: NVIDIA_TESLA_T4
    acceleratorCount: 1
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
    machineType: n1-standard-8
    acceleratorType: NVIDIA_TESLA_T4
    acceleratorCount: 1
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
