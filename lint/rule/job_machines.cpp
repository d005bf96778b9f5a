#include "lint/rule/job_machines.h"

#include <algorithm>

#include "lint/launch/gcloud.h"
#include "lint/rule/job_fields.h"
#include "rules/facts/job_fields.h"

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
  for (const JobValue* pool : worker_pools(file)) {
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

// "type=nvidia-tesla-k80,count=1" by key.
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

void add_pool_flags(const ScriptCommand& script, std::vector<AskedMachine>& machines) {
  for (const GcloudFlag& flag : script.command.flags) {
    if (flag.name != "--worker-pool-spec" || !flag.value) continue;
    const Place place{script.path, flag.value->span};
    AskedMachine asked{.vertex = true, .machine_place = place, .accelerator_place = place};
    for (const auto& [key, value] : known_pool_values(*flag.value)) {
      if (key == "machine-type") asked.machine = value;
      if (key == "accelerator-type") asked.accelerator = value;
      if (key == "accelerator-count") asked.count = value;
    }
    // Of one that gcloud does not know, worker-pool-spec-invalid tells.
    asked.has_accelerator = is_pool_accelerator(asked.accelerator);
    machines.push_back(std::move(asked));
  }
}

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> known_pool_values(
    const CommandWord& word) {
  std::vector<std::pair<std::string_view, std::string_view>> values;
  const std::string_view text = word.text;
  // What a command prints may have commas of its own, where it is written as well.
  const bool nested = !word.known() && text.find_first_of("(`") != text.npos;
  for (std::string_view part : gcloud_list(text)) {
    const size_t begin = static_cast<size_t>(part.data() - text.data()), equals = part.find('=');
    const bool before = word.known() || begin + part.size() <= word.unknown_from;
    if (!before && (nested || part.find_first_of("${}%") != part.npos)) continue;
    if (equals != part.npos) values.emplace_back(part.substr(0, equals), part.substr(equals + 1));
  }
  return values;
}

bool is_pool_accelerator(std::string_view name) {
  if (!name.starts_with("NVIDIA") && !name.starts_with("TPU")) return false;
  for (const facts::job_fields::Enumeration& one : facts::job_fields::enumerations)
    if (one.name == "vertex.MachineSpec.acceleratorType")
      return std::find(one.values.begin(), one.values.end(), name) != one.values.end();
  return false;
}

std::vector<AskedMachine> asked_machines(const Package& package) {
  std::vector<AskedMachine> machines;
  for (const JobFile& file : package.launch.job_files) {
    if (file.kind == JobKind::training)
      add_training(file, machines);
    else
      add_pools(file, machines);
  }
  for (const ScriptCommand& script : package.launch.commands) {
    if (!script.command.faults.empty()) continue;
    if (script.command.kind == GcloudKind::submit_training) add_training_flags(script, machines);
    if (script.command.kind == GcloudKind::custom_job) add_pool_flags(script, machines);
  }
  return machines;
}

}  // namespace trainlint
