#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/python/version.h"

namespace trainlint {

// Kinds of tokens, as CPython's tokenizer tells them apart; each keyword is a kind of its own.
enum class Tok : uint8_t {
  end,
  newline,
  indent,
  dedent,
  name,
  number,
  string,
  error,    // the tokenizer gave up here; what follows was not looked at
  unknown,  // a printable ASCII character that no token begins with: $ ? ! `
  left_round,
  right_round,
  left_square,
  right_square,
  left_curly,
  right_curly,
  colon,
  comma,
  semicolon,
  plus,
  minus,
  star,
  slash,
  bar,
  ampersand,
  less,
  greater,
  equal,
  dot,
  percent,
  at,
  caret,
  tilde,
  is_equal,
  not_equal,
  less_equal,
  greater_equal,
  left_shift,
  right_shift,
  double_star,
  double_slash,
  walrus,
  arrow,
  ellipsis,
  plus_equal,
  minus_equal,
  star_equal,
  slash_equal,
  percent_equal,
  ampersand_equal,
  bar_equal,
  caret_equal,
  left_shift_equal,
  right_shift_equal,
  double_star_equal,
  double_slash_equal,
  at_equal,
  kw_false,
  kw_none,
  kw_true,
  kw_and,
  kw_as,
  kw_assert,
  kw_async,
  kw_await,
  kw_break,
  kw_class,
  kw_continue,
  kw_def,
  kw_del,
  kw_elif,
  kw_else,
  kw_except,
  kw_finally,
  kw_for,
  kw_from,
  kw_global,
  kw_if,
  kw_import,
  kw_in,
  kw_is,
  kw_lambda,
  kw_nonlocal,
  kw_not,
  kw_or,
  kw_pass,
  kw_raise,
  kw_return,
  kw_try,
  kw_while,
  kw_with,
  kw_yield,
};

// How operators and keywords are written, indexed by kind; "" for the other kinds.
std::string_view spelling(Tok kind);

enum TokenFlags : uint8_t {
  token_has_backslash = 1,  // strings
  token_not_ascii = 2,      // strings and names
  token_formatted = 4,      // f-strings
  token_bytes = 8,
  token_raw = 16,
  token_template = 32,  // t-strings, which are formatted too (PEP 750)
};

struct Token {
  uint32_t begin = 0;  // bytes in the text
  uint32_t end = 0;
  Tok kind = Tok::end;
  uint8_t flags = 0;
  uint8_t level = 0;  // how many brackets are open after it
  uint8_t quote = 0;  // of a string: the length of prefix and opening quotes
};

// Why the tokenizer stopped.
struct TokenError {
  std::string message;
  std::string type = "SyntaxError";
  uint32_t begin = 0;  // stands on the line that CPython names
  uint32_t end = 0;
  bool eof = false;  // the text ended: in a bracket, or after a line continuation
  // Also reported when the parser has already failed before it.
  bool overrides = false;
};

struct Tokens {
  std::string_view text;
  std::vector<Token> list;     // ends with Tok::end or Tok::error
  TokenError error;            // when it ends with Tok::error
  std::vector<uint32_t> open;  // offsets of the brackets that are open at the end

  std::string_view text_of(const Token& token) const {
    return text.substr(token.begin, token.end - token.begin);
  }
  std::string_view text_of(uint32_t index) const { return text_of(list[index]); }
};

// Cuts a text into tokens as CPython's tokenizer does (Parser/tokenizer.c; the reference is
// docs.python.org/3/reference/lexical_analysis.html). `text` must end with a NUL byte after its
// last byte (as std::string does) and hold none. What `tokens` held before is dropped.
void tokenize(Tokens& tokens, std::string_view text, PythonVersion version);

// The tokens of an expression in an f-string, which stands at `offset` in the whole text, as if it
// were in round brackets, are put behind the tokens there are.
TokenError tokenize_field(Tokens& tokens, uint32_t offset, uint32_t length, PythonVersion version);

}  // namespace trainlint
