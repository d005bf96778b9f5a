#pragma once

#include <string>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// What each module of a package is for, told from what it calls and defines.

enum class Duty : uint8_t {
  command_line,
  data_input,
  features,
  model,
  training_loop,
  evaluation,
  model_export,
  serving_signature,
  tuning_report,
  checkpoints,
  distribution_strategy,
};
inline constexpr size_t duty_count = 11;
std::string_view to_string(Duty duty);

struct Fulfilled {
  Duty duty;
  Place place;       // the call or definition that says so
  std::string what;  // "tf.data.Dataset.list_files"
};

// The first sign of each duty in each module that the job imports, in order of duties and modules.
std::vector<Fulfilled> roles_of(const Package& package);

// One line a duty and module: where it is fulfilled, or "nowhere found".
std::string dump_roles(const Package& package);

}  // namespace trainlint
