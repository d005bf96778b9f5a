#include "lint/python/check/python2.h"

#include <algorithm>

namespace trainlint {

namespace {

struct Statement {
  size_t begin;
  size_t end;  // of its tokens
};

bool ends_statement(Tok kind) {
  return kind == Tok::newline || kind == Tok::indent || kind == Tok::dedent ||
         kind == Tok::semicolon || kind == Tok::end || kind == Tok::error;
}

// The simple statement, or header of a compound one, that holds the offset.
Statement statement_at(const Tokens& tokens, uint32_t offset) {
  size_t at = 0;
  while (at + 1 < tokens.list.size() && tokens.list[at].kind != Tok::end &&
         tokens.list[at].kind != Tok::error && tokens.list[at + 1].begin <= offset)
    ++at;
  size_t begin = at, end = at;
  while (begin > 0 && !ends_statement(tokens.list[begin - 1].kind)) --begin;
  while (!ends_statement(tokens.list[end].kind)) ++end;
  return {begin, end};
}

// "print x" or "exec x", at the begin of a statement or after a colon.
bool is_print(const Tokens& tokens, size_t at) {
  std::string_view word = tokens.text_of(static_cast<uint32_t>(at));
  if (tokens.list[at].kind != Tok::name || (word != "print" && word != "exec")) return false;
  if (at > 0 && !ends_statement(tokens.list[at - 1].kind) && tokens.list[at - 1].kind != Tok::colon)
    return false;
  switch (tokens.list[at + 1].kind) {
    case Tok::string:
    case Tok::name:
    case Tok::number:
    case Tok::left_curly:
    case Tok::kw_none:
    case Tok::kw_true:
    case Tok::kw_false:
    case Tok::kw_not:
    case Tok::kw_lambda:
      return true;
    default:
      return false;
  }
}

// "except Error, name:"
bool is_old_handler(const Tokens& tokens, const Statement& statement) {
  if (tokens.list[statement.begin].kind != Tok::kw_except) return false;
  uint8_t level = tokens.list[statement.begin].level;
  for (size_t i = statement.begin; i + 2 < statement.end; ++i)
    if (tokens.list[i].kind == Tok::comma && tokens.list[i].level == level)
      return tokens.list[i + 1].kind == Tok::name && tokens.list[i + 2].kind == Tok::colon;
  return false;
}

// "raise Error, value"
bool is_old_raise(const Tokens& tokens, const Statement& statement) {
  if (tokens.list[statement.begin].kind != Tok::kw_raise) return false;
  uint8_t level = tokens.list[statement.begin].level;
  return std::any_of(tokens.list.begin() + static_cast<std::ptrdiff_t>(statement.begin),
                     tokens.list.begin() + static_cast<std::ptrdiff_t>(statement.end),
                     [&](const Token& t) { return t.kind == Tok::comma && t.level == level; });
}

// `x`, a <> b, ur"..."
bool has_old_token(const Tokens& tokens, const Statement& statement) {
  for (size_t i = statement.begin; i < statement.end; ++i) {
    const Token& token = tokens.list[i];
    std::string_view text = tokens.text_of(token);
    if (token.kind == Tok::unknown && (text == "`" || text == "<>")) return true;
    if (token.kind == Tok::name && (text == "ur" || text == "UR" || text == "uR" || text == "Ur") &&
        tokens.list[i + 1].kind == Tok::string && tokens.list[i + 1].begin == token.end)
      return true;
  }
  return false;
}

// 0777 or 10L
bool is_old_number(std::string_view text, uint32_t offset, std::string_view message) {
  if (message.starts_with("leading zeros")) {
    size_t end = text.find_first_not_of("0123456789_", offset);
    std::string_view digits = text.substr(offset, end - offset);
    return digits.find_first_of("89") == digits.npos;
  }
  bool literal = message.starts_with("invalid ") && message.ends_with(" literal");
  return literal && offset < text.size() && (text[offset] == 'l' || text[offset] == 'L');
}

}  // namespace

bool is_python2(const Tokens& tokens, uint32_t offset, std::string_view message) {
  if (is_old_number(tokens.text, offset, message) ||
      message.find("parameters cannot be parenthesized") != message.npos)
    return true;
  Statement statement = statement_at(tokens, offset);
  if (is_old_handler(tokens, statement) || is_old_raise(tokens, statement) ||
      has_old_token(tokens, statement))
    return true;
  // A statement that nobody writes for Python 3 tells what the file is, wherever the fault lies.
  for (size_t i = 0; tokens.list[i].kind != Tok::end && tokens.list[i].kind != Tok::error; ++i)
    if (is_print(tokens, i)) return true;
  return false;
}

}  // namespace trainlint
