#include <optional>

#include "lint/rule/packing.h"
#include "lint/text/path.h"
#include "lint/text/secret.h"

namespace trainlint {

// Files other than modules that are read: what people keep keys in, and others only as long as keys
// are, so that no data set is read.
static bool may_hold_secret(const SourceFile& file) {
  constexpr uint64_t largest = 64 << 10, longest_key_file = 8 << 10;
  if (file.kind != FileKind::file || !file.problem.empty() || file.size > largest) return false;
  std::string_view name = file_name(file.path);
  if (name.starts_with(".env") || name.starts_with("id_rsa") || name.starts_with("id_ed25519"))
    return true;
  if (name.find("credential") != std::string_view::npos) return true;
  for (std::string_view ending : {".pem", ".key", ".sh", ".cfg", ".ini", ".toml", ".yaml", ".yml"})
    if (name.ends_with(ending)) return true;
  return (name.ends_with(".json") || name.ends_with(".txt")) && file.size <= longest_key_file;
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

Reported are PEM private keys with content, what `gcloud auth` keeps of a person's login, and tokens
whose form says what they are (AWS, Google, GitHub, GitLab, Hugging Face, Slack). Placeholders are
not. The secret itself is never printed: the source line is shown with asterisks.
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
