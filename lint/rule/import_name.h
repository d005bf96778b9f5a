#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trainlint {

// How to import what a distribution on PyPI installs, by its name there: "scikit-learn" ->
// {"sklearn"}. For names that the table does not have it is the name itself, with '_' for '-'.
std::vector<std::string> import_names_of(std::string_view distribution);

// Whether some runtime version of AI Platform or prebuilt image of Vertex AI has the distribution,
// or may have it as far as their published lists tell.
bool may_be_preinstalled(std::string_view distribution);

}  // namespace trainlint
