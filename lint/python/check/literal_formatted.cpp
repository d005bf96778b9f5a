// The parts of f-strings (docs.python.org/3/reference/lexical_analysis.html#f-strings).
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "lint/python/check/literal.h"

namespace trainlint {

// Walks through one f-string. Up to 3.11 a field holds neither backslash nor comment, and no quote
// that would end the string; the tokenizer has seen to the last.
class FormattedScanner {
 public:
  FormattedScanner(std::string_view text, size_t end, bool raw, PythonVersion version)
      : text_(text.substr(0, end)),
        raw_(raw),
        modern_(version >= PythonVersion{3, 12}),
        version_(version) {}

  FormattedString run(size_t begin) {
    at_ = begin;
    pieces(0);
    return std::move(result_);
  }

 private:
  bool problem(std::string message) {
    result_.problem = std::move(message);
    result_.place = static_cast<uint32_t>(std::min(at_, text_.size() - 1));
    return false;
  }

  bool done() const { return at_ >= text_.size(); }

  // Literal text and fields, up to the end or the '}' that ends a format specification.
  bool pieces(int depth) {
    while (!done()) {
      if (!literal(depth)) return false;
      if (done() || text_[at_] == '}') return true;
      if (text_[at_] == '{' && !field(depth)) return false;
    }
    return true;
  }

  bool literal(int depth) {
    size_t begin = at_;
    while (!done()) {
      char c = text_[at_];
      if (c == '\\' && !raw_ && at_ + 1 < text_.size()) {
        if (text_[at_ + 1] == 'N') {
          at_ += 2;
          if (!done() && text_[at_] == '{')
            while (!done() && text_[at_++] != '}') {
            }
          continue;
        }
        if (text_[at_ + 1] != '{' && text_[at_ + 1] != '}') ++at_;
      } else if (c == '{' || c == '}') {
        bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == c && depth == 0;
        if (!doubled && c == '}' && depth == 0)
          return problem("f-string: single '}' is not allowed");
        if (!doubled) break;
        ++at_;
      }
      ++at_;
    }
    at_ = std::min(at_, text_.size());
    std::string_view piece = text_.substr(begin, at_ - begin);
    if (auto wrong = utf8_problem(piece)) return problem(*wrong);
    if (!raw_)
      if (auto wrong = escape_problem(piece, false)) return problem(*wrong);
    return true;
  }

