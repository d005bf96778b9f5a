#include "lint/python/check/tokenizer.h"

#include <fmt/format.h>

namespace trainlint {

// CPython's limits (MAXINDENT and MAXLEVEL in Parser/tokenizer.h).
static constexpr size_t max_indents = 100;
static constexpr size_t max_brackets = 200;

void Tokenizer::add(Tok kind, const char* from, const char* to, uint8_t flags) {
  tokens_.list.push_back(
      {offset(from), offset(to), kind, flags, static_cast<uint8_t>(brackets_.size()), 0});
}

bool Tokenizer::fail(const char* at, std::string message) {
  error_ = {
      .message = std::move(message), .begin = offset(at), .end = offset(at) + 1, .overrides = true};
  add(Tok::error, at, at);
  return false;
}

bool Tokenizer::stop(const char* at, std::string type, std::string message) {
  fail(at, std::move(message));
  error_.type = std::move(type);
  error_.overrides = false;
  return false;
}

bool Tokenizer::at_end_of_file() {
  if (brackets_.empty()) {
    add(Tok::end, end_, end_);
    return false;
  }
  stop(brackets_.back(), "SyntaxError", fmt::format("'{}' was never closed", *brackets_.back()));
  error_.eof = true;
  return false;
}

void Tokenizer::run_field() {
  in_field_ = true;
  line_start_ = false;
  brackets_.push_back(begin_);
  add(Tok::left_round, begin_, begin_);
  run();
}

bool Tokenizer::end_field() {
  if (brackets_.size() != 1) return at_end_of_file();
  brackets_.pop_back();
  add(Tok::right_round, end_, end_);
  add(Tok::newline, end_, end_);
  add(Tok::end, end_, end_);
  return false;
}

void Tokenizer::run() {
  while (read_token()) {
  }
  // The parser looks up to two tokens ahead.
  Token last = tokens_.list.back();
  tokens_.list.push_back(last);
  tokens_.list.push_back(last);
}

void Tokenizer::skip_comment() {
  while (at_ < end_ && *at_ != '\n' && *at_ != '\r') ++at_;
}

bool Tokenizer::skip_continuation() {
  const char* backslash = at_++;
  if (*at_ != '\n' && *at_ != '\r' && at_ < end_)
    return stop(backslash, "SyntaxError", "unexpected character after line continuation character");
  if (at_ < end_) at_ += *at_ == '\r' && at_[1] == '\n' ? 2 : 1;
  if (at_ < end_) return true;
  if (!brackets_.empty()) return at_end_of_file();
  // Until 3.7 nothing was continued then, and until 3.11 a line end was added after "\r\n".
  bool pair = end_ - backslash > 2 && end_[-2] == '\r' && end_[-1] == '\n';
  if (version_ < PythonVersion{3, pair ? 12 : 8}) return true;
  stop(backslash, "SyntaxError", "unexpected EOF while parsing");
  error_.eof = true;
  return false;
}

// Reads the white space before the first token of a line and makes the indents and dedents.
bool Tokenizer::start_line() {
  int columns = 0, narrow = 0, continued = 0;
  for (;; ++at_) {
    if (*at_ == ' ') {
      ++columns;
      ++narrow;
    } else if (*at_ == '\t') {
      columns = (columns / 8 + 1) * 8;
      ++narrow;
    } else if (*at_ == '\f') {
      columns = narrow = 0;
    } else if (*at_ == '\\' && version_ < PythonVersion{3, 10}) {
      return start_continued_line(columns, narrow);
    } else if (*at_ == '\\') {
      // Only what stands before the first backslash counts as indentation.
      continued = continued ? continued : columns;
      if (!skip_continuation()) return false;
      --at_;
    } else {
      break;
    }
  }
  line_start_ = false;
  blank_line_ = at_ >= end_ || *at_ == '#' || *at_ == '\n' || *at_ == '\r';
  if (blank_line_ || !brackets_.empty()) return true;
  if (continued) columns = narrow = continued;
  return indent_to(columns, narrow);
}

// A line that begins with a backslash: up to 3.8 what stands before it is the indentation, in 3.9
// the line has none and says nothing.
bool Tokenizer::start_continued_line(int columns, int narrow) {
  line_start_ = false;
  bool counts = version_ < PythonVersion{3, 9} && columns > 0 && brackets_.empty();
  if (counts && !indent_to(columns, narrow)) return false;
  while (*at_ == '\\') {
    if (!skip_continuation()) return false;
    while (is_class(*at_, char_space)) ++at_;
  }
  blank_line_ = at_ >= end_ || *at_ == '#' || *at_ == '\n' || *at_ == '\r';
  if (version_ < PythonVersion{3, 9} && columns == 0 && brackets_.empty() && !blank_line_)
    return indent_to(0, 0);
  return true;
}

bool Tokenizer::indent_to(int columns, int narrow) {
  auto inconsistent = [&] {
    return stop(at_, "TabError", "inconsistent use of tabs and spaces in indentation");
  };
  if (columns == indents_.back().columns)
    return narrow == indents_.back().narrow_columns || inconsistent();
  if (columns > indents_.back().columns) {
    if (indents_.size() >= max_indents)
      return stop(at_, "IndentationError", "too many levels of indentation");
    if (narrow <= indents_.back().narrow_columns) return inconsistent();
    indents_.push_back({columns, narrow});
    add(Tok::indent, at_, at_);
    return true;
  }
  size_t dedents = 0;
  while (columns < indents_.back().columns) {
    indents_.pop_back();
    ++dedents;
  }
  if (columns != indents_.back().columns)
    return stop(at_, "IndentationError", "unindent does not match any outer indentation level");
  if (narrow != indents_.back().narrow_columns) return inconsistent();
  for (; dedents > 0; --dedents) add(Tok::dedent, at_, at_);
  return true;
}

bool Tokenizer::read_token() {
  if (line_start_ && !start_line()) return false;
  while (is_class(*at_, char_space)) ++at_;
  if (*at_ == '#') skip_comment();
  if (at_ >= end_) {
    // The last line has a line end for CPython, also when there is none in the file.
    if (!blank_line_ && brackets_.empty() && !tokens_.list.empty() &&
        tokens_.list.back().kind != Tok::newline && tokens_.list.back().kind != Tok::dedent &&
        tokens_.list.back().kind != Tok::indent)
      add(Tok::newline, end_, end_);
    if (brackets_.empty())
      for (; indents_.size() > 1; indents_.pop_back()) add(Tok::dedent, end_, end_);
    return in_field_ ? end_field() : at_end_of_file();
  }
  char c = *at_;
  if (is_class(c, char_digit) || (c == '.' && is_class(at_[1], char_digit))) return read_number();
  if (is_class(c, char_name)) return read_name();
  switch (c) {
    case '\n':
    case '\r': {
      const char* from = at_;
      at_ += c == '\r' && at_[1] == '\n' ? 2 : 1;
      if (!blank_line_ && brackets_.empty()) add(Tok::newline, from, at_);
      line_start_ = true;
      blank_line_ = false;
      return true;
    }
    case '"':
    case '\'':
      return read_string(at_);
    case '\\':
      return skip_continuation();
    default:
      return read_operator();
  }
}

bool Tokenizer::close_bracket(char c) {
  if (brackets_.empty()) return fail(at_, fmt::format("unmatched '{}'", c));
  const char* open = brackets_.back();
  brackets_.pop_back();
  if ((*open == '(' && c == ')') || (*open == '[' && c == ']') || (*open == '{' && c == '}'))
    return true;
  return fail(at_, fmt::format("closing parenthesis '{}' does not match opening parenthesis '{}'",
                               c, *open));
}

// The longest operator at `at`, and its length; Tok::unknown for none.
static Tok operator_at(const char* at, int& length) {
  auto is = [&](int count) {
    length = count;
    return true;
  };
  char b = at[1], c = b ? at[2] : '\0';
  auto one_or = [&](Tok one, Tok with_equal) {
    return b == '=' ? (is(2), with_equal) : (is(1), one);
  };
  auto doubled = [&](Tok one, Tok with_equal, Tok two, Tok two_equal) {
    if (b != at[0]) return one_or(one, with_equal);
    return c == '=' ? (is(3), two_equal) : (is(2), two);
  };
  switch (at[0]) {
    case '(':
      return is(1), Tok::left_round;
    case ')':
      return is(1), Tok::right_round;
    case '[':
      return is(1), Tok::left_square;
    case ']':
      return is(1), Tok::right_square;
    case '{':
      return is(1), Tok::left_curly;
    case '}':
      return is(1), Tok::right_curly;
    case ',':
      return is(1), Tok::comma;
    case ';':
      return is(1), Tok::semicolon;
    case '~':
      return is(1), Tok::tilde;
    case '.':
      return b == '.' && c == '.' ? (is(3), Tok::ellipsis) : (is(1), Tok::dot);
    case ':':
      return one_or(Tok::colon, Tok::walrus);
    case '=':
      return one_or(Tok::equal, Tok::is_equal);
    case '+':
      return one_or(Tok::plus, Tok::plus_equal);
    case '%':
      return one_or(Tok::percent, Tok::percent_equal);
    case '&':
      return one_or(Tok::ampersand, Tok::ampersand_equal);
    case '|':
      return one_or(Tok::bar, Tok::bar_equal);
    case '^':
      return one_or(Tok::caret, Tok::caret_equal);
    case '@':
      return one_or(Tok::at, Tok::at_equal);
    case '!':
      return one_or(Tok::unknown, Tok::not_equal);
    case '-':
      return b == '>' ? (is(2), Tok::arrow) : one_or(Tok::minus, Tok::minus_equal);
    case '*':
      return doubled(Tok::star, Tok::star_equal, Tok::double_star, Tok::double_star_equal);
    case '/':
      return doubled(Tok::slash, Tok::slash_equal, Tok::double_slash, Tok::double_slash_equal);
    case '>':
      return doubled(Tok::greater, Tok::greater_equal, Tok::right_shift, Tok::right_shift_equal);
    case '<':
      if (b == '>') return is(2), Tok::unknown;  // Python 2's other spelling of !=
      return doubled(Tok::less, Tok::less_equal, Tok::left_shift, Tok::left_shift_equal);
    default:
      return is(1), Tok::unknown;
  }
}

bool Tokenizer::read_operator() {
  auto byte = static_cast<unsigned char>(*at_);
  if (byte < ' ' || byte == 0x7F)
    return fail(at_, fmt::format("invalid non-printable character U+{:04X}", byte));
  int length = 1;
  Tok kind = operator_at(at_, length);
  if (kind >= Tok::left_round && kind <= Tok::right_curly) {
    bool opens = kind == Tok::left_round || kind == Tok::left_square || kind == Tok::left_curly;
    if (opens && brackets_.size() >= max_brackets) return fail(at_, "too many nested parentheses");
    if (opens)
      brackets_.push_back(at_);
    else if (!close_bracket(*at_))
      return false;
  }
  add(kind, at_, at_ + length);
  at_ += length;
  return true;
}

std::vector<uint32_t> Tokenizer::open_brackets() const {
  std::vector<uint32_t> offsets;
  for (const char* bracket : brackets_) offsets.push_back(offset(bracket));
  return offsets;
}

void tokenize(Tokens& tokens, std::string_view text, PythonVersion version) {
  tokens.text = text;
  tokens.list.clear();
  Tokenizer tokenizer(tokens, text, 0, version);
  tokenizer.run();
  tokens.error = tokenizer.take_error();
  tokens.open = tokenizer.open_brackets();
  if (version < PythonVersion{3, 7}) reserve_async_words(tokens);
}

TokenError tokenize_field(Tokens& tokens, uint32_t offset, uint32_t length, PythonVersion version) {
  Tokenizer tokenizer(tokens, tokens.text.substr(offset, length), offset, version);
  tokenizer.run_field();
  return tokenizer.take_error();
}

}  // namespace trainlint
