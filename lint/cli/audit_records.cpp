#include "lint/cli/audit_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "lint/cli/output.h"

namespace trainlint {

using nlohmann::json;

// Null for a line that is none of ours.
static json record_of(const std::string& line) {
  json record = json::parse(line, nullptr, false);
  const bool ours = record.is_object() && record.contains("path") && record["path"].is_string() &&
                    record.contains("status") && record["status"].is_number_integer();
  return ours ? record : json();
}

Result<Records> read_records(const std::vector<std::string>& files) {
  Records records;
  for (const std::string& file : files) {
    Result<std::string> text = read_whole_file(file);
    if (!text) return Error{text.error()};
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
      const json record = record_of(line);
      if (record.is_null()) continue;
      std::string& kept = records[record["path"].get<std::string>()];
      kept = std::max(kept, line);
    }
  }
  return records;
}

std::set<std::pair<std::string, std::string>> recorded_contents(const std::string& file,
                                                                const std::string& rules) {
  std::set<std::pair<std::string, std::string>> contents;
  std::ifstream lines(file, std::ios::binary);
  for (std::string line; std::getline(lines, line);) {
    const json record = record_of(line);
    if (record.is_null() || record.value("rules", "") != rules) continue;
    contents.emplace(record["path"].get<std::string>(), record.value("content", ""));
  }
  return contents;
}

std::string summary_of(const Records& records) {
  size_t by_status[3] = {};
  std::map<std::string, std::pair<size_t, size_t>> rules;  // packages, findings
  for (const auto& [path, line] : records) {
    const json record = record_of(line);
    ++by_status[std::clamp(record["status"].get<int>(), 0, 2)];
    std::set<std::string> here;
    for (const json& finding : record.value("findings", json::array())) {
      const std::string rule = finding.value("rule", "");
      ++rules[rule].second;
      if (here.insert(rule).second) ++rules[rule].first;
    }
  }
  std::string text =
      fmt::format("{} audited: {} clean, {} with findings that fail, {} not linted\n",
                  records.size(), by_status[0], by_status[1], by_status[2]);
  using Row = std::pair<std::string, std::pair<size_t, size_t>>;
  std::vector<Row> rows(rules.begin(), rules.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.second > b.second; });
  for (const auto& [rule, count] : rows)
    text += fmt::format("{:8} in {:6}  {}\n", count.second, count.first, rule);
  return text;
}

}  // namespace trainlint
