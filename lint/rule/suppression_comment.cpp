#include "lint/rule/suppression.h"

#include <algorithm>

namespace trainlint {

static constexpr std::string_view marker = "trainlint:";
static constexpr std::string_view blanks = " \t";

static size_t skip_blanks(std::string_view text, size_t at) {
  return std::min(text.find_first_not_of(blanks, at), text.size());
}

// Where the text after "# trainlint:" begins, and where that '#' stands.
struct Found {
  size_t hash, after;
};

static std::optional<Found> find_marker(std::string_view comment) {
  for (size_t at = 0; (at = comment.find(marker, at)) != std::string_view::npos; ++at) {
    size_t before = at == 0 ? std::string_view::npos : comment.find_last_not_of(blanks, at - 1);
    if (before != std::string_view::npos && comment[before] == '#')
      return Found{before, skip_blanks(comment, at + marker.size())};
  }
  return std::nullopt;
}

static bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

// The words with which other linters suppress: who writes them here means the same.
static bool means_ignore(std::string_view word) {
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  for (std::string_view known : {"ignore", "disable", "noqa", "skip", "off", "nolint", "allow"})
    if (lower.starts_with(known)) return true;
  return false;
}

static void read_names(Suppression& result, std::string_view comment, size_t from, size_t to,
                       uint32_t begin) {
  for (size_t at = from; at < to;) {
    at = comment.find_first_not_of(" \t,", at);
    if (at >= to) return;
    size_t end = std::min(comment.find_first_of(" \t,", at), to);
    result.names.push_back(
        {std::string(comment.substr(at, end - at)),
         {begin + static_cast<uint32_t>(at), begin + static_cast<uint32_t>(end)}});
    at = end;
  }
}

std::optional<Suppression> read_suppression(std::string_view comment, uint32_t begin) {
  std::optional<Found> found = find_marker(comment);
  if (!found) return std::nullopt;
  size_t at = found->after, end = at;
  while (end < comment.size() && is_name_character(comment[end])) ++end;
  std::string_view word = comment.substr(at, end - at);
  if (!means_ignore(word)) return std::nullopt;  // prose about the linter
  Suppression result;
  result.span = {begin + static_cast<uint32_t>(found->hash),
                 begin + static_cast<uint32_t>(comment.find_last_not_of(" \t\r\n") + 1)};
  result.whole_file = word == "ignore-file";
  if (word != "ignore" && word != "ignore-file") {
    result.fault = "'" + std::string(word) + "' is no word for it: write 'ignore[rule-name]'";
    return result;
  }
  at = skip_blanks(comment, end);
  size_t close = comment.find(']', at);
  if (at >= comment.size() || comment[at] != '[' || close == std::string_view::npos) {
    result.fault = "it names no rule: write '" + std::string(word) + "[rule-name]'";
    return result;
  }
  read_names(result, comment, at + 1, close, begin);
  if (result.names.empty()) result.fault = "there is no rule between the brackets";
  size_t reason = comment.find_first_not_of(" \t:-", close + 1);
  if (reason != std::string_view::npos)
    result.reason = comment.substr(reason, comment.find_last_not_of(" \t\r\n") + 1 - reason);
  return result;
}

}  // namespace trainlint
