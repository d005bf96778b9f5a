#pragma once

#include <string>

namespace trainlint {

// "trainlint 0.1.0 (1a2b3c4d5e6f)", then a line for each table of facts with its date.
std::string version_text();

}  // namespace trainlint
