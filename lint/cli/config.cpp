#include "lint/config/config.h"

#include <fmt/format.h>

#include <filesystem>

#include "lint/cli/commands.h"
#include "lint/cli/sources.h"
#include "lint/cli/terminal.h"
#include "lint/report/report.h"
#include "lint/rule/import_failure.h"

namespace trainlint {

namespace fs = std::filesystem;

// A basic string of TOML.
static std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    auto value = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result += fmt::format("\\{}", c);
    else if (value < 0x20 || value == 0x7F)
      result += fmt::format("\\u{:04X}", value);
    else
      result += c;
  }
  return result + '"';
}

static std::string list_text(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + toml_string(word);
  return "[" + text + "]";
}

static std::string value_text(const Key& key, const Setting& setting) {
  switch (key.type) {
    case KeyType::boolean:
      return setting.words.front();
    case KeyType::text:
    case KeyType::choice:
      return toml_string(setting.words.front());
    case KeyType::texts:
    case KeyType::names:
      return list_text(setting.words);
    case KeyType::severities:
    case KeyType::name_tables:
    case KeyType::text_tables:
    case KeyType::text_values:
      break;
  }
  std::string text;
  for (const auto& [name, words] : setting.table) {
    bool one = key.type == KeyType::severities || key.type == KeyType::text_values;
    text += fmt::format("{} {} = {}", text.empty() ? "" : ",", toml_string(name),
                        one ? toml_string(words.front()) : list_text(words));
  }
  return "{" + text + " }";
}

// TOML that could stand in a file, each line with the source that decides.
static std::string shown(const Config& config) {
  std::string text;
  for (const Key& key : all_keys()) {
    const Setting* setting = config.find(key.name);
    Setting standard{.key = &key, .words = {std::string(key.standard)}, .source = "default"};
    if (!setting && key.standard.empty())
      text += fmt::format("# {} is not set\n", key.name);
    else
      text +=
          fmt::format("{} = {}  # {}\n", key.name, value_text(key, setting ? *setting : standard),
                      setting ? setting->source : standard.source);
  }
  return text;
}

static int show(const Options& options) {
  Result<Sources> sources = read_sources(options);
  if (!sources) {
    complain(sources.error());
    return 2;
  }
  std::error_code error;
  fs::path path = fs::weakly_canonical(options.paths.front(), error);
  if (error || !fs::exists(path, error)) {
    complain(fmt::format("'{}' does not exist", options.paths.front()));
    return 2;
  }
  // An empty tree in the folder: the search goes upwards from there.
  fs::path inside = fs::is_directory(path, error) ? path / "tree" : path;
  Config config = config_for(*memory_tree({}), "", inside.generic_string(), *sources);
  int status = 0;
  if (config.file && !config.file->faults.empty()) {
    for (const SettingFault& fault : config.file->faults) complain(fault.message);
    status = 2;
  }
  return print(shown(config), status);
}

int configuration(const Options& options) {
  if (options.stage == "schema") return print(config_schema(), 0);
  if (options.stage == "show") return show(options);
  std::optional<std::string> near = nearest_name(options.stage, {"show", "schema"});
  complain(fmt::format("there is no 'config {}'; {}", options.stage,
                       near ? fmt::format("did you mean 'config {}'?", *near)
                            : "there are 'config show' and 'config schema'"));
  return 2;
}

}  // namespace trainlint
