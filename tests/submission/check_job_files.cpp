// What trainlint says of job files: one JSON object {"kind": "training", "text": "..."} a line in,
// one line out: {"keys": [...], "types": [...], "words": [...]}, the names of the fields at fault,
// or
// {"error": "..."} for what is no YAML.
#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

#include "lint/rule/job_fields.h"

static nlohmann::json answer(const nlohmann::json& question) {
  using namespace trainlint;
  JobFile file{.path = "job.yaml", .text = question["text"].get<std::string>()};
  const std::string kind = question["kind"];
  file.kind = kind == "training"     ? JobKind::training
              : kind == "custom_job" ? JobKind::custom_job
                                     : JobKind::hp_tuning;
  Result<JobValue> root = read_job_values(file.text);
  if (!root) return {{"error", root.error()}};
  file.root = std::move(*root);
  nlohmann::json found = {{"keys", nlohmann::json::array()},
                          {"types", nlohmann::json::array()},
                          {"words", nlohmann::json::array()}};
  static constexpr const char* names[] = {"keys", "types", "words"};
  for (const JobFault& fault : job_faults(file))
    found[names[static_cast<size_t>(fault.kind)]].push_back(fault.key);
  return found;
}

int main() {
  for (std::string line; std::getline(std::cin, line);)
    std::cout << answer(nlohmann::json::parse(line)).dump() << "\n";
}
