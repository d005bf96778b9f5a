#include <algorithm>
#include <array>

#include "lint/launch/job/find.h"
#include "lint/rule/job_fields.h"
#include "rules/facts/machines.h"

namespace trainlint {

namespace {

constexpr auto roles = std::to_array<std::string_view>({"worker", "parameterServer", "evaluator"});

bool is_legacy(std::string_view machine) {
  const auto& names = facts::machines::legacy;
  return std::find(names.begin(), names.end(), machine) != names.end();
}

// A command may add machines to those of the file, and all its flags are not always seen.
bool flags_may_add(const Package& package, const JobFile& file, std::string_view flag) {
  if (file.binding != JobBinding::command) return file.binding == JobBinding::folder;
  return std::any_of(package.launch.commands.begin(), package.launch.commands.end(),
                     [&](const ScriptCommand& script) {
                       return script.command.value_of("--config") != nullptr &&
                              (script.command.open || script.command.value_of(flag) != nullptr);
                     });
}

// A command that names the file and gives the machine itself: its flags are put into the job.
bool flags_give(const Package& package, const JobFile& file, std::string_view flag) {
  const std::vector<ScriptCommand>& commands = package.launch.commands;
  return std::any_of(commands.begin(), commands.end(), [&](const ScriptCommand& script) {
    return !is_bound_by_place(file, {script}) && script.command.value_of(flag) != nullptr;
  });
}

void check_master(const Package& package, const JobFile& file, const JobValue& input,
                  const JobValue& tier, Report& report) {
  if (input.find("masterType") != nullptr || input.find("master_type") != nullptr) return;
  if (flags_give(package, file, "--master-machine-type")) return;
  Report::Added added = report({file.path, tier.span},
                               "scaleTier is CUSTOM, and no masterType is given: the service "
                               "refuses the job");
  added.note("gcloud itself looks only at its flags: --scale-tier and --master-machine-type");
  if (flags_may_add(package, file, "--master-machine-type")) added.severity(Severity::warning);
}

void check_counts(const Package& package, const JobFile& file, const JobValue& input,
                  std::string_view tier, Report& report) {
  for (std::string_view role : roles) {
    const JobValue* count = input.find(fmt::format("{}Count", role));
    std::optional<double> number = job_number(count);
    if (!number || *number <= 0) continue;
    const Place place{file.path, count->span};
    if (!tier.empty() && tier != "CUSTOM") {
      Report::Added added = report(
          place,
          "{}Count goes with scaleTier CUSTOM only, and it is {}: the service refuses the job",
          role, tier);
      if (flags_may_add(package, file, "--scale-tier")) added.severity(Severity::warning);
    } else if (const std::string flag = fmt::format(
                   "--{}-machine-type", role == "worker" ? "worker" : "parameter-server");
               input.find(fmt::format("{}Type", role)) == nullptr &&
               !flags_give(package, file, flag)) {
      Report::Added added =
          report(place, "{0}Count is given without {0}Type: the service refuses the job", role);
      if (flags_may_add(package, file, flag)) added.severity(Severity::warning);
    }
  }
}

void check_families(const JobFile& file, const JobValue& input, Report& report) {
  const std::string* master = job_text(input.find("masterType"));
  if (master == nullptr) return;
  for (std::string_view role : roles) {
    const JobValue* value = input.find(fmt::format("{}Type", role));
    const std::string* machine = job_text(value);
    if (machine == nullptr || *machine == "cloud_tpu" || *master == "cloud_tpu" ||
        is_legacy(*machine) == is_legacy(*master))
      continue;
    report({file.path, value->span},
           "'{}' and the master's '{}' are of two kinds of machine types: the service refuses the "
           "job",
           *machine, *master)
        .note(
            "all are AI Platform's own (standard_gpu) or all are Compute Engine's (n1-standard-8)");
  }
}

bool is_custom(std::string word) {
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return word == "custom";
}

void check_flags(const ScriptCommand& script, Report& report) {
  const GcloudCommand& command = script.command;
  const CommandWord* tier = command.value_of("--scale-tier");
  if (command.kind != GcloudKind::submit_training || command.open || !command.faults.empty() ||
      tier == nullptr || !tier->known() || !is_custom(tier->text) ||
      command.value_of("--master-machine-type") != nullptr)
    return;
  report({script.path, tier->span},
         "gcloud refuses the command: --master-machine-type is required with --scale-tier custom")
      .note("a masterType in the file of --config does not count");
}

void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files) {
    const JobValue* input =
        file.kind == JobKind::training ? file.root.find("trainingInput") : nullptr;
    if (input == nullptr || input->shape != JobShape::mapping) continue;
    const JobValue* tier = input->find("scaleTier");
    const std::string* text = job_text(tier);
    if (text != nullptr && *text == "CUSTOM") check_master(package, file, *input, *tier, report);
    check_counts(package, file, *input, text ? *text : "", report);
    check_families(file, *input, report);
  }
  for (const ScriptCommand& script : package.launch.commands) check_flags(script, report);
}

}  // namespace

extern constinit const Rule scale_tier_inconsistent = {
    .name = "scale-tier-inconsistent",
    .severity = Severity::error,
    .summary = "the scale tier and the machines of an AI Platform job do not go together",
    .explanation = R"(
`scaleTier: CUSTOM` wants a `masterType`, and a type for every role that has a count; counts go with no
other tier; the types are all AI Platform's own or all Compute Engine's. The service refuses the rest.
gcloud checks one thing only, and only its flags: `--scale-tier custom` without
`--master-machine-type` is refused even where the file of `--config` has a masterType.

Where flags of a command may add what the file lacks, it is a warning.

Source: [TrainingInput](https://cloud.google.com/ai-platform/training/docs/reference/rest/v1/projects.jobs#traininginput).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --config config.yaml \
  --module-name trainer.task --package-path trainer --staging-bucket gs://my-bucket
-- config.yaml --
trainingInput:
  scaleTier: CUSTOM
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- config.yaml --
trainingInput:
  scaleTier: CUSTOM
  masterType: n1-standard-8
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
