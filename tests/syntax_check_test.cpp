#include <doctest/doctest.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "lint/python/check/check.h"
#include "lint/python/module.h"
#include "lint/python/source_text.h"
#include "lint/text/line_map.h"

using namespace trainlint;

// "3: message" for the first fault, or "fine".
static std::string verdict(std::string text, PythonVersion target = {}) {
  Module module = load_module("m.py", std::make_shared<const std::string>(std::move(text)), target);
  if (module.faults.empty()) return "fine";
  const SyntaxFault& fault = module.faults.front();
  uint32_t line = LineMap(module.text()).line_of(fault.span.begin);
  return std::to_string(line) + ": " + fault.message;
}

TEST_CASE("text that is Python has no fault") {
  CHECK(verdict("") == "fine");
  CHECK(verdict("x = 1") == "fine");
  CHECK(verdict("if x:\n\ty\n") == "fine");
  CHECK(verdict("match = 1\nmatch[x]: int\nprint(match)\n") == "fine");
  CHECK(verdict("match x:\n  case [1, *_, {'a': A.b(c=1)}] | None if z: pass\n") == "fine");
  CHECK(verdict("with (open(a) as b, open(c) as d,): pass\nwith (a, b): pass\n") == "fine");
  CHECK(verdict("f'{a!r:>{w}} {{}} {x[\"k\"]=}'\n") == "fine");
}

// "8-" or "6-8,11" names minor versions; so do "all" and "none".
static bool takes(std::string_view ranges, int minor) {
  if (ranges == "all" || ranges == "none") return ranges == "all";
  auto number = [](std::string_view digits, int otherwise) {
    std::from_chars(digits.data(), digits.data() + digits.size(), otherwise);
    return otherwise;
  };
  while (!ranges.empty()) {
    std::string_view range = ranges.substr(0, ranges.find(','));
    ranges.remove_prefix(std::min(ranges.size(), range.size() + 1));
    size_t dash = range.find('-');
    int first = number(range.substr(0, dash), 5);
    int last = dash == range.npos ? first : number(range.substr(dash + 1), newest_python.minor);
    if (minor >= first && minor <= last) return true;
  }
  return false;
}

static void append_utf8(std::string& text, uint32_t point) {
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | (point >> 6));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (point >> 12));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  }
}

static std::string unescaped(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    char code = text[at] == '\\' && at + 1 < text.size() ? text[at + 1] : '\0';
    size_t digits = code == 'x' ? 2 : code == 'u' ? 4 : 0;
    if (size_t simple = std::string_view("nrt\\").find(code); code && simple != std::string::npos) {
      result += "\n\r\t\\"[simple];
      ++at;
    } else if (digits > 0) {
      append_utf8(result, static_cast<uint32_t>(
                              std::stoul(std::string(text.substr(at + 2, digits)), nullptr, 16)));
      at += 1 + digits;
    } else {
      result += text[at];
    }
  }
  return result;
}

// tests/syntax/versions.py describes the tables and compares them with interpreters.
TEST_CASE("each version takes what its Python takes") {
  namespace fs = std::filesystem;
  size_t count = 0;
  std::string wrong;
  for (const fs::directory_entry& table :
       fs::directory_iterator(fs::path(TRAINLINT_SOURCE_DIR) / "tests/syntax/versions")) {
    std::ifstream file(table.path());
    for (std::string line; std::getline(file, line); ++count) {
      std::string ranges = line.substr(0, line.find(' '));
      auto bytes = std::make_shared<const std::string>(unescaped(line.substr(10)));
      for (PythonVersion version{3, 5}; version <= newest_python; ++version.minor) {
        bool taken = check_source(decode_source(bytes), *bytes, version).empty();
        if (taken != takes(ranges, version.minor))
          wrong += to_string(version) + (taken ? " is silent: " : " refuses: ") + line + "\n";
      }
    }
  }
  CHECK(wrong == "");
  CHECK(count > 1900);
}
