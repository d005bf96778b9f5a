#pragma once

#include <array>

#include "lint/python/check/token.h"

namespace trainlint {

// The state of cutting one text. Members are split over three files by what they read.
class Tokenizer {
 public:
  Tokenizer(Tokens& tokens, std::string_view text, uint32_t base, PythonVersion version)
      : tokens_(tokens),
        begin_(text.data()),
        end_(text.data() + text.size()),
        at_(begin_),
        base_(base),
        version_(version) {}

  void run();
  TokenError take_error() { return std::move(error_); }
  std::vector<uint32_t> open_brackets() const;
  void run_field();  // the text of an f-string's field, as if in round brackets

 private:
  bool start_line();  // indentation; false when there is an error
  bool indent_to(int columns, int narrow);
  bool start_continued_line(int columns, int narrow);
  bool read_token();  // false at the end or when there is an error
  bool read_rest(unsigned char c);
  bool read_operator();
  bool read_name();
  bool read_string(const char* start);
  bool read_number();
  bool read_based_number(unsigned base, std::string_view kind);
  bool read_decimal_tail();
  bool end_number(std::string_view kind);
  bool skip_continuation();
  bool close_bracket(char c);
  void skip_comment();
  const char* string_end(const char* quotes, int count, uint8_t& flags) const;
  const char* formatted_end(const char* quotes, int count, uint8_t& flags, int depth) const;
  bool formatted_field(const char*& at, const char* quotes, int count, int depth) const;

  void add(Tok kind, const char* from, const char* to, uint8_t flags = 0);
  uint32_t offset(const char* at) const { return base_ + static_cast<uint32_t>(at - begin_); }
  bool fail(const char* at, std::string message);  // an error that overrides the parser's
  bool stop(const char* at, std::string type, std::string message);
  bool at_end_of_file();
  bool end_field();

  Tokens& tokens_;
  TokenError error_;
  const char* begin_;
  const char* end_;
  const char* at_;
  uint32_t base_;
  PythonVersion version_;
  bool in_field_ = false;
  bool line_start_ = true;
  bool blank_line_ = false;
  std::vector<const char*> brackets_;
  struct Indent {
    int columns;         // with tab stops at every eighth column
    int narrow_columns;  // with tabs as wide as one space
  };
  std::vector<Indent> indents_{{0, 0}};
};

// Character classes, by byte.
enum CharClass : uint8_t { char_name = 1, char_digit = 2, char_hex = 4, char_space = 8 };

constexpr std::array<uint8_t, 256> make_classes() {
  std::array<uint8_t, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = classes[c - 32] = char_name;
  for (int c = 0x80; c < 256; ++c) classes[c] = char_name;
  for (int c = '0'; c <= '9'; ++c) classes[c] = char_name | char_digit | char_hex;
  for (int c = 'a'; c <= 'f'; ++c) classes[c] = classes[c - 32] = char_name | char_hex;
  classes['_'] = char_name;
  classes[' '] = classes['\t'] = classes['\f'] = char_space;
  return classes;
}
inline constexpr std::array<uint8_t, 256> char_classes = make_classes();

inline bool is_class(char c, uint8_t wanted) {
  return char_classes[static_cast<unsigned char>(c)] & wanted;
}

Tok keyword_of(std::string_view name, PythonVersion version);

// Up to Python 3.6 `async` and `await` are keywords inside of `async def` only (PEP 492); makes
// them keywords there.
void reserve_async_words(Tokens& tokens);

}  // namespace trainlint
