#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

enum class KeyType : uint8_t {
  text,
  boolean,
  choice,       // one of the words in Key::choices
  texts,        // a list
  names,        // a list of rules and groups
  severities,   // a table: rule or group -> severity
  name_tables,  // a table: file pattern -> rules and groups
  text_tables,  // a table: name -> list
  text_values,  // a table: name -> text
};

// A setting, by the name it has in files. As a flag it is "--name", in the environment
// "TRAINLINT_NAME" with '_' for '-'; lists are parted by commas there.
struct Key {
  std::string_view name;
  KeyType type = KeyType::text;
  std::string_view choices = "";   // "error|warning"
  std::string_view standard = "";  // what holds when nothing is said; "" for nothing
  std::string_view help = "";
};

inline constexpr bool is_list(KeyType type) {
  return type == KeyType::texts || type == KeyType::names;
}
inline constexpr bool is_table(KeyType type) {
  return type >= KeyType::severities;
}

std::span<const Key> all_keys();
const Key* find_key(std::string_view name);

inline constexpr std::string_view severity_choices = "error|warning|advice|off";
std::vector<std::string> split(std::string_view text, char separator);  // blanks around parts go

// What a source of settings says about one key, checked.
struct Setting {
  const Key* key = nullptr;
  std::vector<std::string> words;  // a text, a boolean and a choice are one word
  std::map<std::string, std::vector<std::string>> table;
  std::string source;                   // "trainlint.toml:3", "TRAINLINT_SELECT", "--select"
  std::map<std::string, Span> spans{};  // of the table's entries, as far as they stand in a file
};

// The settings of one source: a file, the environment, the command line.
using Layer = std::vector<Setting>;

// What is wrong with one word of a setting, or "": "there is no rule or group 'x'". `note` gets the
// nearest right one.
std::string word_fault(const Key& key, const std::string& word, std::string& note);

}  // namespace trainlint
