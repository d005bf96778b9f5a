#include "lint/config/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "lint/config/glob.h"
#include "lint/python/known_pythons.h"
#include "lint/text/path.h"

namespace trainlint {

namespace fs = std::filesystem;

const Setting* Config::find(std::string_view key) const {
  for (const Setting& setting : settings)
    if (setting.key->name == key) return &setting;
  return nullptr;
}

std::string Config::text(std::string_view key) const {
  const Setting* setting = find(key);
  return setting && !setting->words.empty() ? setting->words.front() : "";
}

bool Config::is_true(std::string_view key) const {
  return text(key) == "true";
}

std::vector<Setting> merged(std::span<const Layer* const> layers) {
  std::vector<Setting> all;
  for (const Key& key : all_keys()) {
    Setting result;
    for (const Layer* layer : layers) {
      for (const Setting& setting : *layer) {
        if (setting.key != &key) continue;
        auto earlier = std::move(result.table);
        auto spans = std::move(result.spans);
        bool joined = !earlier.empty() && result.source != setting.source;
        std::string source = joined ? result.source + ", " + setting.source : setting.source;
        result = setting;
        result.source = std::move(source);
        std::erase_if(spans, [&](const auto& each) { return setting.table.contains(each.first); });
        result.table.merge(earlier);  // the entries that the later one does not have
        result.spans.merge(spans);
      }
    }
    if (result.key) all.push_back(std::move(result));
  }
  return all;
}

// A folder of the tree, and the one that holds the file, as paths of the same kind.
struct Folders {
  fs::path package, file;
};

static Folders folders_of(const ConfigFile& file, const std::string& folder,
                          const std::string& on_disk) {
  if (file.above) return {fs::path(join_path(on_disk, folder)), fs::path(file.folder)};
  return {fs::path("/" + folder), fs::path("/" + file.folder)};
}

static std::string seen_from(const fs::path& path, const fs::path& from) {
  std::string text =
      path.lexically_normal().lexically_relative(from.lexically_normal()).generic_string();
  while (text.ends_with('/')) text.pop_back();
  return text == "." ? "" : text;
}

Config config_for(const SourceTree& tree, const std::string& folder, const std::string& on_disk,
                  const Sources& sources) {
  Config config;
  if (sources.given) {
    config.file = sources.given;
  } else if (!sources.isolated) {
    config.file = config_in(tree, folder, on_disk);
    fs::path parent = fs::path(on_disk).parent_path();
    if (!config.file && parent.is_absolute()) config.file = config_above(parent.generic_string());
  }
  std::vector<const Layer*> layers;
  if (config.file) {
    layers.push_back(&config.file->settings);
    Folders folders = folders_of(*config.file, folder, on_disk);
    config.file_path = seen_from(folders.file / config.file->name, folders.package);
    std::string below = seen_from(folders.package, folders.file);
    if (!below.empty() && !below.starts_with("..")) config.prefix = below + "/";
  }
  layers.push_back(&sources.environment);
  layers.push_back(&sources.flags);
  config.settings = merged(layers);
  return config;
}

static std::optional<Place> place_of(const Config& config, const Setting& setting,
                                     const std::string& entry) {
  auto span = setting.spans.find(entry);
  if (span == setting.spans.end() || !config.file) return std::nullopt;
  return Place{config.file_path, span->second};
}

Settings settings_for_rules(const Config& config) {
  Settings settings;
  settings.require_reason = config.is_true("require-reason");
  if (const Setting* layers = config.find("layers"))
    for (const auto& [name, words] : layers->table)
      settings.layers.push_back({name, words, place_of(config, *layers, name)});
  if (const Setting* buckets = config.find("bucket-locations"))
    for (const auto& [name, words] : buckets->table)
      settings.bucket_locations.push_back({name, words.front(), place_of(config, *buckets, name)});
  if (const Setting* preinstalled = config.find("preinstalled"))
    settings.preinstalled = preinstalled->words;
  if (!config.file) return settings;
  settings.faults = config.file->faults;
  for (SettingFault& fault : settings.faults) fault.place.path = config.file_path;
  return settings;
}

// A folder that a setting names from the configuration's own folder, as seen from the package's
// root; nullopt for one outside of it.
static std::optional<std::string> below_root(const Config& config, const std::string& folder) {
  const std::string path =
      seen_from(fs::path("/") / folder, fs::path("/" + (config.file ? config.prefix : "")));
  if (path == ".." || path.starts_with("../")) return std::nullopt;
  return path;
}

std::vector<std::string> source_folders(const Config& config) {
  std::vector<std::string> folders;
  if (const Setting* setting = config.find("source-folders"))
    for (const std::string& word : setting->words)
      if (std::optional<std::string> folder = below_root(config, word)) folders.push_back(*folder);
  return folders;
}

std::string package_path(const Config& config) {
  const std::string word = config.text("package-path");
  return word.empty() ? "" : below_root(config, word).value_or("");
}

LaunchOptions launch_options(const Config& config, LaunchOptions options) {
  auto add = [&](const char* key, std::string& value) {
    if (value.empty()) value = config.text(key);
  };
  add("module-name", options.module_name);
  add("runtime-version", options.runtime_version);
  add("image-uri", options.image_uri);
  std::string version = config.text("python-version");
  if (!options.python_version && !version.empty()) {
    options.python_version = parse_python_version(version);
    if (options.python_version && !is_known_python(*options.python_version))
      options.python_version.reset();  // reported as a fault of the configuration
  }
  return options;
}

static bool names(const Setting* setting, std::string_view name) {
  return setting &&
         std::find(setting->words.begin(), setting->words.end(), name) != setting->words.end();
}

// The word of a severity table for a rule: its own before its group's.
static std::string_view severity_word(const Setting* severity, std::string_view rule,
                                      std::string_view group) {
  if (!severity) return "";
  for (std::string_view name : {rule, group}) {
    auto found = severity->table.find(std::string(name));
    if (found != severity->table.end() && !found->second.empty()) return found->second.front();
  }
  return "";
}

// A rule's own name says more than its group's.
static bool is_selected(const Config& config, std::string_view rule, std::string_view group) {
  const Setting *select = config.find("select"), *ignore = config.find("ignore");
  if (severity_word(config.find("severity"), rule, group) == "off") return false;
  if (names(ignore, rule)) return false;
  if (names(select, rule)) return true;
  if (names(ignore, group)) return false;
  return !select || select->words.empty() || names(select, group);
}

static constexpr std::string_view always = "invalid-configuration";

std::vector<RuleEntry> selected_rules(const Config& config, std::span<const RuleEntry> rules) {
  std::vector<RuleEntry> selected;
  for (const RuleEntry& entry : rules)
    if (entry.rule->name == always || is_selected(config, entry.rule->name, entry.group))
      selected.push_back(entry);
  return selected;
}

static bool ignored_in_file(const Setting& ignores, const std::string& path,
                            const Finding& finding) {
  for (const auto& [pattern, dropped] : ignores.table) {
    bool named = std::any_of(dropped.begin(), dropped.end(), [&](const std::string& name) {
      return name == finding.rule || name == finding.group;
    });
    if (named && ignore_match(pattern, path)) return true;
  }
  return false;
}

void apply_config(const Config& config, std::vector<Finding>& findings) {
  const Setting *severity = config.find("severity"), *ignores = config.find("per-file-ignores");
  if (severity) {
    for (Finding& finding : findings) {
      std::string_view word = severity_word(severity, finding.rule, finding.group);
      if (finding.rule == always) continue;
      for (Severity each : {Severity::advice, Severity::warning, Severity::error})
        if (word == to_string(each)) finding.severity = each;
    }
  }
  if (!ignores) return;
  auto dropped = [&](const Finding& finding) {
    return finding.rule != always &&
           ignored_in_file(*ignores, config.prefix + finding.place.path, finding);
  };
  findings.erase(std::remove_if(findings.begin(), findings.end(), dropped), findings.end());
}

bool excluded(const Config& config, const std::string& package_folder) {
  const Setting* exclude = config.find("exclude");
  if (!exclude) return false;
  // A pattern with a slash at its end is about folders, which a file in the package is in.
  std::string file = config.prefix + package_folder + "/x";
  std::string_view folder = std::string_view(file).substr(0, file.size() - 2);
  return std::any_of(exclude->words.begin(), exclude->words.end(), [&](const std::string& pattern) {
    return ignore_match(pattern, folder) || (pattern.ends_with('/') && ignore_match(pattern, file));
  });
}

Severity fail_on(const Config& config) {
  std::string word = config.text("fail-on");
  for (Severity each : {Severity::advice, Severity::warning})
    if (word == to_string(each)) return each;
  return Severity::error;
}

}  // namespace trainlint
