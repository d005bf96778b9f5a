#pragma once

#include <vector>

#include "lint/finding/finding.h"

namespace trainlint {

// Of the findings that a rule has in one file the first ones are enough: nobody reads the others,
// and a file can be made to have a million. The last one that is kept says how many were dropped.
// Takes findings in order.
inline constexpr size_t most_in_a_file = 500;
void drop_repeated(std::vector<Finding>& findings);

}  // namespace trainlint
