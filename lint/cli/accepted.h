#pragma once

#include <optional>
#include <vector>

#include "lint/cli/options.h"
#include "lint/pipeline.h"
#include "lint/report/location.h"

namespace trainlint {

// What the baselines in force have to say about the runs.
struct Accepted {
  int status = 0;  // 1: a baseline could shrink, and --check-baseline was given
  std::vector<std::string> messages;
};

// Takes what is accepted from the runs; with --write-baseline writes the files anew, so that all of
// it is. A baseline that is not there accepts nothing, as long as it is to be written.
Result<Accepted> apply_baselines(std::vector<Run>& runs, const Options& options,
                                 const Surroundings& around);

}  // namespace trainlint
