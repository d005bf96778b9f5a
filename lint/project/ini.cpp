#include "lint/project/ini.h"

#include <algorithm>
#include <unordered_set>

namespace trainlint {

static constexpr std::string_view spaces = " \t\r\f\v";

static std::string_view trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

std::string IniOption::value() const {
  std::string out;
  for (size_t i = 0; i < lines.size(); i++) out += (i ? "\n" : "") + lines[i].text;
  while (!out.empty() && (spaces.find(out.back()) != std::string_view::npos || out.back() == '\n'))
    out.pop_back();
  return out;
}

const IniOption* IniSection::find(std::string_view option) const {
  for (const IniOption& candidate : options)
    if (candidate.name == option) return &candidate;
  return nullptr;
}

const IniSection* Ini::find(std::string_view section) const {
  for (const IniSection& candidate : sections)
    if (candidate.name == section) return &candidate;
  return nullptr;
}

namespace {

struct Reader {
  Ini ini;
  IniOption* option = nullptr;
  size_t indentation = 0;
  std::unordered_set<std::string> names;  // of the current section's options

  void fault(std::string message, size_t begin, size_t length) {
    if (!ini.fault)
      ini.fault = {std::move(message),
                   Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + length)}};
  }

  void section(std::string_view line, size_t begin) {
    std::string name(line.substr(1, line.rfind(']') - 1));
    option = nullptr;
    names.clear();
    if (ini.find(name)) fault("section '" + name + "' already exists", begin, line.size());
    ini.sections.push_back(
        {name, Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + line.size())}, {}});
  }

  void key(std::string_view line, size_t begin) {
    if (ini.sections.empty()) return fault("file contains no section headers", begin, line.size());
    size_t delimiter = line.find_first_of("=:");
    std::string_view name = trimmed(line.substr(0, delimiter));
    if (delimiter == std::string_view::npos || name.empty())
      return fault("source contains parsing errors: '" + std::string(line) + "'", begin,
                   line.size());
    IniSection& current = ini.sections.back();
    if (!names.insert(std::string(name)).second)
      fault("option '" + std::string(name) + "' in section '" + current.name + "' already exists",
            begin, line.size());
    std::string_view value = trimmed(line.substr(delimiter + 1));
    auto value_begin = static_cast<uint32_t>(
        value.empty() ? begin + delimiter + 1
                      : begin + static_cast<size_t>(value.data() - line.data()));
    current.options.push_back(
        {std::string(name),
         {{std::string(value), value_begin}},
         Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + name.size())}});
    option = &current.options.back();
  }

  void line(std::string_view whole, size_t begin) {
    std::string_view text = trimmed(whole);
    bool comment = text.starts_with('#') || text.starts_with(';');
    if (text.empty() || comment) {
      if (!comment && option) option->lines.push_back({"", static_cast<uint32_t>(begin)});
      return;
    }
    size_t indent = static_cast<size_t>(text.data() - whole.data());
    if (option && indent > indentation) {
      option->lines.push_back({std::string(text), static_cast<uint32_t>(begin + indent)});
      return;
    }
    indentation = indent;
    if (text.starts_with('[') && text.find(']', 2) != std::string_view::npos)
      section(text, begin + indent);
    else
      key(text, begin + indent);
  }
};

}  // namespace

Ini parse_ini(std::string_view text) {
  Reader reader;
  size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (begin < text.size()) {
    size_t end = std::min(text.find('\n', begin), text.size());
    reader.line(text.substr(begin, end - begin), begin);
    begin = end + 1;
  }
  return std::move(reader.ini);
}

}  // namespace trainlint
