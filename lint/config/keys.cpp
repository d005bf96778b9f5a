#include "lint/config/keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/project/distribution_name.h"
#include "lint/python/known_pythons.h"
#include "lint/python/version.h"
#include "lint/rule/import_failure.h"

namespace trainlint {

static constexpr Key keys[] = {
    {"select", KeyType::names, "", "", "rules and groups to run; all when none is named"},
    {"ignore", KeyType::names, "", "", "rules and groups not to run"},
    {"severity", KeyType::severities, severity_choices, "",
     "severity by rule or group: error, warning, advice or off"},
    {"per-file-ignores", KeyType::name_tables, "", "",
     "by file, as in .gitignore: rules and groups whose findings are dropped there"},
    {"exclude", KeyType::texts, "", "", "packages that are not linted, by folder as in .gitignore"},
    {"require-reason", KeyType::boolean, "", "false", "comments that suppress must say why"},
    {"fail-on", KeyType::choice, "error|warning|advice", "error",
     "least severity that makes the exit status 1"},
    {"baseline", KeyType::text, "", "", "file of findings that are accepted as they are"},
    {"module-name", KeyType::text, "", "", "the entry module, such as trainer.task"},
    {"runtime-version", KeyType::text, "", "", "an AI Platform runtime: 2.11"},
    {"image-uri", KeyType::text, "", "", "the container image of the job"},
    {"python-version", KeyType::text, "", "", "Python on the worker: 3.10"},
    {"package-path", KeyType::text, "", "", "the package; it is built in its parent"},
    {"preinstalled", KeyType::texts, "", "",
     "distributions that the image has besides the known ones"},
    {"source-folders", KeyType::texts, "", "",
     "folders of the project whose modules are on the worker's path besides the package"},
    {"bucket-locations", KeyType::text_values, "", "", "by bucket: the region where it is"},
    {"layers", KeyType::text_tables, "", "",
     "by contract: modules of the package, each of which may import the later ones only"},
    {"route", KeyType::choice, "gcloud-sdist|archive|autopackage|script|container", "",
     "how the code gets to the worker; as the commands and files beside it say when not given"},
};

std::span<const Key> all_keys() {
  return keys;
}

const Key* find_key(std::string_view name) {
  const Key* found = std::find_if(std::begin(keys), std::end(keys),
                                  [&](const Key& key) { return key.name == name; });
  return found == std::end(keys) ? nullptr : found;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    size_t end = std::min(text.find(separator), text.size());
    std::string_view part = text.substr(0, end);
    size_t first = part.find_first_not_of(" \t\n");
    if (first != std::string_view::npos)
      parts.emplace_back(part.substr(first, part.find_last_not_of(" \t\n") + 1 - first));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

static std::string advice(const std::string& word, const std::vector<std::string>& known) {
  std::optional<std::string> near = nearest_name(word, known);
  return near ? fmt::format("did you mean '{}'?", *near) : "";
}

static std::string name_fault(const std::string& word, std::string& note) {
  std::vector<std::string> known;
  for (const RuleEntry& entry : all_rules()) {
    known.emplace_back(entry.rule->name);
    known.emplace_back(entry.group);
  }
  if (std::find(known.begin(), known.end(), word) != known.end()) return "";
  note = advice(word, known);
  return fmt::format("there is no rule or group '{}'", word);
}

std::string word_fault(const Key& key, const std::string& word, std::string& note) {
  if (key.type == KeyType::names || key.type == KeyType::name_tables) return name_fault(word, note);
  if (key.type == KeyType::choice || key.type == KeyType::severities) {
    std::vector<std::string> known = split(key.choices, '|');
    if (std::find(known.begin(), known.end(), word) != known.end()) return "";
    note = advice(word, known);
    return fmt::format("'{}' is none of {}", word, fmt::join(known, ", "));
  }
  if (key.type == KeyType::boolean && word != "true" && word != "false")
    return fmt::format("'{}' is neither true nor false", word);
  if (key.name == "preinstalled" && !is_valid_distribution_name(word))
    return fmt::format("'{}' is no name of a distribution such as lightgbm", word);
  if (key.name == "python-version") {
    std::optional<PythonVersion> version = parse_python_version(word);
    if (!version) return fmt::format("'{}' is no Python version such as 3.10", word);
    if (!is_known_python(*version))
      return fmt::format("'{}' is none of the versions that are known, {}", word, known_pythons);
  }
  return "";
}

}  // namespace trainlint
