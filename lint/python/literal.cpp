#include "lint/python/literal.h"

namespace trainlint {

static void append_utf8(std::string& out, uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

static int digit_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return 99;
}

// Reads at least `least` and at most `most` digits from the front of `rest`.
static std::optional<uint32_t> take_code(std::string_view& rest, int base, size_t least,
                                         size_t most) {
  uint32_t code = 0;
  size_t count = 0;
  for (; count < most && count < rest.size() && digit_value(rest[count]) < base; ++count)
    code = code * static_cast<uint32_t>(base) + static_cast<uint32_t>(digit_value(rest[count]));
  if (count < least) return std::nullopt;
  rest.remove_prefix(count);
  return code;
}

static char simple_escape(char letter) {
  switch (letter) {
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case '\\':
    case '\'':
    case '"':
      return letter;
    default:
      return '\0';
  }
}

// Handles what follows a backslash (docs.python.org/3/reference/lexical_analysis.html
// #escape-sequences). False where the value is unknown: \N{...}, broken escapes, lone surrogates.
static bool take_escape(std::string_view& rest, std::string& out) {
  if (rest.empty()) return false;
  char letter = rest.front();
  std::optional<uint32_t> code;
  if (letter >= '0' && letter <= '7') {
    code = take_code(rest, 8, 1, 3);
  } else {
    rest.remove_prefix(1);
    switch (letter) {
      case '\n':
        return true;
      case '\r':
        if (rest.starts_with('\n')) rest.remove_prefix(1);
        return true;
      case 'x':
        code = take_code(rest, 16, 2, 2);
        break;
      case 'u':
        code = take_code(rest, 16, 4, 4);
        break;
      case 'U':
        code = take_code(rest, 16, 8, 8);
        break;
      case 'N':
        return false;
      default:
        if (char simple = simple_escape(letter)) {
          out += simple;
        } else {
          out += '\\';
          out += letter;
        }
        return true;
    }
  }
  if (!code || *code > 0x10FFFF || (*code >= 0xD800 && *code < 0xE000)) return false;
  append_utf8(out, *code);
  return true;
}

static bool append_content(std::string_view content, bool raw, std::string& out) {
  while (!content.empty()) {
    char first = content.front();
    content.remove_prefix(1);
    if (first == '\r') {  // Python reads every line end as one newline
      if (content.starts_with('\n')) content.remove_prefix(1);
      out += '\n';
    } else if (first == '\\' && !raw) {
      if (!take_escape(content, out)) return false;
    } else {
      out += first;
    }
  }
  return true;
}

struct Quotes {
  std::string_view prefix;
  std::string_view content;
};

static std::optional<Quotes> quotes_of(const Syntax& syntax, Syntax::Node node) {
  Syntax::Node start = syntax.first(node);
  if (start == Syntax::none || syntax.kind(start) != sym_string_start) return std::nullopt;
  std::string_view opening = syntax.text(start);
  std::string_view whole = syntax.text(node);
  size_t prefix = opening.find_first_of("'\"");
  if (prefix == std::string_view::npos) return std::nullopt;
  size_t quotes = opening.size() - prefix;
  if (whole.size() < opening.size() + quotes ||
      whole.substr(whole.size() - quotes) != opening.substr(prefix))
    return std::nullopt;
  return Quotes{opening.substr(0, prefix),
                whole.substr(opening.size(), whole.size() - opening.size() - quotes)};
}

static bool append_string(const Syntax& syntax, Syntax::Node node, std::string& out) {
  std::optional<Quotes> quotes = quotes_of(syntax, node);
  if (!quotes || quotes->prefix.find_first_of("bBfFtT") != std::string_view::npos) return false;
  bool raw = quotes->prefix.find_first_of("rR") != std::string_view::npos;
  return append_content(quotes->content, raw, out);
}

std::optional<std::string> string_value(const Syntax& syntax, Syntax::Node node) {
  if (node == Syntax::none) return std::nullopt;
  auto named = [&](Syntax::Node child) {
    return (syntax[child].flags & (FLAT_NAMED | FLAT_EXTRA)) == FLAT_NAMED;
  };
  while (syntax.kind(node) == sym_parenthesized_expression) {
    Syntax::Node inner = syntax.first(node);
    while (inner != Syntax::none && !named(inner)) inner = syntax.sibling(inner, node);
    if (inner == Syntax::none) return std::nullopt;
    node = inner;
  }
  std::string value;
  if (syntax.kind(node) == sym_string)
    return append_string(syntax, node, value) ? std::optional(value) : std::nullopt;
  if (syntax.kind(node) != sym_concatenated_string) return std::nullopt;
  for (Syntax::Node part = syntax.first(node); part != Syntax::none;
       part = syntax.sibling(part, node))
    if (named(part) && !append_string(syntax, part, value)) return std::nullopt;
  return value;
}

std::string_view literal_text(const Syntax& syntax, Syntax::Node node) {
  if (syntax.kind(node) != sym_string) return {};
  std::optional<Quotes> quotes = quotes_of(syntax, node);
  if (!quotes || quotes->prefix.find_first_of("bBfFtT") != std::string_view::npos ||
      quotes->content.find_first_of("\\\r") != std::string_view::npos)
    return {};
  return quotes->content;
}

}  // namespace trainlint
