#include "lint/lsp/settings.h"

#include <fmt/format.h>

namespace trainlint {

static std::string joined(const Json& list, char separator) {
  std::string text;
  for (const Json& each : list) {
    if (!each.is_string()) continue;
    if (!text.empty()) text += separator;
    text += each.get<std::string>();
  }
  return text;
}

// In the form that flags have: "a,b", "rule=error", "*.py=imports+source".
static std::string as_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_array()) return joined(value, ',');
  if (!value.is_object()) return value.dump();
  std::string text;
  for (const auto& [name, entry] : value.items())
    text += fmt::format("{}{}={}", text.empty() ? "" : ",", name,
                        entry.is_array() ? joined(entry, '+') : as_text(entry));
  return text;
}

ClientSettings read_client_settings(const Json& json) {
  ClientSettings settings;
  if (!json.is_object()) return settings;
  for (const auto& [name, value] : json.items()) {
    // What editors keep beside the settings of any server.
    if (name == "trace" || name == "path" || value.is_null()) continue;
    const Key* key = find_key(name);
    if (!key) {
      settings.faults.push_back(fmt::format("there is no setting '{}'", name));
      continue;
    }
    Result<Setting> setting = parse_setting(*key, as_text(value), "the editor's settings");
    if (setting)
      settings.layer.push_back(std::move(*setting));
    else
      settings.faults.push_back(setting.error());
  }
  return settings;
}

}  // namespace trainlint
