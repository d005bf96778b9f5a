#include "lint/rule/repeated.h"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>

namespace trainlint {

void drop_repeated(std::vector<Finding>& findings) {
  if (findings.size() <= most_in_a_file) return;
  struct Kept {
    size_t last = 0;  // its index
    size_t count = 0;
  };
  std::map<std::pair<std::string_view, std::string>, Kept> by_rule;
  size_t next = 0;
  for (size_t i = 0; i < findings.size(); ++i) {
    Kept& kept = by_rule[{findings[i].rule, findings[i].place.path}];
    if (++kept.count > most_in_a_file) continue;
    kept.last = next;
    if (next != i) findings[next] = std::move(findings[i]);
    ++next;
  }
  findings.resize(next);
  for (const auto& [key, kept] : by_rule)
    if (kept.count > most_in_a_file)
      findings[kept.last].notes.push_back(
          {fmt::format("{} more of this kind in the file are not listed",
                       kept.count - most_in_a_file),
           std::nullopt});
}

}  // namespace trainlint
