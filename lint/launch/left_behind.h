#pragma once

#include <string_view>

#include "lint/distribution/distribution.h"
#include "lint/launch/launch.h"

namespace trainlint {

// Is a Python file of the folder sure to have no part in the job: neither packed, nor installed,
// nor in the package's folder, nor the build's own? What it imports or calls then matters to
// nobody, and it need not be parsed. False where there is doubt.
bool stays_behind(std::string_view path, const Distribution& distribution, const Launch& launch);

}  // namespace trainlint
