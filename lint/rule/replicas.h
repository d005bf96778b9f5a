#pragma once

#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// More than one machine for the trainer itself, as a job file or a command asks for it. Parameter
// servers, evaluators and TPUs do not count.
struct AskedWorkers {
  Place place;        // of the count
  int64_t count = 0;  // beside the first replica
};

// In order of files, then of commands.
std::vector<AskedWorkers> asked_workers(const Package& package);

}  // namespace trainlint
