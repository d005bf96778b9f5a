#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// What a wheel says about itself (PEP 427).

// The folders NAME-VERSION.dist-info at the top; one, in a wheel that pip takes.
std::vector<std::string> dist_info_folders(const SourceTree& tree);

// "trainer-0.1-py3-none-any.whl" -> {"trainer", "0.1", "py3", "none", "any"}; a build number in
// between is left out. Empty for what is no wheel's name.
std::vector<std::string> wheel_name_parts(std::string_view file_name);

}  // namespace trainlint
