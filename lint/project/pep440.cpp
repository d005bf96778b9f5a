#include "lint/project/pep440.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace trainlint {

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
static bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

static std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

// A number too large for 64 bits is the largest of them: larger than any that people write.
static uint64_t number_of(std::string_view digits) {
  constexpr uint64_t most = std::numeric_limits<uint64_t>::max();
  uint64_t number = 0;
  for (char c : digits) {
    auto digit = static_cast<uint64_t>(c - '0');
    if (number > (most - digit) / 10) return most;
    number = number * 10 + digit;
  }
  return number;
}

namespace {

// Takes a version apart from left to right; the text is in lower case.
struct Scanner {
  std::string_view rest;

  bool at_end() const { return rest.empty(); }
  bool at_digit() const { return !rest.empty() && is_digit(rest[0]); }

  bool take(std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
  }

  std::string_view digits() {
    size_t size = 0;
    while (size < rest.size() && is_digit(rest[size])) ++size;
    std::string_view taken = rest.substr(0, size);
    rest.remove_prefix(size);
    return taken;
  }

  void separator() {
    if (!rest.empty() && (rest[0] == '-' || rest[0] == '_' || rest[0] == '.'))
      rest.remove_prefix(1);
  }

  // "[-_.]? word [-_.]? [0-9]*": the word's number, 0 if it has none; nothing is taken on a miss.
  std::optional<uint64_t> numbered(std::initializer_list<std::string_view> words) {
    Scanner ahead = *this;
    ahead.separator();
    auto is_next = [&](std::string_view word) { return ahead.take(word); };
    if (std::none_of(words.begin(), words.end(), is_next)) return std::nullopt;
    // A separator without a number behind it is fine too: "1.0a.post1", "1.0a-".
    ahead.separator();
    rest = ahead.rest;
    return number_of(digits());
  }
};

}  // namespace

static bool scan_release(Scanner& scanner, Version& version) {
  if (!scanner.at_digit()) return false;
  uint64_t first = number_of(scanner.digits());
  if (scanner.take("!")) {
    version.epoch = first;
    if (!scanner.at_digit()) return false;
    first = number_of(scanner.digits());
  }
  version.release.push_back(first);
  while (scanner.rest.size() > 1 && scanner.rest[0] == '.' && is_digit(scanner.rest[1])) {
    scanner.take(".");
    version.release.push_back(number_of(scanner.digits()));
  }
  return true;
}

static void scan_suffixes(Scanner& scanner, Version& version) {
  if (auto alpha = scanner.numbered({"alpha", "a"}))
    version.pre = PreRelease{PreKind::alpha, *alpha};
  else if (auto beta = scanner.numbered({"beta", "b"}))
    version.pre = PreRelease{PreKind::beta, *beta};
  else if (auto candidate = scanner.numbered({"preview", "pre", "rc", "c"}))
    version.pre = PreRelease{PreKind::candidate, *candidate};
  if (scanner.rest.size() > 1 && scanner.rest[0] == '-' && is_digit(scanner.rest[1])) {
    scanner.take("-");
    version.post = number_of(scanner.digits());
  } else {
    version.post = scanner.numbered({"post", "rev", "r"});
  }
  version.dev = scanner.numbered({"dev"});
}

// "+deb.1": words and numbers with '-', '_' or '.' between.
static bool scan_local(Scanner& scanner, Version& version) {
  if (!scanner.take("+")) return true;
  for (;;) {
    size_t size = 0;
    while (size < scanner.rest.size() &&
           (is_digit(scanner.rest[size]) || is_lower(scanner.rest[size])))
      ++size;
    if (size == 0) return false;
    std::string_view part = scanner.rest.substr(0, size);
    scanner.rest.remove_prefix(size);
    if (std::all_of(part.begin(), part.end(), is_digit))
      version.local.push_back({true, number_of(part), ""});
    else
      version.local.push_back({false, 0, std::string(part)});
    if (scanner.at_end()) return true;
    size_t before = scanner.rest.size();
    scanner.separator();
    if (scanner.rest.size() == before) return false;
  }
}

std::optional<Version> parse_version(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r\f\v";
  size_t begin = std::min(text.find_first_not_of(blanks), text.size());
  text = text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
  std::string lower = lowered(text);
  Scanner scanner{lower};
  scanner.take("v");
  Version version;
  if (!scan_release(scanner, version)) return std::nullopt;
  scan_suffixes(scanner, version);
  if (!scan_local(scanner, version) || !scanner.at_end()) return std::nullopt;
  return version;
}

static std::string_view letters(PreKind kind) {
  return kind == PreKind::alpha ? "a" : kind == PreKind::beta ? "b" : "rc";
}

std::string Version::text() const {
  std::string text;
  if (epoch != 0) text += fmt::format("{}!", epoch);
  text += fmt::format("{}", fmt::join(release, "."));
  if (pre) text += fmt::format("{}{}", letters(pre->kind), pre->number);
  if (post) text += fmt::format(".post{}", *post);
  if (dev) text += fmt::format(".dev{}", *dev);
  for (size_t i = 0; i < local.size(); ++i) {
    text += i == 0 ? '+' : '.';
    text += local[i].is_number ? fmt::format("{}", local[i].number) : local[i].word;
  }
  return text;
}

static std::strong_ordering compare_releases(const std::vector<uint64_t>& a,
                                             const std::vector<uint64_t>& b) {
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    uint64_t left = i < a.size() ? a[i] : 0, right = i < b.size() ? b[i] : 0;
    if (left != right) return left <=> right;
  }
  return std::strong_ordering::equal;
}

// "1.0.dev1" < "1.0a1" < "1.0" : a bare dev release comes before every pre-release, and a
// version without one behind them.
static int pre_rank(const Version& version) {
  if (version.pre) return 1;
  return version.dev && !version.post ? 0 : 2;
}

std::strong_ordering operator<=>(const Version& a, const Version& b) {
  if (a.epoch != b.epoch) return a.epoch <=> b.epoch;
  if (auto order = compare_releases(a.release, b.release); order != 0) return order;
  if (pre_rank(a) != pre_rank(b)) return pre_rank(a) <=> pre_rank(b);
  if (a.pre && *a.pre != *b.pre) return *a.pre <=> *b.pre;
  if (a.post != b.post) return a.post <=> b.post;  // none is smallest
  if (a.dev.has_value() != b.dev.has_value()) return b.dev.has_value() <=> a.dev.has_value();
  if (a.dev != b.dev) return *a.dev <=> *b.dev;
  return std::lexicographical_compare_three_way(a.local.begin(), a.local.end(), b.local.begin(),
                                                b.local.end());
}

bool operator==(const Version& a, const Version& b) {
  return (a <=> b) == 0;
}

std::string safe_version(std::string_view text) {
  if (std::optional<Version> version = parse_version(text)) return version->text();
  std::string safe;
  for (char c : text) {
    if (is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') || c == '.')
      safe += c;
    else if (c == ' ')
      safe += '.';
    else if (!safe.ends_with('-'))
      safe += '-';
  }
  return safe;
}

}  // namespace trainlint
