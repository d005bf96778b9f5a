#include "lint/rule/replicas.h"

#include <charconv>
#include <optional>

#include "lint/launch/gcloud.h"
#include "lint/rule/job_fields.h"

namespace trainlint {

namespace {

std::optional<int64_t> count_of(std::string_view text) {
  int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return count;
}

bool is_tpu(std::string_view text) {
  return text.find("tpu") != text.npos || text.find("TPU") != text.npos;
}

void add_training(const JobFile& file, std::vector<AskedWorkers>& asked) {
  const JobValue* input = file.root.find("trainingInput");
  const JobValue* value = input == nullptr ? nullptr : input->find("workerCount");
  const std::optional<double> count = job_number(value);
  if (value != nullptr && count && *count >= 1)
    asked.push_back({{file.path, value->span}, static_cast<int64_t>(*count)});
}

// The first pool is the first replica, the second the workers; then come servers of other kinds.
void add_pools(const JobFile& file, std::vector<AskedWorkers>& asked) {
  const std::vector<const JobValue*> pools = worker_pools(file);
  if (pools.size() < 2) return;
  const JobValue* value = pools[1]->find("replicaCount");
  const std::optional<double> count = job_number(value);
  if (value != nullptr && count && *count >= 1)
    asked.push_back({{file.path, value->span}, static_cast<int64_t>(*count)});
}

void add_command(const ScriptCommand& script, std::vector<AskedWorkers>& asked) {
  const CommandWord* value = script.command.value_of("--worker-count");
  if (script.command.kind != GcloudKind::submit_training || value == nullptr || !value->known())
    return;
  const std::optional<int64_t> count = count_of(value->text);
  if (count && *count >= 1) asked.push_back({{script.path, value->span}, *count});
}

}  // namespace

std::vector<AskedWorkers> asked_workers(const Package& package) {
  std::vector<AskedWorkers> asked;
  for (const JobFile& file : package.launch.job_files) {
    if (!file.alone || is_tpu(file.text)) continue;
    if (file.kind == JobKind::training)
      add_training(file, asked);
    else
      add_pools(file, asked);
  }
  for (const ScriptCommand& script : package.launch.commands)
    if (script.command.faults.empty()) add_command(script, asked);
  return asked;
}

}  // namespace trainlint
