#include "lint/text/secret.h"

#include <algorithm>
#include <cctype>

namespace trainlint {

namespace {

// Tokens that say themselves what they are: prefix and length as their issuers document them.
struct Form {
  std::string_view prefix;
  size_t shortest, longest;
  std::string_view what;
};

constexpr Form forms[] = {
    {"AKIA", 20, 20, "an access key of AWS"},
    {"AIza", 39, 39, "an API key of Google"},
    {"GOCSPX-", 35, 35, "a client secret of Google"},
    {"ghp_", 40, 40, "an access token of GitHub"},
    {"gho_", 40, 40, "an access token of GitHub"},
    {"github_pat_", 93, 93, "an access token of GitHub"},
    {"hf_", 37, 37, "an access token of Hugging Face"},
    {"glpat-", 26, 26, "an access token of GitLab"},
    {"xoxb-", 40, 120, "a token of Slack"},
    {"xoxp-", 40, 120, "a token of Slack"},
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

bool is_base64(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '=';
}

Span span_of(size_t begin, size_t end) {
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

// How many characters of a token stand at `at`.
size_t word_length(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  return end - at;
}

// Placeholders ("AKIAXXXXXXXXXXXXXXXX", "ghp_xxxx...") repeat a letter; documentation says EXAMPLE.
bool is_placeholder(std::string_view token) {
  if (token.find("EXAMPLE") != std::string_view::npos) return true;
  std::string letters(token);
  std::sort(letters.begin(), letters.end());
  auto distinct = std::unique(letters.begin(), letters.end()) - letters.begin();
  constexpr std::ptrdiff_t fewest = 9;
  return distinct < fewest;
}

std::optional<Secret> find_token(const Form& form, std::string_view text, size_t from) {
  for (size_t at = text.find(form.prefix, from); at != std::string_view::npos;
       at = text.find(form.prefix, at + 1)) {
    if (at > 0 && is_word(text[at - 1])) continue;
    const size_t length = word_length(text, at);
    const size_t rest = at + form.prefix.size();
    if (length < form.shortest || length > form.longest ||
        is_placeholder(text.substr(rest, at + length - rest)))
      continue;
    return Secret{form.what, span_of(at, rest), span_of(rest, at + length)};
  }
  return std::nullopt;
}

// A key of real length behind its first line; in JSON its lines are divided by "\n".
std::optional<Secret> find_private_key(std::string_view text, size_t from) {
  constexpr std::string_view end_of_title = "PRIVATE KEY-----";
  constexpr size_t longest_title = 40, shortest_key = 60;
  for (size_t at = text.find("-----BEGIN ", from); at != std::string_view::npos;
       at = text.find("-----BEGIN ", at + 1)) {
    size_t title = text.find(end_of_title, at);
    if (title == std::string_view::npos || title - at > longest_title) continue;
    title += end_of_title.size();
    size_t letters = 0, end = title;
    for (; end < text.size(); ++end) {
      const char c = text[end];
      if (is_base64(c))
        ++letters;
      else if (c != '\n' && c != '\r' && c != '\\')
        break;
    }
    if (letters < shortest_key) continue;
    const bool account = text.find("\"service_account\"") != std::string_view::npos;
    return Secret{account ? "the key of a service account" : "a private key", span_of(at, title),
                  span_of(title, end)};
  }
  return std::nullopt;
}

// What `gcloud auth application-default login` leaves behind: "refresh_token": "1//...".
std::optional<Secret> find_refresh_token(std::string_view text, size_t from) {
  constexpr std::string_view key = "\"refresh_token\"", start = "\"1//";
  constexpr size_t shortest_token = 40;
  const size_t at = text.find(key, from);
  if (at == std::string_view::npos) return std::nullopt;
  const size_t begin = text.find_first_not_of(": ", at + key.size());
  if (begin == std::string_view::npos || !text.substr(begin).starts_with(start))
    return std::nullopt;
  const size_t rest = begin + start.size(), length = word_length(text, rest);
  if (length < shortest_token || is_placeholder(text.substr(rest, length))) return std::nullopt;
  return Secret{"the login of a person", span_of(at, at + key.size()),
                span_of(rest, rest + length)};
}

// Calls `take(find)` for each way to find a secret from some offset on, until it returns true.
template <class Take>
void each_finder(Take take) {
  if (take(find_private_key) || take(find_refresh_token)) return;
  for (const Form& form : forms)
    if (take([&](std::string_view text, size_t from) { return find_token(form, text, from); }))
      return;
}

}  // namespace

std::optional<Secret> find_secret(std::string_view text) {
  std::optional<Secret> found;
  each_finder([&](auto find) { return (found = find(text, 0)).has_value(); });
  return found;
}

std::string without_secrets(std::string text) {
  each_finder([&](auto find) {
    size_t from = 0;
    while (std::optional<Secret> secret = find(text, from)) {
      from = secret->hidden.end;
      std::fill(text.begin() + secret->hidden.begin, text.begin() + secret->hidden.end, '*');
    }
    return false;
  });
  return text;
}

}  // namespace trainlint
