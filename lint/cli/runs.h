#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lint/cli/options.h"
#include "lint/pipeline.h"

namespace trainlint {

// The packages that paths on the command line stand for, each linted once.
struct Runs {
  std::vector<std::unique_ptr<SourceTree>> trees;  // what the runs' own trees are parts of
  std::vector<Run> runs;                           // in the order of the paths
  std::vector<std::string> warnings;               // paths in which there was nothing to lint
};

// Fails for a path that does not exist or cannot be read.
Result<Runs> lint_paths(const Options& options, std::span<const RuleEntry> rules);

}  // namespace trainlint
