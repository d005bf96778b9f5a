#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/python/check/token.h"

namespace trainlint {

// Why CPython refuses a number that its tokenizer took: an integer of more than 4300 digits.
std::optional<std::string> number_problem(std::string_view number, PythonVersion version);

// What is wrong with the escapes or characters of a string that is not an f-string.
std::optional<std::string> literal_problem(const Tokens& tokens, const Token& literal,
                                           PythonVersion version);

// The replacement fields of an f-string, nested ones after the field whose format specification
// holds them.
struct FormattedString {
  struct Field {
    uint32_t begin;  // of the expression, in the text
    uint32_t end;
    int depth;  // 1 in a format specification
  };
  std::vector<Field> fields;
  // What is wrong outside of the expressions; found after the fields listed, which CPython
  // compiles first.
  std::optional<std::string> problem;
  uint32_t place = 0;  // of the problem, in the text
};

// The text between the quotes.
std::string_view content_of(const Tokens& tokens, const Token& literal);

// What is wrong with a piece of a literal: its escapes, its encoding.
std::optional<std::string> escape_problem(std::string_view text, bool bytes);
std::optional<std::string> utf8_problem(std::string_view text);

FormattedString formatted_string(const Tokens& tokens, const Token& literal, PythonVersion version);

}  // namespace trainlint
