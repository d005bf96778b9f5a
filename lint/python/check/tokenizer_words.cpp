// Names, keywords and string literals.
#include "lint/python/check/identifier.h"
#include "lint/python/check/tokenizer.h"
#include "lint/python/source_text.h"

#include <fmt/format.h>

namespace trainlint {

static Tok keyword_from(std::string_view name, Tok first, Tok last) {
  for (Tok kind = first; kind <= last; kind = static_cast<Tok>(static_cast<int>(kind) + 1))
    if (spelling(kind) == name) return kind;
  return Tok::name;
}

Tok keyword_of(std::string_view name, PythonVersion version) {
  if (name.size() < 2 || name.size() > 8) return Tok::name;
  switch (name[0]) {
    case 'F':
    case 'N':
    case 'T':
      return keyword_from(name, Tok::kw_false, Tok::kw_true);
    case 'a':
      // Reserved since 3.7; before, reserve_async_words() looks after them.
      if (version < PythonVersion{3, 7} && (name == "async" || name == "await")) return Tok::name;
      return keyword_from(name, Tok::kw_and, Tok::kw_await);
    case 'b':
      return keyword_from(name, Tok::kw_break, Tok::kw_break);
    case 'c':
      return keyword_from(name, Tok::kw_class, Tok::kw_continue);
    case 'd':
      return keyword_from(name, Tok::kw_def, Tok::kw_del);
    case 'e':
      return keyword_from(name, Tok::kw_elif, Tok::kw_except);
    case 'f':
      return keyword_from(name, Tok::kw_finally, Tok::kw_from);
    case 'g':
      return keyword_from(name, Tok::kw_global, Tok::kw_global);
    case 'i':
      return keyword_from(name, Tok::kw_if, Tok::kw_is);
    case 'l':
      return keyword_from(name, Tok::kw_lambda, Tok::kw_lambda);
    case 'n':
      return keyword_from(name, Tok::kw_nonlocal, Tok::kw_not);
    case 'o':
      return keyword_from(name, Tok::kw_or, Tok::kw_or);
    case 'p':
      return keyword_from(name, Tok::kw_pass, Tok::kw_pass);
    case 'r':
      return keyword_from(name, Tok::kw_raise, Tok::kw_return);
    case 't':
      return keyword_from(name, Tok::kw_try, Tok::kw_try);
    case 'w':
      return keyword_from(name, Tok::kw_while, Tok::kw_with);
    case 'y':
      return keyword_from(name, Tok::kw_yield, Tok::kw_yield);
    default:
      return Tok::name;
  }
}

void reserve_async_words(Tokens& tokens) {
  int depth = 0, outer_depth = -1;  // of indentation; where the `async def` around stands
  bool in_header = false;
  for (size_t i = 0; i + 1 < tokens.list.size(); ++i) {
    Token& token = tokens.list[i];
    const Tok next = tokens.list[i + 1].kind;
    if (token.kind == Tok::indent) {
      ++depth;
    } else if (token.kind == Tok::dedent) {
      if (--depth <= outer_depth) outer_depth = -1;
    } else if (token.kind == Tok::newline && in_header) {
      in_header = false;
      if (next != Tok::indent) outer_depth = -1;
    } else if (token.kind == Tok::name && tokens.text_of(token) == "async") {
      if (next == Tok::kw_def && outer_depth < 0) {
        outer_depth = depth;
        in_header = true;
      }
      if (outer_depth >= 0) token.kind = Tok::kw_async;
    } else if (token.kind == Tok::name && outer_depth >= 0 && tokens.text_of(token) == "await") {
      token.kind = Tok::kw_await;
    }
  }
}

// The flags of a string prefix, or false: b, u, f, r, br, rb, fr, rf in any case, and t, tr, rt,
// which are formatted strings too (PEP 750).
static bool prefix_flags(std::string_view prefix, PythonVersion version, uint8_t& flags) {
  if (prefix.size() > 2) return false;
  bool u = false;
  for (char c : prefix) {
    char lower = static_cast<char>(c | 0x20);
    uint8_t flag = lower == 'b'   ? token_bytes
                   : lower == 'r' ? token_raw
                   : lower == 'f' ? token_formatted
                   : lower == 't' && version >= PythonVersion{3, 14}
                       ? token_formatted | token_template
                       : 0;
    if (lower == 'u' ? prefix.size() > 1 : flag == 0 || (flags & flag)) return false;
    u = u || lower == 'u';
    flags |= flag;
  }
  if ((flags & token_bytes) && (flags & token_formatted)) return false;
  return !(flags & token_formatted) || version >= PythonVersion{3, 6};
}

bool Tokenizer::read_name() {
  const char* from = at_;
  bool ascii = true;
  while (is_class(*at_, char_name)) ascii &= static_cast<signed char>(*at_++) >= 0;
  std::string_view name(from, static_cast<size_t>(at_ - from));
  if ((*at_ == '"' || *at_ == '\'') && name.size() <= 2) {
    uint8_t flags = 0;
    if (prefix_flags(name, version_, flags)) return read_string(from);
  }
  if (ascii) {
    add(keyword_of(name, version_), from, at_);
    return true;
  }
  if (size_t bad = find_invalid_utf8(name); bad != name.npos)
    return fail(from + bad, fmt::format("(unicode error) 'utf-8' codec can't decode byte 0x{:02x}",
                                        static_cast<unsigned char>(name[bad])));
  if (size_t bad = find_bad_in_identifier(name, version_); bad != name.npos) {
    size_t next = bad;
    uint32_t point = code_point(name, next);
    if (point == 0xA0 || point == 0xAD || point == 0xFEFF || (point >= 0x2000 && point <= 0x200F) ||
        (point >= 0x2028 && point <= 0x202F) || point == 0x3000 || point < 0xA0)
      return fail(from + bad, fmt::format("invalid non-printable character U+{:04X}", point));
    return fail(from + bad, fmt::format("invalid character '{}' (U+{:04X})",
                                        name.substr(bad, next - bad), point));
  }
  add(Tok::name, from, at_, token_not_ascii);
  return true;
}

bool Tokenizer::read_string(const char* start) {
  uint8_t flags = 0;
  prefix_flags({start, static_cast<size_t>(at_ - start)}, version_, flags);
  int count = at_[1] == *at_ && at_[2] == *at_ ? 3 : 1;
  bool nested = (flags & token_formatted) && version_ >= PythonVersion{3, 12};
  const char* quotes = at_;
  const char* end =
      nested ? formatted_end(quotes, count, flags, 0) : string_end(quotes, count, flags);
  if (!end) {
    return fail(start, fmt::format("unterminated {}{} literal", count == 3 ? "triple-quoted " : "",
                                   nested ? "f-string" : "string"));
  }
  add(Tok::string, start, end, flags);
  tokens_.list.back().quote = static_cast<uint8_t>(quotes - start + count);
  at_ = end;
  return true;
}

// The end of a literal whose opening quotes stand at `quotes`, or null.
const char* Tokenizer::string_end(const char* quotes, int count, uint8_t& flags) const {
  char quote = *quotes;
  if (count == 1 && quotes[1] == quote) return quotes + 2;
  for (const char* at = quotes + count; at < end_; ++at) {
    char c = *at;
    if (c == quote) {
      if (count == 1) return at + 1;
      if (at[1] == quote && at[2] == quote) return at + 3;
    } else if (c == '\\') {
      flags |= token_has_backslash;
      ++at;
      if (*at == '\r' && at[1] == '\n') ++at;
      if (static_cast<signed char>(*at) < 0) flags |= token_not_ascii;
    } else if (static_cast<signed char>(c) < 0) {
      flags |= token_not_ascii;
    } else if ((c == '\n' || c == '\r') && count == 1) {
      return nullptr;
    }
  }
  return nullptr;
}

// The same for an f-string since 3.12 (PEP 701), where fields may hold any string again.
const char* Tokenizer::formatted_end(const char* quotes, int count, uint8_t& flags,
                                     int depth) const {
  char quote = *quotes;
  if (count == 1 && quotes[1] == quote) return quotes + 2;
  for (const char* at = quotes + count; at < end_; ++at) {
    char c = *at;
    if (c == quote) {
      if (count == 1) return at + 1;
      if (at[1] == quote && at[2] == quote) return at + 3;
    } else if (c == '\\') {
      flags |= token_has_backslash;
      if (!(flags & token_raw) && at[1] == 'N' && at[2] == '{') {
        at += 2;
        while (at < end_ && *at != '}' && *at != quote && *at != '\n') ++at;
        if (*at != '}') --at;
      } else if (at[1] != '{' && at[1] != '}') {
        ++at;
        if (*at == '\r' && at[1] == '\n') ++at;
      }
    } else if (static_cast<signed char>(c) < 0) {
      flags |= token_not_ascii;
    } else if ((c == '\n' || c == '\r') && count == 1) {
      return nullptr;
    } else if (c == '{') {
      if (at[1] == '{')
        ++at;
      else if (!formatted_field(at, quotes, count, depth))
        return nullptr;
    }
  }
  return nullptr;
}

// Moves from the '{' of a field to its '}'; false when there is none.
bool Tokenizer::formatted_field(const char*& at, const char* quotes, int count, int depth) const {
  int brackets = 0;
  bool specification = false;
  for (++at; at < end_; ++at) {
    char c = *at;
    if (specification) {
      // The quotes that end the string end it here as well.
      if (c == *quotes && (count == 1 || (at[1] == c && at[2] == c))) return false;
      if (c == '}') return true;
      if (c == '\n' && count == 1 && version_ >= PythonVersion{3, 14}) return false;
      if (c == '{' && (depth > 100 || !formatted_field(at, quotes, count, depth + 1))) return false;
      continue;
    }
    if (c == '"' || c == '\'') {
      uint8_t flags = 0;
      const char* start = at;
      while (start > begin_ && is_class(start[-1], char_name)) --start;
      bool known = prefix_flags({start, static_cast<size_t>(at - start)}, version_, flags);
      if (!known) flags = 0;
      int inner = at[1] == c && at[2] == c ? 3 : 1;
      const char* end = (flags & token_formatted) && depth < 100
                            ? formatted_end(at, inner, flags, depth + 1)
                            : string_end(at, inner, flags);
      if (!end) return false;
      at = end - 1;
    } else if (c == '#') {
      while (at + 1 < end_ && at[1] != '\n' && at[1] != '\r') ++at;
    } else if (c == '(' || c == '[' || c == '{') {
      ++brackets;
    } else if (c == ')' || c == ']' || c == '}') {
      if (c == '}' && brackets == 0) return true;
      --brackets;
    } else if (c == ':' && brackets == 0) {
      specification = true;
    }
  }
  return false;
}

}  // namespace trainlint
