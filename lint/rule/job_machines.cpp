#include "lint/rule/job_machines.h"

#include <algorithm>

#include "lint/launch/gcloud.h"
#include "lint/rule/job_fields.h"

namespace trainlint {

namespace {

std::string text_of(const JobValue* value) {
  const std::string* text = job_text(value);
  return text == nullptr ? std::string() : *text;
}

Place place_of(const JobFile& file, const JobValue* value) {
  return {file.path, value == nullptr ? Span{} : value->span};
}

void add_training(const JobFile& file, std::vector<AskedMachine>& machines) {
  const JobValue* input = file.root.find("trainingInput");
  if (input == nullptr) return;
  for (const char* role : {"master", "worker", "parameterServer", "evaluator"}) {
    const JobValue* machine = input->find(std::string(role) + "Type");
    const std::string config = std::string(role) + "Config";
    const JobValue* accelerator = input->find({config, "acceleratorConfig"});
    if (machine == nullptr && accelerator == nullptr) continue;
    AskedMachine asked{.machine = text_of(machine), .machine_place = place_of(file, machine)};
    if (accelerator != nullptr) {
      asked.has_accelerator = true;
      asked.accelerator = text_of(accelerator->find("type"));
      asked.accelerator_place = place_of(file, accelerator->find("type"));
      asked.count = text_of(accelerator->find("count"));
    }
    machines.push_back(std::move(asked));
  }
}

void add_pools(const JobFile& file, std::vector<AskedMachine>& machines) {
  const JobValue* pools = file.kind == JobKind::hp_tuning
                              ? file.root.find({"trialJobSpec", "workerPoolSpecs"})
                              : file.root.find("workerPoolSpecs");
  if (pools == nullptr) return;
  for (const JobValue* pool : pools->each()) {
    const JobValue* machine = pool->find("machineSpec");
    if (machine == nullptr) continue;
    const JobValue *type = machine->find("machineType"),
                   *accelerator = machine->find("acceleratorType"),
                   *count = machine->find("acceleratorCount");
    machines.push_back({true, text_of(type), place_of(file, type),
                        accelerator != nullptr || count != nullptr, text_of(accelerator),
                        place_of(file, accelerator ? accelerator : count), text_of(count)});
  }
}

// "type=nvidia-tesla-k80,count=1" and "machine-type=n1-standard-4,..." by key.
std::string part_of(std::string_view value, std::string_view key) {
  for (std::string_view part : gcloud_list(value))
    if (part.starts_with(key) && part.substr(key.size()).starts_with('='))
      return std::string(part.substr(key.size() + 1));
  return {};
}

std::string api_name(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (c == '-') c = '_';
  }
  return text;
}

void add_training_flags(const ScriptCommand& script, std::vector<AskedMachine>& machines) {
  for (const char* role : {"master", "worker", "parameter-server"}) {
    const CommandWord* machine = script.command.value_of(fmt::format("--{}-machine-type", role));
    const CommandWord* accelerator = script.command.value_of(fmt::format("--{}-accelerator", role));
    AskedMachine asked;
    if (machine != nullptr && machine->known()) {
      asked.machine = machine->text;
      asked.machine_place = {script.path, machine->span};
    }
    if (accelerator != nullptr && accelerator->known()) {
      asked.has_accelerator = true;
      asked.accelerator = api_name(part_of(accelerator->text, "type"));
      asked.accelerator_place = {script.path, accelerator->span};
      asked.count = part_of(accelerator->text, "count");
    }
    if (!asked.machine.empty() || asked.has_accelerator) machines.push_back(std::move(asked));
  }
}

}  // namespace

std::vector<AskedMachine> asked_machines(const Package& package) {
  std::vector<AskedMachine> machines;
  for (const JobFile& file : package.launch.job_files) {
    if (file.kind == JobKind::training)
      add_training(file, machines);
    else
      add_pools(file, machines);
  }
  for (const ScriptCommand& script : package.launch.commands)
    if (script.command.kind == GcloudKind::submit_training && script.command.faults.empty())
      add_training_flags(script, machines);
  return machines;
}

}  // namespace trainlint
