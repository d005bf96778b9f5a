#include <algorithm>
#include <optional>

#include "lint/rule/packing.h"
#include "lint/text/path.h"
#include "lint/text/secret.h"

namespace trainlint {

// Files other than modules that are read: what people keep keys in, and others only as long as keys
// are, so that no data set is read.
static bool may_hold_secret(const SourceFile& file) {
  constexpr uint64_t largest = 64 << 10, longest_key_file = 8 << 10, longest_notebook = 512 << 10;
  if (file.kind != FileKind::file || !file.problem.empty()) return false;
  std::string_view name = file_name(file.path);
  if (name.ends_with(".ipynb")) return file.size <= longest_notebook;
  if (file.size > largest) return false;
  if (name.starts_with(".env") || name.starts_with("id_rsa") || name.starts_with("id_ed25519"))
    return true;
  if (name.find("credential") != std::string_view::npos) return true;
  for (std::string_view ending : {".pem", ".key", ".sh", ".cfg", ".ini", ".toml", ".yaml", ".yml"})
    if (name.ends_with(ending)) return true;
  // ".netrc", ".boto" and names without any ending are read, too.
  const bool plain = name.find('.', 1) == std::string_view::npos;
  return (name.ends_with(".json") || name.ends_with(".txt") || plain) &&
         file.size <= longest_key_file;
}

static std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\"'";
  const size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

static std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// "DB_PASSWORD" with a value that may be one.
static bool is_secret_setting(std::string_view name, std::string_view value) {
  constexpr std::string_view words[] = {"password", "passwd",     "secret",     "token",
                                        "api_key",  "access_key", "private_key"};
  constexpr std::string_view places[] = {"your", "change", "example", "xxx",  "dummy", "...",
                                         "none", "todo",   "test",    "null", "false", "true"};
  constexpr std::string_view other_ends[] = {"_file", "_path", "_name", "_id", "_url", "_limit"};
  constexpr size_t shortest = 8;
  const std::string key = lower(name), text = lower(value);
  auto has = [](const std::string& whole) {
    return [&whole](std::string_view word) { return whole.find(word) != std::string::npos; };
  };
  return value.size() >= shortest && text.find_first_of("$<>{}* /") == std::string::npos &&
         text.find_first_not_of("0123456789.") != std::string::npos &&
         std::any_of(std::begin(words), std::end(words), has(key)) &&
         std::none_of(std::begin(places), std::end(places), has(text)) &&
         std::none_of(std::begin(other_ends), std::end(other_ends),
                      [&](std::string_view end) { return key.ends_with(end); });
}

// The file is named without the line's text, which would show the value.
static void report_settings(const std::string& path, std::string_view text, Report& report) {
  if (!file_name(path).starts_with(".env")) return;
  size_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = trimmed(text.substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (line.starts_with("export ")) line.remove_prefix(std::string_view("export ").size());
    const size_t equals = line.find('=');
    if (line.starts_with('#') || equals == line.npos ||
        !is_secret_setting(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1))))
      continue;
    report({path, std::nullopt},
           "'{}' has its value in line {}, which is packed, and goes where "
           "the archive goes",
           trimmed(line.substr(0, equals)), number)
        .note("the archive is kept in a bucket, and every worker unpacks it")
        .note("take the file out and have the secret replaced");
    return;
  }
}

static void report_secret(const std::string& path, const Secret& secret, Report& report) {
  report({path, secret.title}, "{} is packed, and goes where the archive goes", secret.what)
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
    else
      report_settings(file.path, **text, report);
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

Reported are PEM private keys with content, what `gcloud auth` keeps of a person's login, tokens
whose form says what they are (AWS, Google, GitHub, GitLab, Hugging Face, Slack), in modules,
notebooks, settings and files without an ending as well, and passwords and tokens in `.env`.
Placeholders are not. The secret itself is never printed: the source line is shown with asterisks.
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
