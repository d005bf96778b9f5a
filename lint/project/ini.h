#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

// An INI file as Python's ConfigParser reads it with its defaults: "=" and ":" both delimit, lines
// with more indentation continue a value, "#" and ";" begin comment lines, keys keep their case.

struct IniLine {
  std::string text;
  uint32_t begin = 0;  // byte of the file where it stands
};

struct IniOption {
  std::string name;
  std::vector<IniLine> lines;
  Span span;  // of the key
  // Lines joined with newlines; "%%" and "%(name)s" are not yet carried out.
  std::string value() const;
};

struct IniSection {
  std::string name;
  Span span;
  std::vector<IniOption> options;
  const IniOption* find(std::string_view option) const;
};

struct Ini {
  std::vector<IniSection> sections;
  std::optional<std::pair<std::string, Span>> fault;  // what ConfigParser raises first
  const IniSection* find(std::string_view section) const;
};

Ini parse_ini(std::string_view text);

}  // namespace trainlint
