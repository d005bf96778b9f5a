#include <fmt/format.h>

#include <algorithm>

#include "lint/config/config.h"
#include "lint/rule/import_failure.h"

namespace trainlint {

static constexpr std::string_view prefix = "TRAINLINT_";

// "fail-on" is TRAINLINT_FAIL_ON.
static std::string variable_of(const Key& key) {
  std::string name(prefix);
  for (char c : key.name) name += c == '-' ? '_' : static_cast<char>(c >= 'a' ? c - 32 : c);
  return name;
}

static Error fault(const std::string& source, std::string message, const std::string& note) {
  if (!note.empty()) message += "; " + note;
  return Error{fmt::format("{}: {}", source, message)};
}

// "circular-import=off": the entries of a table, parted by commas; the names in one by '+'.
static std::optional<Error> read_entry(const Key& key, const std::string& text, Setting& setting) {
  size_t sign = text.rfind('=');
  if (sign == std::string::npos || sign == 0)
    return fault(setting.source, fmt::format("'{}' is not of the form NAME=VALUE", text), "");
  std::string name = text.substr(0, sign), note;
  static const Key rules{.name = "severity", .type = KeyType::names};
  if (key.type == KeyType::severities)
    if (std::string message = word_fault(rules, name, note); !message.empty())
      return fault(setting.source, std::move(message), note);
  // Only a list has several words; "a+b" may be the one of a text.
  const bool one = key.type == KeyType::text_values;
  const std::string value = text.substr(sign + 1);
  for (std::string& word : one ? std::vector<std::string>{value} : split(value, '+')) {
    if (std::string message = word_fault(key, word, note); !message.empty())
      return fault(setting.source, std::move(message), note);
    setting.table[name].push_back(std::move(word));
  }
  return std::nullopt;
}

Result<Setting> parse_setting(const Key& key, const std::string& text, std::string source) {
  Setting setting{.key = &key};
  setting.source = std::move(source);
  if (is_table(key.type)) {
    for (const std::string& part : split(text, ','))
      if (std::optional<Error> error = read_entry(key, part, setting)) return *error;
    return setting;
  }
  setting.words = is_list(key.type) ? split(text, ',') : std::vector<std::string>{text};
  for (const std::string& word : setting.words) {
    std::string note;
    if (std::string message = word_fault(key, word, note); !message.empty())
      return fault(setting.source, std::move(message), note);
  }
  return setting;
}

Result<Layer> environment_layer(const char* (*value_of)(const char* name)) {
  Layer layer;
  for (const Key& key : all_keys()) {
    const std::string name = variable_of(key);
    const char* value = value_of(name.c_str());
    if (!value || !*value) continue;
    Result<Setting> setting = parse_setting(key, value, name);
    if (!setting) return Error{setting.error()};
    layer.push_back(std::move(*setting));
  }
  return layer;
}

std::vector<std::string> misspelt_variables(const char* const* environment) {
  std::vector<std::string> known, messages;
  for (const Key& key : all_keys()) known.push_back(variable_of(key).substr(prefix.size()));
  for (; environment && *environment; ++environment) {
    const std::string_view variable = *environment;
    if (!variable.starts_with(prefix)) continue;
    const std::string name(variable.substr(prefix.size(), variable.find('=') - prefix.size()));
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (std::optional<std::string> near = nearest_name(name, known))
      messages.push_back(
          fmt::format("there is no setting {0}{1}; did you mean {0}{2}?", prefix, name, *near));
  }
  return messages;
}

}  // namespace trainlint
