#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "lint/cli/commands.h"
#include "lint/cli/terminal.h"
#include "lint/report/report.h"

namespace trainlint {

// How many letters must be put in, taken out or replaced to make one name the other (Levenshtein).
static size_t distance(std::string_view left, std::string_view right) {
  std::vector<size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= left.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= right.size(); ++j) {
      size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

// The rule's name that is nearest to a misspelt one, if any is near.
static std::string_view nearest(std::string_view name) {
  std::string_view best;
  size_t least = name.size() / 2 + 1;
  for (const RuleEntry& entry : all_rules()) {
    bool part = name.size() > 3 && entry.rule->name.find(name) != std::string_view::npos;
    size_t away = part ? 1 : distance(name, entry.rule->name);
    if (away >= least) continue;
    least = away;
    best = entry.rule->name;
  }
  return best;
}

int explain(const Options& options) {
  std::string name = options.rule.substr(0, 100);
  std::replace(name.begin(), name.end(), '_', '-');
  for (const RuleEntry& entry : all_rules())
    if (entry.rule->name == name) return print(explain_rule(entry, use_color(options.color)), 0);
  std::string_view near = nearest(name);
  complain(fmt::format(
      "there is no rule '{}'; {}", options.rule,
      near.empty() ? "'trainlint rules' lists all" : fmt::format("did you mean '{}'?", near)));
  return 2;
}

}  // namespace trainlint
