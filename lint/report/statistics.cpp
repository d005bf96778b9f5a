#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "lint/report/files.h"
#include "lint/report/printable.h"
#include "lint/report/report.h"

namespace trainlint {

std::string statistics(std::span<const Run> runs) {
  std::map<std::string_view, size_t> counts;
  for (const Run& run : runs)
    for (const Finding& finding : run.findings) ++counts[finding.rule];
  std::vector<std::pair<std::string_view, size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& left, const auto& right) { return left.second > right.second; });
  std::string text;
  for (const auto& [rule, count] : sorted) text += fmt::format("{:>6}  {}\n", count, rule);
  return text;
}

std::string list_files(std::span<const Run> runs) {
  std::set<std::string> files;
  for (const Run& run : runs)
    for (const Module& module : run.package.modules)
      files.insert(printable(shown_path(run.package.root, module.path)));
  std::string text;
  for (const std::string& file : files) text += file + "\n";
  return text;
}

}  // namespace trainlint
