#include <utility>

#include "lint/rule/rule.h"

namespace trainlint {

Report::Added Report::add(Place place, std::string message) {
  Finding finding;
  finding.rule = rule_.name;
  finding.group = group_;
  finding.severity = rule_.severity;
  finding.place = std::move(place);
  finding.message = std::move(message);
  return Added(findings_.emplace_back(std::move(finding)));
}

std::vector<Finding> run_rules(const Package& package, std::span<const RuleEntry> rules) {
  std::vector<Finding> findings;
  for (const RuleEntry& entry : rules) {
    Report report(*entry.rule, entry.group, findings);
    entry.rule->check(package, report);
  }
  put_in_order(findings);
  return findings;
}

}  // namespace trainlint
