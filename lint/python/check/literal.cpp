#include "lint/python/check/literal.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "lint/python/source_text.h"

namespace trainlint {

std::optional<std::string> number_problem(std::string_view number, PythonVersion version) {
  // sys.int_info.default_max_str_digits, which guards decimal notation only.
  constexpr std::ptrdiff_t max_digits = 4300;
  if (version < PythonVersion{3, 11} || number.size() <= max_digits) return std::nullopt;
  if (number[0] == '0' || number.find_first_of(".eEjJ") != number.npos) return std::nullopt;
  auto digits = std::count_if(number.begin(), number.end(), [](char c) { return c != '_'; });
  if (digits <= max_digits) return std::nullopt;
  return fmt::format(
      "exceeds the limit ({} digits) for integer string conversion: value has {} "
      "digits; use hexadecimal for huge integer literals",
      max_digits, digits);
}

static std::string decode_error(size_t begin, size_t end, std::string_view what) {
  return fmt::format(
      "(unicode error) 'unicodeescape' codec can't decode bytes in position {}-{}: {}", begin, end,
      what);
}

static size_t hex_digits(std::string_view text, size_t at, size_t most) {
  size_t count = 0;
  while (count < most && at + count < text.size() &&
         std::isxdigit(static_cast<unsigned char>(text[at + count])))
    ++count;
  return count;
}

static std::optional<std::string> hex_problem(std::string_view text, size_t backslash) {
  char letter = text[backslash + 1];
  size_t wanted = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
  size_t found = hex_digits(text, backslash + 2, wanted);
  if (found < wanted)
    return decode_error(backslash, backslash + 1 + found,
                        fmt::format("truncated \\{}{} escape", letter, std::string(wanted, 'X')));
  if (letter != 'U') return std::nullopt;
  std::string_view digits = text.substr(backslash + 2, 8);
  bool fits = digits.starts_with("0000") || digits.starts_with("0010") ||
              (digits.starts_with("000") && digits[3] != '0');
  return fits ? std::nullopt
              : std::optional(decode_error(backslash, backslash + 9, "illegal Unicode character"));
}

// Names of characters (\N{...}) are not looked up: the table would be larger than all the rest of
// the program. But all are of these characters (Unicode Standard, section 4.8).
static bool may_name_character(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c < 0x80 && std::isalnum(c)) || c == ' ' || c == '-';
  });
}

// The escapes of a piece of text that is not raw.
std::optional<std::string> escape_problem(std::string_view text, bool bytes) {
  for (size_t at = text.find('\\'); at != text.npos && at + 1 < text.size();
       at = text.find('\\', at + 2)) {
    char letter = text[at + 1];
    if (bytes) {
      if (letter == 'x' && hex_digits(text, at + 2, 2) < 2)
        return fmt::format("(value error) invalid \\x escape at position {}", at);
      continue;
    }
    if (letter == 'x' || letter == 'u' || letter == 'U') {
      if (auto problem = hex_problem(text, at)) return problem;
    } else if (letter == 'N') {
      size_t close = at + 2 < text.size() && text[at + 2] == '{' ? text.find('}', at) : text.npos;
      if (close == text.npos || close == at + 3)
        return decode_error(at, std::min(close, text.size()), "malformed \\N character escape");
      if (!may_name_character(text.substr(at + 3, close - at - 3)))
        return decode_error(at, close, "unknown Unicode character name");
    }
  }
  return std::nullopt;
}

std::optional<std::string> utf8_problem(std::string_view text) {
  size_t bad = find_invalid_utf8(text);
  if (bad == text.npos) return std::nullopt;
  return fmt::format("(unicode error) 'utf-8' codec can't decode byte 0x{:02x} in position {}",
                     static_cast<unsigned char>(text[bad]), bad);
}

std::string_view content_of(const Tokens& tokens, const Token& literal) {
  std::string_view text = tokens.text_of(literal);
  // Three quotes close what three quotes opened.
  size_t closing = literal.quote >= 3 && text[literal.quote - 1] == text[literal.quote - 2] &&
                           text[literal.quote - 2] == text[literal.quote - 3]
                       ? 3
                       : 1;
  return text.substr(literal.quote, text.size() - literal.quote - closing);
}

std::optional<std::string> literal_problem(const Tokens& tokens, const Token& literal,
                                           PythonVersion) {
  constexpr uint8_t interesting = token_has_backslash | token_not_ascii;
  if (!(literal.flags & interesting) || (literal.flags & token_formatted)) return std::nullopt;
  std::string_view content = content_of(tokens, literal);
  bool bytes = literal.flags & token_bytes;
  if (literal.flags & token_not_ascii) {
    if (bytes) return "bytes can only contain ASCII literal characters";
    if (auto problem = utf8_problem(content)) return problem;
  }
  if (!(literal.flags & token_has_backslash) || (literal.flags & token_raw)) return std::nullopt;
  return escape_problem(content, bytes);
}

}  // namespace trainlint
