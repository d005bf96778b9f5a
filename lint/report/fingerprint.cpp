#include "lint/report/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>

namespace trainlint {

static constexpr size_t longest = 200;  // bytes of a symbol; a span may be a whole call

// Blanks and line ends in a row are one blank: a reformatted call is the same call.
static void add_collapsed(std::string& out, std::string_view text) {
  bool blank = false;
  for (char c : text.substr(0, longest)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      blank = true;
      continue;
    }
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += c;
  }
}

// The parts of a message in single quotes, which by the house style are the user's words.
static void add_quoted(std::string& out, std::string_view message) {
  for (size_t begin; (begin = message.find('\'')) != std::string_view::npos;) {
    size_t end = message.find('\'', begin + 1);
    if (end == std::string_view::npos) return;
    out += out.empty() ? "'" : " '";
    add_collapsed(out, message.substr(begin + 1, end - begin - 1));
    out += '\'';
    message.remove_prefix(end + 1);
  }
}

std::string symbol_of(Files& files, const Finding& finding) {
  std::string symbol;
  if (finding.place.span) add_collapsed(symbol, files.spanned(finding.place));
  add_quoted(symbol, finding.message);
  return symbol;
}

// FNV-1a, 64 bits: a name for equal texts, no protection against anybody.
static uint64_t hash_of(std::string_view text) {
  uint64_t hash = 14695981039346656037U;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

std::string Fingerprints::next(std::string_view rule, std::string_view path,
                               std::string_view symbol) {
  std::string key = fmt::format("{}\n{}\n{}", rule, path, symbol);
  size_t earlier = seen_[key]++;
  if (earlier > 0) key += fmt::format("\n{}", earlier);
  return fmt::format("{:016x}", hash_of(key));
}

}  // namespace trainlint
