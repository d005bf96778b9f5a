#pragma once

#include <span>
#include <string>
#include <vector>

#include "lint/pipeline.h"

namespace trainlint {

// Packages that are built in one folder have files in common, and so do the entry modules of one
// package: what is found twice is said once.

// Drops what an earlier run has said: about the same root, or about a configuration file that
// several packages share.
void drop_known(Run& run, std::span<const Run> earlier);

// Whether `chosen` has all of the packages found that are built in `root`.
bool has_whole_root(const std::vector<PackageRoot>& found, const std::vector<PackageRoot>& chosen,
                    const std::string& root);

// Drops findings about comments that suppress nothing in one run and something in another, or that
// may do so in a package that is not linted.
void drop_used_elsewhere(std::span<Run> runs);

}  // namespace trainlint
