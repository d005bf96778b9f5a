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
  std::vector<std::shared_ptr<SourceTree>> trees;  // what the runs' own trees are parts of
  std::vector<Run> runs;                           // in the order of the paths
  std::vector<std::string> warnings;               // files that are in no package
  // Why a path could not be linted: it does not exist, cannot be read, or is a folder or archive
  // without a trainer package. The other paths are linted all the same.
  std::vector<std::string> faults;
};

class Progress;

// A setting that is none is a fault, and nothing is linted then. `progress` is told of each
// package.
Runs lint_paths(const Options& options, std::span<const RuleEntry> rules,
                Progress* progress = nullptr);

}  // namespace trainlint
