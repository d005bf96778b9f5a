#include "lint/project/distribution_name.h"
#include "lint/rule/wheel.h"
#include "lint/source/archive_facts.h"
#include "lint/text/path.h"

namespace trainlint {

static const Place whole_archive{"", std::nullopt};

static void check_sdist(const ArchiveFacts& archive, Report& report) {
  if (!archive.not_as_named.empty())
    report(whole_archive, "'{}' is not {}, as its name says, so pip cannot unpack it", archive.name,
           archive.not_as_named);
  const std::string& nearest = archive.build_file;
  if (!nearest.empty() && nearest.find('/') == std::string::npos) return;
  Report::Added added =
      report(whole_archive,
             "neither setup.py nor pyproject.toml is at the top of the archive, so pip cannot "
             "install it");
  if (!nearest.empty())
    added.note(
        fmt::format("pip looks in the one folder that holds everything, if there is one; "
                    "'{}' is too far down",
                    nearest));
  added.note("build it with 'python setup.py sdist' in the folder of setup.py");
}

static void check_dist_info(const Package& package, const std::string& folder,
                            const std::vector<std::string>& parts, Report& report) {
  for (std::string_view file : {"METADATA", "WHEEL", "RECORD"})
    if (!package.tree->has_file(join_path(folder, file)))
      report({join_path(folder, file), std::nullopt},
             "is not in the wheel, so pip cannot install it");
  std::string name = folder.substr(0, folder.find('-'));
  if (!parts.empty() && canonical_name(parts[0]) != canonical_name(name))
    report(whole_archive, "the file's name says '{}' and '{}' says '{}', so pip cannot install it",
           parts[0], folder, name);
}

// pip reads the version of the format before anything else and knows 1.x.
static void check_format(const Package& package, const std::string& folder, Report& report) {
  const std::string path = join_path(folder, "WHEEL");
  Result<Bytes> text = package.tree->read(path);
  if (!text) return;
  constexpr std::string_view key = "Wheel-Version:";
  size_t at = (*text)->starts_with(key) ? 0 : (*text)->find("\n" + std::string(key));
  if (at == std::string::npos) {
    report({path, std::nullopt}, "has no Wheel-Version, so pip cannot install the wheel");
    return;
  }
  at = (*text)->find_first_not_of(" \t", (*text)->find(':', at) + 1);
  const std::string version = (*text)->substr(std::min(at, (*text)->size()));
  const size_t digits = std::min(version.find_first_not_of("0123456789"), version.size());
  if (digits > 1 || (digits == 1 && version[0] > '1'))
    report({path, std::nullopt}, "is of Wheel-Version {}, which pip does not know",
           version.substr(0, version.find_first_of("\r\n")));
}

static void check_wheel(const Package& package, const ArchiveFacts& archive, Report& report) {
  std::vector<std::string> parts = wheel_name_parts(archive.name);
  if (parts.empty())
    report(whole_archive, "'{}' is no name of a wheel, so pip cannot install it", archive.name)
        .note("a wheel is called NAME-VERSION-PYTHON-ABI-PLATFORM.whl (PEP 427)");
  std::vector<std::string> folders = dist_info_folders(*package.tree);
  if (folders.size() == 1) {
    check_dist_info(package, folders[0], parts, report);
    check_format(package, folders[0], report);
    return;
  }
  report(
      whole_archive, "{} in the wheel, so pip cannot install it",
      folders.empty() ? "there is no .dist-info folder" : "there are several .dist-info folders");
}

static void check(const Package& package, Report& report) {
  const ArchiveFacts* archive = package.tree->archive();
  if (archive == nullptr) return;
  if (package.kind == TreeKind::wheel)
    check_wheel(package, *archive, report);
  else if (package.kind == TreeKind::sdist)
    check_sdist(*archive, report);
}

extern constinit const Rule archive_no_build_file = {
    .name = "archive-no-build-file",
    .severity = Severity::error,
    .summary = "the archive lacks what pip needs to install it",
    .explanation = R"(
The worker hands the archive to pip. Of a `.tar.gz` or `.zip` pip takes off the one folder that
holds everything, if there is one, and wants `setup.py` or `pyproject.toml` right there. An archive
packed by hand from one level up or down, or of a whole repository, ends every replica with `does
not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found`.

The ending of the file's name says how it is packed, and pip believes it: a zip called `.tar.gz`, or
a tar that was compressed twice, cannot be unpacked.

A wheel needs a name of the form `NAME-VERSION-PYTHON-ABI-PLATFORM.whl` and exactly one folder
`NAME-VERSION.dist-info` with `METADATA`, `WHEEL` and `RECORD`, and `WHEEL` must state a
`Wheel-Version` that pip knows, 1.something.

Sources: [PEP 427](https://peps.python.org/pep-0427/), [source distribution
format](https://packaging.python.org/en/latest/specifications/source-distribution-format/).
)",
    .bad = R"(
trainer-0.1.tar.gz
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
trainer-0.1.tar.gz
-- trainer-0.1/setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- trainer-0.1/trainer/__init__.py --
-- trainer-0.1/trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
