#include <algorithm>
#include <cctype>
#include <optional>

#include "lint/rule/packing.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

struct Secret {
  std::string_view what;
  Span span;
};

}  // namespace

static bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// How many characters of a token stand at `at`.
static size_t word_length(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  return end - at;
}

// Placeholders ("AKIAXXXXXXXXXXXXXXXX", "ghp_xxxx...") repeat a letter; documentation says EXAMPLE.
static bool is_placeholder(std::string_view token) {
  if (token.find("EXAMPLE") != std::string_view::npos) return true;
  std::string letters(token);
  std::sort(letters.begin(), letters.end());
  auto distinct = std::unique(letters.begin(), letters.end()) - letters.begin();
  constexpr std::ptrdiff_t fewest = 9;
  return distinct < fewest;
}

// Tokens that say themselves what they are: prefix and length as their issuers document them.
static std::optional<Secret> find_token(std::string_view text) {
  struct Form {
    std::string_view prefix;
    size_t length;
    std::string_view what;
  };
  static constexpr Form forms[] = {
      {"AKIA", 20, "an access key of AWS"},           {"AIza", 39, "an API key of Google"},
      {"ghp_", 40, "an access token of GitHub"},      {"gho_", 40, "an access token of GitHub"},
      {"hf_", 37, "an access token of Hugging Face"}, {"glpat-", 26, "an access token of GitLab"},
  };
  for (const Form& form : forms) {
    for (size_t at = text.find(form.prefix); at != std::string_view::npos;
         at = text.find(form.prefix, at + 1)) {
      if (at > 0 && is_word(text[at - 1])) continue;
      if (word_length(text, at) != form.length) continue;
      if (is_placeholder(text.substr(at + form.prefix.size(), form.length - form.prefix.size())))
        continue;
      return Secret{form.what,
                    {static_cast<uint32_t>(at), static_cast<uint32_t>(at + form.prefix.size())}};
    }
  }
  return std::nullopt;
}

// A key of real length behind its first line; in JSON its lines are divided by "\n".
static std::optional<Secret> find_private_key(std::string_view text) {
  constexpr std::string_view end_of_title = "PRIVATE KEY-----";
  constexpr size_t shortest_key = 60;
  for (size_t at = text.find("-----BEGIN "); at != std::string_view::npos;
       at = text.find("-----BEGIN ", at + 1)) {
    size_t title = text.find(end_of_title, at);
    constexpr size_t longest_title = 40;
    if (title == std::string_view::npos || title - at > longest_title) continue;
    size_t letters = 0;
    size_t here = title + end_of_title.size();
    for (; here < text.size() && letters < shortest_key; ++here) {
      char c = text[here];
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '=')
        ++letters;
      else if (c != '\n' && c != '\r' && c != '\\')
        break;
    }
    if (letters < shortest_key) continue;
    bool account = text.find("\"service_account\"") != std::string_view::npos;
    return Secret{account ? "the key of a service account" : "a private key",
                  {static_cast<uint32_t>(at), static_cast<uint32_t>(title + end_of_title.size())}};
  }
  return std::nullopt;
}

static std::optional<Secret> find_secret(std::string_view text) {
  std::optional<Secret> key = find_private_key(text);
  return key ? key : find_token(text);
}

// Files other than modules that are read: what people keep keys in, and JSON files of the size of a
// service account's key, so that no data set is read.
static bool may_hold_secret(const SourceFile& file) {
  constexpr uint64_t largest = 64 << 10;
  constexpr uint64_t shortest_key_file = 1500;
  constexpr uint64_t longest_key_file = 4000;
  if (file.kind != FileKind::file || !file.problem.empty() || file.size > largest) return false;
  std::string_view name = file_name(file.path);
  if (name.starts_with(".env") || name.starts_with("id_rsa") || name.starts_with("id_ed25519"))
    return true;
  for (std::string_view ending : {".pem", ".key", ".sh", ".cfg", ".ini", ".toml", ".yaml", ".yml"})
    if (name.ends_with(ending)) return true;
  return name.ends_with(".json") && file.size >= shortest_key_file && file.size <= longest_key_file;
}

static void report_secret(const std::string& path, const Secret& secret, Report& report) {
  report({path, secret.span}, "{} is packed, and goes where the archive goes", secret.what)
      .note("the archive is kept in a bucket, and every worker unpacks it")
      .note("take it out, have the key replaced, and let the job run as a service account");
}

static void check(const Package& package, Report& report) {
  constexpr size_t most_files = 500;  // an archive may hold any number of small files
  for (const Module& module : package.modules) {
    if (!module.problem.empty() || !is_in_sdist(package, module.path)) continue;
    if (std::optional<Secret> secret = find_secret(module.text()))
      report_secret(module.path, *secret, report);
  }
  size_t read = 0;
  for (const SourceFile& file : package.tree->files()) {
    if (!may_hold_secret(file) || !is_in_sdist(package, file.path)) continue;
    if (++read > most_files) return;
    Result<Bytes> text = package.tree->read(file.path);
    if (!text) continue;
    if (std::optional<Secret> secret = find_secret(**text))
      report_secret(file.path, *secret, report);
  }
}

extern constinit const Rule secret_in_package = {
    .name = "secret-in-package",
    .severity = Severity::warning,
    .summary = "a private key or an access token goes into the archive",
    .explanation = R"(
The archive is uploaded to a bucket, which often more people can read than should, stays there after
the job, and is unpacked on every worker. A service account's key, a private key or an access token
in it is as good as published. The job needs none: it runs as a service account of its own, and what
else it must know can come from Secret Manager.

Reported are PEM private keys with content, and tokens whose form says what they are (AWS, Google,
GitHub, GitLab, Hugging Face). Placeholders are not. The secret itself is never printed.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
TOKEN = "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567"

print("training", bool(TOKEN))
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer/__init__.py --
-- trainer/task.py --
TOKEN = "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

print("training", bool(TOKEN))
)",
    .check = check,
};

}  // namespace trainlint
