#include <fmt/format.h>

#include "lint/config/config_file.h"
#include "lint/rule/import_failure.h"
#include "lint/text/line_map.h"
#include "lint/text/toml.h"

namespace trainlint {

namespace {

class Reader {
 public:
  Reader(ConfigFile& file, std::string shown)
      : file_(file), shown_(std::move(shown)), lines_(*file.text) {}

  void read(const toml::table& table);
  void fault(const toml::source_region& region, std::string message, std::string note = "");

 private:
  void read(const toml::key& name, const toml::node& node);
  bool read_word(const Key& key, const toml::node& node, std::vector<std::string>& words);
  bool read_list(const Key& key, const toml::node& node, std::vector<std::string>& words);
  void read_table(const Key& key, const toml::table& table, Setting& setting);
  void wrong_type(const Key& key, const toml::node& node);
  Span span_of(const toml::source_region& region) const;

  ConfigFile& file_;
  std::string shown_;
  LineMap lines_;
};

Span Reader::span_of(const toml::source_region& region) const {
  // toml++ counts lines and code points from 1.
  auto offset = [&](const toml::source_position& at) {
    return lines_.offset({static_cast<uint32_t>(at.line), static_cast<uint32_t>(at.column)});
  };
  const uint32_t begin = offset(region.begin), end = offset(region.end);
  return {begin, std::max(begin, end)};
}

void Reader::fault(const toml::source_region& region, std::string message, std::string note) {
  SettingFault& added = file_.faults.emplace_back();
  added.place = {file_.name, span_of(region)};
  added.message = std::move(message);
  if (!note.empty()) added.notes.push_back(std::move(note));
}

std::string_view type_name(const toml::node& node) {
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  if (node.is_string()) return "a string";
  if (node.is_boolean()) return "a boolean";
  if (node.is_number()) return "a number";
  return "a date or time";
}

std::string_view wanted_type(KeyType type) {
  switch (type) {
    case KeyType::text:
    case KeyType::choice:
      return "a string";
    case KeyType::boolean:
      return "true or false";
    case KeyType::texts:
      return "a list of strings";
    case KeyType::names:
      return "a list of rules and groups";
    case KeyType::severities:
      return "a table of severities by rule or group";
    case KeyType::name_tables:
      return "a table of lists by file";
    case KeyType::text_tables:
      return "a table of lists of strings";
    case KeyType::text_values:
      return "a table of strings";
  }
  return "";
}

void Reader::wrong_type(const Key& key, const toml::node& node) {
  std::string note;
  if (key.name == "python-version" && node.is_number()) note = "write it in quotes: \"3.10\"";
  fault(node.source(),
        fmt::format("'{}' is {}, not {}", key.name, wanted_type(key.type), type_name(node)),
        std::move(note));
}

bool Reader::read_word(const Key& key, const toml::node& node, std::vector<std::string>& words) {
  std::string word;
  if (key.type == KeyType::boolean) {
    if (!node.is_boolean()) return wrong_type(key, node), false;
    word = node.as_boolean()->get() ? "true" : "false";
  } else {
    if (!node.is_string()) return wrong_type(key, node), false;
    word = node.as_string()->get();
  }
  std::string note;
  if (std::string message = word_fault(key, word, note); !message.empty()) {
    fault(node.source(), std::move(message), std::move(note));
    return false;
  }
  words.push_back(std::move(word));
  return true;
}

// What is right in a list is in force, also beside what is not.
bool Reader::read_list(const Key& key, const toml::node& node, std::vector<std::string>& words) {
  if (!node.is_array()) return wrong_type(key, node), false;
  for (const toml::node& item : *node.as_array()) read_word(key, item, words);
  return true;
}

void Reader::read_table(const Key& key, const toml::table& table, Setting& setting) {
  for (auto&& [name, value] : table) {
    std::string text(name.str());
    std::vector<std::string> words;
    if (key.type == KeyType::severities) {
      static const Key rules{.name = "severity", .type = KeyType::names};
      std::string note;
      if (std::string message = word_fault(rules, text, note); !message.empty()) {
        fault(name.source(), std::move(message), std::move(note));
        continue;
      }
    }
    const bool one = key.type == KeyType::severities || key.type == KeyType::text_values;
    if (!(one ? read_word(key, value, words) : read_list(key, value, words))) continue;
    setting.spans[text] = span_of(name.source());
    setting.table[text] = std::move(words);
  }
}

void Reader::read(const toml::key& name, const toml::node& node) {
  const Key* key = find_key(name.str());
  if (!key) {
    std::vector<std::string> known;
    for (const Key& each : all_keys()) known.emplace_back(each.name);
    std::optional<std::string> near = nearest_name(name.str(), known);
    fault(name.source(), fmt::format("there is no setting '{}'", name.str()),
          near ? fmt::format("did you mean '{}'?", *near)
               : fmt::format("the settings are {}", fmt::join(known, ", ")));
    return;
  }
  Setting setting{.key = key};
  setting.source = fmt::format("{}:{}", shown_, name.source().begin.line);
  bool read = true;
  switch (key->type) {
    case KeyType::text:
    case KeyType::boolean:
    case KeyType::choice:
      read = read_word(*key, node, setting.words);
      break;
    case KeyType::texts:
    case KeyType::names:
      read = read_list(*key, node, setting.words);
      break;
    case KeyType::severities:
    case KeyType::name_tables:
    case KeyType::text_tables:
    case KeyType::text_values:
      read = node.is_table();
      if (read)
        read_table(*key, *node.as_table(), setting);
      else
        wrong_type(*key, node);
      break;
  }
  if (read) file_.settings.push_back(std::move(setting));
}

void Reader::read(const toml::table& table) {
  for (auto&& [name, value] : table) read(name, value);
}

}  // namespace

// Bytes. What is parsed takes a hundred times its size; nobody's file comes near.
static constexpr size_t largest_config = size_t{512} << 10;

static void add_size_fault(ConfigFile& file) {
  const bool own_file = file.name != "pyproject.toml";
  if (!own_file && file.text->find("[tool.trainlint") == std::string::npos) return;
  SettingFault& fault = file.faults.emplace_back();
  fault.place.path = file.name;
  fault.message = fmt::format("is larger than {} KiB", largest_config >> 10);
}

ConfigFile read_config(std::string name, Bytes text, const std::string& shown) {
  ConfigFile file;
  file.name = std::move(name);
  file.text = std::move(text);
  Reader reader(file, shown);
  if (file.text->size() > largest_config) {
    add_size_fault(file);
    return file;
  }
  toml::parse_result parsed = toml::parse(*file.text);
  bool own_file = file.name != "pyproject.toml";
  if (!parsed) {
    // A pyproject.toml that is no TOML is not trainlint's to judge, but then it has no table
    // either.
    if (own_file)
      reader.fault(parsed.error().source(),
                   fmt::format("this is no TOML: {}", parsed.error().description()));
    return file;
  }
  const toml::table* table = &parsed.table();
  if (!own_file) {
    const toml::node* ours = parsed.table().at_path("tool.trainlint").node();
    if (!ours) return file;
    table = ours->as_table();
    if (!table) {
      reader.fault(ours->source(), "'tool.trainlint' is a table");
      return file;
    }
  }
  reader.read(*table);
  return file;
}

}  // namespace trainlint
