#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lint/config/config_file.h"
#include "lint/finding/finding.h"
#include "lint/launch/launch.h"
#include "lint/rule/rule.h"

namespace trainlint {

// What is in force for one package.
struct Config {
  std::vector<Setting> settings;  // by key, each from the source that decides
  std::optional<ConfigFile> file;
  std::string file_path;  // the file as seen from the package's root: "../trainlint.toml"
  std::string
      prefix;  // the package's root as seen from the file's folder: "jobs/a/"; "" for itself

  const Setting* find(std::string_view key) const;
  bool is_true(std::string_view key) const;
  std::string text(std::string_view key) const;  // "" when nothing is said
};

// Where settings come from besides files; both may be empty.
struct Sources {
  Layer flags, environment;
  std::optional<ConfigFile> given;  // --config: instead of the nearest
  bool isolated = false;            // --no-config
};

// A later layer goes over an earlier one. Tables are joined entry by entry, lists replaced.
std::vector<Setting> merged(std::span<const Layer* const> layers);

// For the package in `folder` of a tree. `on_disk` is the canonical path of what was opened, above
// which to look on; "" when it is nowhere.
Config config_for(const SourceTree& tree, const std::string& folder, const std::string& on_disk,
                  const Sources& sources);

// What the rules get to know of it, with places below (or "../" above) the package's root.
Settings settings_for_rules(const Config& config);

// Folders below the package's root that the settings of these names say, as seen from it.
std::vector<std::string> source_folders(const Config& config);
std::string package_path(const Config& config);  // "" for none

// Launch options with what the configuration adds to them.
LaunchOptions launch_options(const Config& config, LaunchOptions options);

std::vector<RuleEntry> selected_rules(const Config& config, std::span<const RuleEntry> rules);

// Sets severities, and drops what the configuration ignores in some files. What is wrong in the
// configuration itself always stays.
void apply_config(const Config& config, std::vector<Finding>& findings);

// Whether the package, by its folder below the root, is not to be linted.
bool excluded(const Config& config, const std::string& package_folder);

Severity fail_on(const Config& config);

// TRAINLINT_SELECT and the like. `value_of` gives a variable's value or null.
Result<Layer> environment_layer(const char* (*value_of)(const char* name));

// A message for each variable of an environment ("NAME=value", ended by null) whose name is nearly
// that of a setting. Other names that begin with TRAINLINT_ are people's own, such as a version.
std::vector<std::string> misspelt_variables(const char* const* environment);

// A setting given as text, in which commas part a list, and "name=severity" is an entry of a table.
Result<Setting> parse_setting(const Key& key, const std::string& text, std::string source);

}  // namespace trainlint
