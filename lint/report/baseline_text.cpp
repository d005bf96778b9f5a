#include "lint/report/baseline.h"
#include "lint/report/json_parts.h"

namespace trainlint {

// One entry a line, in order, so that two branches can be merged and a difference be read.
std::string baseline_text(const Baseline& baseline) {
  std::string text = "{\"version\": 1, \"findings\": [";
  const char* separator = "\n";
  for (const auto& [key, count] : baseline.counts) {
    Json entry = {{"path", key.path}, {"rule", key.rule}, {"symbol", key.symbol}};
    if (count > 1) entry["count"] = count;
    text += separator;
    std::string line = written_on_one_line(entry);
    text.append(line, 0, line.size() - 1);
    separator = ",\n";
  }
  return text + "\n]}\n";
}

static bool is_text(const Json& entry, const char* name) {
  return entry.contains(name) && entry[name].is_string();
}

Result<Baseline> parse_baseline(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("findings") || !json["findings"].is_array())
    return Error{"this is no baseline"};
  if (!json.contains("version") || json["version"] != 1)
    return Error{"this baseline is of another version"};
  Baseline baseline;
  for (const Json& entry : json["findings"]) {
    if (!entry.is_object() || !is_text(entry, "path") || !is_text(entry, "rule") ||
        !is_text(entry, "symbol"))
      return Error{"an entry has no path, rule or symbol"};
    size_t count = 1;
    if (entry.contains("count")) {
      if (!entry["count"].is_number_unsigned()) return Error{"a count is no number"};
      count = entry["count"].get<size_t>();
    }
    if (count == 0) continue;
    baseline.counts[{entry["path"].get<std::string>(), entry["rule"].get<std::string>(),
                     entry["symbol"].get<std::string>()}] += count;
  }
  return baseline;
}

}  // namespace trainlint
