// Numbers (docs.python.org/3/reference/lexical_analysis.html#numeric-literals).
#include <cctype>

#include <fmt/format.h>

#include "lint/python/check/tokenizer.h"

namespace trainlint {

// Digits with single underscores between them (PEP 515); at_ stands on the first digit.
bool Tokenizer::read_decimal_tail() {
  for (;;) {
    while (is_class(*at_, char_digit)) ++at_;
    if (*at_ != '_' || version_ < PythonVersion{3, 6}) return true;
    ++at_;
    if (!is_class(*at_, char_digit)) return fail(at_ - 1, "invalid decimal literal");
  }
}

// A number may be followed at once by a keyword that can follow an expression ("1if x else y"),
// not by other letters.
bool Tokenizer::end_number(std::string_view kind) {
  if (!is_class(*at_, char_name)) return true;
  std::string_view rest(at_, static_cast<size_t>(end_ - at_));
  for (std::string_view keyword : {"and", "else", "for", "if", "in", "is", "or", "not"})
    if (rest.starts_with(keyword)) return true;
  return fail(at_, fmt::format("invalid {} literal", kind));
}

static bool is_digit_of(char c, unsigned base) {
  if (base == 16) return is_class(c, char_hex);
  return c >= '0' && c < static_cast<char>('0' + base);
}

bool Tokenizer::read_based_number(unsigned base, std::string_view kind) {
  const char* from = at_;
  at_ += 2;
  do {
    if (*at_ == '_' && version_ >= PythonVersion{3, 6}) ++at_;
    if (!is_digit_of(*at_, base)) {
      if (is_class(*at_, char_digit))
        return fail(at_, fmt::format("invalid digit '{}' in {} literal", *at_, kind));
      return fail(at_, fmt::format("invalid {} literal", kind));
    }
    while (is_digit_of(*at_, base)) ++at_;
  } while (*at_ == '_');
  if (is_class(*at_, char_digit))
    return fail(at_, fmt::format("invalid digit '{}' in {} literal", *at_, kind));
  if (!end_number(kind)) return false;
  add(Tok::number, from, at_);
  return true;
}

bool Tokenizer::read_number() {
  const char* from = at_;
  bool leading_zero = false;
  if (*at_ == '0') {
    char base = static_cast<char>(std::tolower(static_cast<unsigned char>(at_[1])));
    if (base == 'x') return read_based_number(16, "hexadecimal");
    if (base == 'o') return read_based_number(8, "octal");
    if (base == 'b') return read_based_number(2, "binary");
  }
  std::string_view kind = "decimal";
  bool whole = true;
  if (*at_ != '.') {
    if (!read_decimal_tail()) return false;
    std::string_view digits(from, static_cast<size_t>(at_ - from));
    leading_zero = digits[0] == '0' && digits.find_first_not_of("0_") != digits.npos;
  }
  if (*at_ == '.') {
    whole = false;
    ++at_;
    if (is_class(*at_, char_digit) && !read_decimal_tail()) return false;
  }
  if (*at_ == 'e' || *at_ == 'E') {
    const char* exponent = at_++;
    bool sign = *at_ == '+' || *at_ == '-';
    if (sign) ++at_;
    if (is_class(*at_, char_digit)) {
      whole = false;
      if (!read_decimal_tail()) return false;
    } else if (sign) {
      return fail(exponent, "invalid decimal literal");
    } else {
      at_ = exponent;
    }
  }
  if (*at_ == 'j' || *at_ == 'J') {
    ++at_;
    whole = false;
    kind = "imaginary";
  }
  if (leading_zero && whole)
    return fail(from,
                "leading zeros in decimal integer literals are not permitted; "
                "use an 0o prefix for octal integers");
  if (!end_number(kind)) return false;
  add(Tok::number, from, at_);
  return true;
}

}  // namespace trainlint
