#pragma once

#include <span>
#include <vector>

#include "lint/finding/finding.h"
#include "lint/rule/package.h"
#include "lint/rule/rule.h"

namespace trainlint {

// Drops the findings that a comment suppresses. When the rule "unused-suppression" is among
// `rules`, adds a finding for every name in such a comment that suppressed nothing, though its rule
// was run. Gives back the places of the names that did suppress something: who lints several
// packages with files in common must drop the findings about them.
std::vector<Place> apply_suppressions(const Package& package, std::span<const RuleEntry> rules,
                                      std::vector<Finding>& findings);

// The comments in the package's Python files and metadata, for `Package::suppressions`.
std::vector<Suppression> find_suppressions(const Package& package);

}  // namespace trainlint
