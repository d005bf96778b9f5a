#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// One machine that a job file or a command asks for, with its accelerators. Texts are as the API
// spells them ("NVIDIA_TESLA_T4"); "" for what is not given or not known.
struct AskedMachine {
  bool vertex = false;
  std::string machine;
  Place machine_place;
  bool has_accelerator = false;  // a type or a count is given
  std::string accelerator;
  Place accelerator_place;
  std::string count;  // as written
};

// In order of files, then of commands.
std::vector<AskedMachine> asked_machines(const Package& package);

// The keys of a --worker-pool-spec whose values are known, in the order of the command. They point
// into `word`.
std::vector<std::pair<std::string_view, std::string_view>> known_pool_values(
    const CommandWord& word);

// Whether gcloud takes it for accelerator-type=, in just this spelling.
bool is_pool_accelerator(std::string_view name);

}  // namespace trainlint
