#include "lint/launch/job/plain_scalar.h"

#include <algorithm>
#include <array>

namespace trainlint {

namespace {

constexpr size_t longest_number = 64;
constexpr std::string_view digits = "0123456789", digits_and_underscore = "0123456789_";

constexpr std::array<std::string_view, 22> truth = {
    "y",    "Y",    "yes",   "Yes",   "YES",   "n",  "N",  "no", "No",  "NO",  "true",
    "True", "TRUE", "false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF"};

// The regular expressions of yaml.org/type, read by hand: to compile them takes longer than to read
// a whole package.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool is_before(char c) const { return rest_.starts_with(c); }
  // One of the characters.
  bool one_of(std::string_view set) {
    if (rest_.empty() || set.find(rest_.front()) == set.npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // All of them that follow; how many.
  size_t run_of(std::string_view set) {
    size_t count = std::min(rest_.find_first_not_of(set), rest_.size());
    rest_.remove_prefix(count);
    return count;
  }
  bool word(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool to_the_end(std::string_view set) { return run_of(set) > 0 && at_end(); }

 private:
  std::string_view rest_;
};

// "12:30:45", base 60; what comes behind the first number.
bool sixtieths(Scanner& scan) {
  size_t count = 0;
  for (; scan.word(":"); ++count)
    if (scan.one_of("012345"))
      scan.one_of(digits);
    else if (!scan.one_of("6789"))
      return false;
  return count > 0;
}

bool is_integer(std::string_view text) {
  if (text == "_") return false;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (Scanner(text).to_the_end("01234567_")) return true;
  Scanner scan(text);
  if (scan.word("0b")) return scan.to_the_end("01_");
  if (scan.word("0x")) return scan.to_the_end("0123456789abcdefABCDEF_");
  if (!scan.one_of("123456789")) return false;
  scan.run_of(digits_and_underscore);
  return scan.at_end() || (sixtieths(scan) && scan.at_end());
}

bool is_unsigned_exponent(Scanner& scan) {
  return scan.run_of(digits) > 0 && scan.at_end();
}

bool is_number(std::string_view text) {
  for (std::string_view special : {".nan", ".NaN", ".NAN"})
    if (text == special) return true;
  Scanner scan(text);
  const bool has_sign = scan.one_of("-+");
  if (scan.word(".")) {
    for (std::string_view infinity : {"inf", "Inf", "INF"})
      if (scan.word(infinity)) return scan.at_end();
    if (has_sign || scan.run_of(digits_and_underscore) == 0) return false;
    return scan.at_end() || (scan.one_of("eE") && scan.one_of("-+") && is_unsigned_exponent(scan));
  }
  if (!scan.one_of(digits)) return false;
  scan.run_of(digits_and_underscore);
  const bool base_60 = scan.is_before(':');
  if (base_60 && !sixtieths(scan)) return false;
  if (scan.word(".")) {
    scan.run_of(digits_and_underscore);
    if (scan.at_end() || base_60) return scan.at_end();
  } else if (base_60) {
    return false;
  }
  if (!scan.one_of("eE")) return false;
  scan.one_of("-+");
  return is_unsigned_exponent(scan);
}

// Between `least` and `most` digits, as many as there are.
bool some_digits(Scanner& scan, int least, int most) {
  int count = 0;
  while (count < most && scan.one_of(digits)) ++count;
  return count >= least;
}

// "Z", "+1", "-08:00"
bool is_time_zone(Scanner& scan) {
  if (scan.word("Z")) return scan.at_end();
  if (!scan.one_of("-+") || !some_digits(scan, 1, 2)) return false;
  return scan.at_end() || (scan.word(":") && some_digits(scan, 2, 2) && scan.at_end());
}

bool is_date(std::string_view text) {
  Scanner scan(text);
  if (!some_digits(scan, 4, 4) || !scan.word("-") || !some_digits(scan, 1, 2)) return false;
  if (!scan.word("-") || !some_digits(scan, 1, 2)) return false;
  if (scan.at_end()) return text.size() == std::string_view("2001-12-14").size();
  if (!scan.one_of("Tt") && scan.run_of(" \t") == 0) return false;
  if (!some_digits(scan, 1, 2) || !scan.word(":") || !some_digits(scan, 2, 2)) return false;
  if (!scan.word(":") || !some_digits(scan, 2, 2)) return false;
  if (scan.word(".")) scan.run_of(digits);
  if (scan.at_end()) return true;
  scan.run_of(" \t");
  return is_time_zone(scan);
}

}  // namespace

JobShape shape_of_plain(std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
    return JobShape::nothing;
  if (text.size() > longest_number) return JobShape::text;
  if (std::find(truth.begin(), truth.end(), text) != truth.end()) return JobShape::boolean;
  if (is_integer(text)) return JobShape::integer;
  if (is_number(text)) return JobShape::number;
  return is_date(text) ? JobShape::date : JobShape::text;
}

}  // namespace trainlint