  bool field(int depth) {
    int most = modern_ ? 3 : 2;
    if (depth >= most) return problem("f-string: expressions nested too deeply");
    size_t begin = ++at_;
    if (!expression()) return false;
    if (done()) return problem("f-string: expecting '}'");
    std::string_view text = text_.substr(begin, at_ - begin);
    if (text.find_first_not_of(" \t\r\n\f") == text.npos) {
      if (text_[at_] == '}') return problem("f-string: empty expression not allowed");
      return problem(fmt::format("f-string: expression required before '{}'", text_[at_]));
    }
    result_.fields.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(at_), depth});
    return after_expression(depth);
  }

  bool after_expression(int depth) {
    if (text_[at_] == '=') {
      if (version_ < PythonVersion{3, 8})
        return problem(
            fmt::format("'=' after the expressions of f-strings need Python 3.8 or "
                        "later, not {}",
                        to_string(version_)));
      ++at_;
      skip_blanks();
    }
    if (!done() && text_[at_] == '!') {
      ++at_;
      if (done()) return problem("f-string: expecting '}'");
      char conversion = text_[at_++];
      bool word = !done() && std::isalnum(static_cast<unsigned char>(text_[at_]));
      if ((conversion != 's' && conversion != 'r' && conversion != 'a') || (modern_ && word))
        return problem("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      if (modern_) skip_blanks();
    }
    if (!done() && text_[at_] == ':') {
      ++at_;
      if (done()) return problem("f-string: expecting '}'");
      if (!pieces(depth + 1)) return false;
    }
    if (done() || text_[at_] != '}') return problem("f-string: expecting '}'");
    ++at_;
    return true;
  }

  // White space, and since 3.12 comments.
  void skip_blanks() {
    while (!done()) {
      if (modern_ && text_[at_] == '#')
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      else if (std::string_view(" \t\r\n\f").find(text_[at_]) == std::string_view::npos)
        return;
      else
        ++at_;
    }
  }

  // Moves to what ends the expression: '!', ':', '=' or '}' outside of brackets and strings.
  bool expression() {
    std::string open;
    while (!done()) {
      char c = text_[at_];
      if (c == '\\' && !modern_)
        return problem("f-string expression part cannot include a backslash");
      if (c == '\'' || c == '"') {
        if (!quoted(c)) return false;
        continue;
      }
      if (c == '#') {
        if (!modern_) return problem("f-string expression part cannot include '#'");
        while (!done() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
        continue;
      }
      if (c == '(' || c == '[' || c == '{') open += c;
      if (open.empty() && is_end(c)) return true;
      if ((c == ')' || c == ']' || c == '}') && !closes(open, c)) return false;
      ++at_;
    }
    if (!open.empty()) return problem(fmt::format("f-string: unmatched '{}'", open.back()));
    return true;
  }

  // Whether the expression ends here; steps onto the second character of a comparison.
  bool is_end(char c) {
    char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next == '=' && (c == '!' || c == '=' || c == '<' || c == '>')) {
      ++at_;
      return false;
    }
    return c == '!' || c == ':' || c == '}' || c == '=';
  }

  bool closes(std::string& open, char c) {
    if (open.empty()) return problem(fmt::format("f-string: unmatched '{}'", c));
    char wanted = open.back() == '(' ? ')' : open.back() == '[' ? ']' : '}';
    if (c != wanted)
      return problem(
          fmt::format("f-string: closing parenthesis '{}' does not match opening parenthesis '{}'",
                      c, open.back()));
    open.pop_back();
    return true;
  }

  // A string within the expression.
  bool quoted(char quote) {
    size_t start = at_;
    while (start > 0 && std::isalpha(static_cast<unsigned char>(text_[start - 1]))) --start;
    std::string_view prefix = text_.substr(start, at_ - start);
    bool formatted = modern_ && prefix.size() <= 2 && prefix.find_first_of("fFtT") != prefix.npos;
    bool triple = text_.substr(at_, 3) == std::string(3, quote);
    at_ += triple ? 3 : 1;
    while (!done()) {
      char c = text_[at_];
      if (c == '\\') {
        if (!modern_) return problem("f-string expression part cannot include a backslash");
        ++at_;
      } else if (c == quote && (!triple || text_.substr(at_, 3) == std::string(3, quote))) {
        at_ += triple ? 3 : 1;
        return true;
      } else if (formatted && c == '{') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '{')
          ++at_;
        else if (!skip_nested())
          return false;
      }
      ++at_;
    }
    return problem("f-string: unterminated string");
  }

  // A field of an f-string in the expression, which is looked into when that is parsed.
  bool skip_nested() {
    ++at_;
    if (!expression()) return false;
    int depth = 0;
    for (; !done(); ++at_) {
      if (text_[at_] == '{') ++depth;
      if (text_[at_] == '}' && depth-- == 0) return true;
    }
    return problem("f-string: expecting '}'");
  }

  std::string_view text_;
  bool raw_;
  bool modern_;  // PEP 701
  PythonVersion version_;
  size_t at_ = 0;
  FormattedString result_;
};

FormattedString formatted_string(const Tokens& tokens, const Token& literal,
                                 PythonVersion version) {
  std::string_view content = content_of(tokens, literal);
  auto begin = static_cast<size_t>(content.data() - tokens.text.data());
  return FormattedScanner(tokens.text, begin + content.size(), literal.flags & token_raw, version)
      .run(begin);
}

}  // namespace trainlint
