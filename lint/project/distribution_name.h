#pragma once

#include <string>
#include <string_view>

namespace trainlint {

// How packaging tools compare and spell the names of distributions ("my.Trainer_x").

// PEP 503: lower case, runs of '-', '_' and '.' become one '-'. Two names are the same project if
// and only if these are equal.
std::string canonical_name(std::string_view name);

// What PEP 508 allows: ASCII letters, digits, '-', '_', '.'; the first and last a letter or digit.
bool is_valid_distribution_name(std::string_view name);

// setuptools' safe_name(): runs of everything but letters, digits and '.' become one '-'.
std::string safe_name(std::string_view name);

// The name as it stands in the file names of wheels and of sdists after PEP 625: canonical, with
// '_' for '-': "my_trainer_x".
std::string file_name_part(std::string_view name);

}  // namespace trainlint
