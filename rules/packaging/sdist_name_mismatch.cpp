#include <algorithm>

#include "lint/project/distribution_name.h"
#include "lint/project/metadata.h"
#include "lint/project/pep440.h"
#include "lint/rule/command_text.h"
#include "lint/rule/packing.h"
#include "lint/source/archive_facts.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

struct SdistName {
  std::string name, version;
};

}  // namespace

// "my-trainer-0.1.tar.gz": the version is what stands behind the last '-'.
static std::optional<SdistName> parse_sdist_name(std::string_view file) {
  if (!file.ends_with(".tar.gz")) return std::nullopt;
  file.remove_suffix(7);
  size_t dash = file.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == file.size()) return std::nullopt;
  SdistName parsed{std::string(file.substr(0, dash)), std::string(file.substr(dash + 1))};
  if (!parse_version(parsed.version)) return std::nullopt;
  return parsed;
}

static bool same_version(const std::string& a, const std::string& b) {
  std::optional<Version> left = parse_version(a), right = parse_version(b);
  return left && right ? *left == *right : a == b;
}

static void check_commands(const Package& package, Report& report) {
  const Project& project = package.project;
  if (!project.name.is_known() || !project.version.is_known()) return;
  if (project.origin == ProjectOrigin::generated) return;
  const std::string normal = file_name_part(project.name.value);
  for (const ArchiveMention& mention : mentioned_archives(package)) {
    std::optional<SdistName> parsed = parse_sdist_name(mention.file_name);
    if (!parsed || canonical_name(parsed->name) != canonical_name(project.name.value)) continue;
    if (!same_version(parsed->version, project.version.value)) {
      report(mention.place, "'{}' is not what the build makes: the package's version is '{}'",
             mention.file_name, project.version.value)
          .note("an archive of an earlier build is used again, or none is found",
                project.version.place.path.empty() ? std::nullopt
                                                   : std::optional(project.version.place));
    } else if (parsed->name != normal && !mention.renamed) {
      report(mention.place, "newer setuptools call this archive '{}-{}.tar.gz'", normal,
             parsed->version)
          .note(
              fmt::format("from release 69.3 on '-' and '.' in a name become '_' (PEP 625); older "
                          "ones write '{}'",
                          safe_name(project.name.value)));
    }
  }
}

static void check_archive(const Package& package, const ArchiveFacts& archive, Report& report) {
  std::optional<SdistName> parsed = parse_sdist_name(archive.name);
  if (!parsed || !package.tree->has_file("PKG-INFO")) return;
  Result<Bytes> text = package.tree->read("PKG-INFO");
  if (!text) return;
  Metadata metadata = parse_metadata(**text);
  if (metadata.name.empty() || metadata.version.empty()) return;
  bool same = canonical_name(parsed->name) == canonical_name(metadata.name) &&
              same_version(parsed->version, metadata.version);
  if (same) return;
  report({"PKG-INFO", std::nullopt}, "the archive is called '{}' and holds '{}' {}", archive.name,
         metadata.name, metadata.version)
      .note("it was renamed, or another one was meant");
}

static void check(const Package& package, Report& report) {
  if (package.kind == TreeKind::folder)
    check_commands(package, report);
  else if (package.kind == TreeKind::sdist && package.tree->archive() != nullptr)
    check_archive(package, *package.tree->archive(), report);
}

extern constinit const Rule sdist_name_mismatch = {
    .name = "sdist-name-mismatch",
    .severity = Severity::warning,
    .summary = "an archive is named otherwise than the build names it",
    .explanation = R"(
A script that builds an archive and submits `dist/my-trainer-0.1.tar.gz` depends on the name that
setuptools gives it: the name and version of `setup.py`, and from release 69.3 on with `_` for `-`
and `.`. Where the two differ the file is not found, or, worse, the archive of an earlier build is
found and trained again.

Of an archive that is given itself the name is compared with its `PKG-INFO`.

Sources: [PEP 625](https://peps.python.org/pep-0625/), the release notes of setuptools 69.3.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="my-trainer", version="0.2", packages=find_packages())
-- submit.sh --
python setup.py sdist
gcloud ai-platform jobs submit training job1 --module-name trainer.task \
  --packages dist/my-trainer-0.1.tar.gz
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="my_trainer", version="0.2", packages=find_packages())
-- submit.sh --
python setup.py sdist
gcloud ai-platform jobs submit training job1 --module-name trainer.task \
  --packages dist/my_trainer-0.2.tar.gz
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
