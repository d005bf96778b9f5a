#pragma once

#include <cstddef>
#include <span>

#include "lint/pipeline.h"

namespace trainlint {

// What the last line of a report counts.
struct Summary {
  size_t packages = 0;
  size_t files = 0;                             // Python files
  size_t errors = 0, warnings = 0, advice = 0;  // findings of each severity
};

Summary summary_of(std::span<const Run> runs);

}  // namespace trainlint
