// Writes a table of facts (rules/facts/*.toml) as a C++ header of constants, at build time.
//
//   compile_facts TABLE.toml HEADER.h
//
// Every table says where its facts come from (`source`) and the day up to which they hold (`date`).
// Strings and dates become std::string_view, arrays of strings std::array, and an array of tables
// `images` an array of a struct `Image` that has every key any of them has.
#include <cctype>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <toml++/toml.h>

static std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

// "images" -> "Image", "removed_names" -> "RemovedName"
static std::string struct_name(const std::string& key) {
  std::string name;
  bool upper = true;
  for (char c : key.substr(0, key.size() - (key.ends_with('s') ? 1 : 0))) {
    if (c != '_') name += upper ? static_cast<char>(std::toupper(c)) : c;
    upper = c == '_';
  }
  return name;
}

static std::string type_of(const toml::node& value) {
  if (value.is_boolean()) return "bool";
  if (value.is_integer()) return "int";
  if (value.is_array()) return "std::span<const std::string_view>";
  return "std::string_view";
}

static std::string literal(const toml::node& value) {
  std::ostringstream out;
  if (const auto* text = value.as_string()) return quoted(text->get());
  if (const auto* date = value.as_date()) {
    out << date->get();
    return quoted(out.str());
  }
  if (const auto* number = value.as_integer()) return std::to_string(number->get());
  if (const auto* truth = value.as_boolean()) return truth->get() ? "true" : "false";
  throw std::runtime_error("a table of facts holds strings, dates, integers and truth values");
}

static std::string list_constant(const std::string& name, const toml::array& values) {
  std::string text = "inline constexpr auto " + name + " = std::to_array<std::string_view>({";
  for (const toml::node& value : values) text += literal(value) + ", ";
  return text + "});\n";
}

static bool holds_tables(const toml::node& value) {
  return value.is_array() && !value.as_array()->empty() && value.as_array()->front().is_table();
}

static std::string rows_constant(const std::string& key, const toml::array& rows) {
  std::map<std::string, std::string> types;
  for (const toml::node& row : rows)
    for (const auto& [name, value] : *row.as_table())
      types[std::string(name.str())] = type_of(value);
  std::string before, text = "struct " + struct_name(key) + " {\n";
  for (const auto& [name, type] : types) text += "  " + type + " " + name + "{};\n";
  text += "};\n";
  std::string array =
      "inline constexpr auto " + key + " = std::to_array<" + struct_name(key) + ">({\n";
  size_t number = 0;
  for (const toml::node& row : rows) {
    array += "  {";
    for (const auto& [name, type] : types) {
      const toml::node* value = row.as_table()->get(name);
      std::string written = value && !value->is_array() ? literal(*value) : "{}";
      if (value && value->is_array()) {
        written = key + "_" + name + "_" + std::to_string(number);
        before += list_constant(written, *value->as_array());
      }
      array += "." + name + " = " + written + ", ";
    }
    array += "},\n";
    ++number;
  }
  return before + text + array + "});\n";
}

static std::string header(const std::string& stem, const toml::table& table) {
  if (!table.contains("source") || !table.contains("date"))
    throw std::runtime_error("'source' or 'date' is missing");
  std::string text =
      "#pragma once\n\n#include <array>\n#include <span>\n#include <string_view>\n\n"
      "namespace trainlint::facts::" +
      stem + " {\n\n";
  for (const auto& [key, value] : table) {
    std::string name(key.str());
    if (holds_tables(value))
      text += rows_constant(name, *value.as_array());
    else if (value.is_array())
      text += list_constant(name, *value.as_array());
    else
      text += "inline constexpr " + type_of(value) + " " + name + " = " + literal(value) + ";\n";
  }
  return text + "\n}\n";
}

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const std::string path = arguments[1];
  try {
    const size_t slash = path.find_last_of("/\\");
    std::string stem = path.substr(slash == std::string::npos ? 0 : slash + 1);
    stem.resize(stem.rfind('.'));
    std::ofstream(arguments[2]) << header(stem, toml::parse_file(path));
  } catch (const std::exception& error) {
    std::cerr << path << ": " << error.what() << "\n";
    return 1;
  }
  return 0;
}
