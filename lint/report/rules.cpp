#include <algorithm>

#include <fmt/format.h>

#include "lint/report/json.h"
#include "lint/report/report.h"

namespace trainlint {

std::string list_rules(bool json) {
  std::span<const RuleEntry> rules = all_rules();
  if (json) return rules_json(rules);
  size_t name_width = 0, group_width = 0;
  for (const RuleEntry& entry : rules) {
    name_width = std::max(name_width, entry.rule->name.size());
    group_width = std::max(group_width, entry.group.size());
  }
  std::string text;
  for (const RuleEntry& entry : rules) {
    text += fmt::format("{:<{}}  {:<{}}  {:<7}  {}\n", entry.rule->name, name_width, entry.group,
                        group_width, to_string(entry.rule->severity), entry.rule->summary);
  }
  return text;
}

}  // namespace trainlint
