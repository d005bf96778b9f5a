#pragma once

#include <span>
#include <string>

#include "lint/rule/rule.h"

namespace trainlint {

// The parts of the reports that are JSON; json.cpp is the one file that knows the JSON library.
// Bytes that are not UTF-8 become U+FFFD.
std::string graph_json(const Package& package);
std::string rules_json(std::span<const RuleEntry> rules);

}  // namespace trainlint
