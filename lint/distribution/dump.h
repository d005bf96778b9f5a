#pragma once

#include <string>

#include "lint/distribution/distribution.h"

namespace trainlint {

// What will be on the worker, what is in the sdist only, and what stays behind and why: text for
// people, one file a line.
std::string dump_distribution(const Distribution& distribution);

}  // namespace trainlint
