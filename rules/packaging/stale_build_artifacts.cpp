#include <algorithm>
#include <filesystem>
#include <set>

#include "lint/project/distribution_name.h"
#include "lint/rule/packing.h"
#include "lint/source/archive_facts.h"
#include "lint/text/path.h"

namespace trainlint {

// The lists of files that earlier builds left.
static std::vector<std::string> old_lists(const SourceTree& tree) {
  std::vector<std::string> found;
  for (const SourceFile& file : tree.files())
    if (file.path.ends_with(".egg-info/SOURCES.txt")) found.push_back(file.path);
  return found;
}

static std::vector<std::string> files_without(const SourceTree& tree, std::string_view part) {
  std::vector<std::string> paths;
  for (const SourceFile& file : tree.files())
    if (file.path.find(part) == std::string::npos) paths.push_back(file.path);
  return paths;
}

// The project in whose folder `dist` an archive lies; null where there is none.
static std::unique_ptr<SourceTree> project_around(const std::string& archive) {
  if (archive.empty()) return nullptr;
  std::error_code fault;
  const std::filesystem::path whole = std::filesystem::absolute(archive, fault).lexically_normal();
  if (fault || whole.parent_path().filename() != "dist") return nullptr;
  const std::string folder = whole.parent_path().parent_path().string();
  Result<std::unique_ptr<SourceTree>> tree = open_folder(folder);
  if (!tree) return nullptr;
  bool built_here = (*tree)->has_file("setup.py") || (*tree)->has_file("pyproject.toml");
  return built_here ? std::move(*tree) : nullptr;
}

// Sizes tell most; the rest of large files is not read.
static bool same_content(const SourceTree& left, const std::string& left_path,
                         const SourceTree& right, const std::string& right_path, uint64_t& budget) {
  const SourceFile* one = left.find(left_path);
  const SourceFile* other = right.find(right_path);
  if (!one || !other || one->kind != FileKind::file || other->kind != FileKind::file) return true;
  if (one->size != other->size) return false;
  if (one->size > budget) return true;
  budget -= one->size;
  Result<Bytes> a = left.read(left_path), b = right.read(right_path);
  return !a || !b || **a == **b;
}

// What the folder would install today, file by file, against what the archive installs.
static void check_archive(const Package& package, const std::string& archive, Report& report) {
  std::unique_ptr<SourceTree> folder = project_around(archive);
  if (folder == nullptr) return;
  Project project = read_project(*folder, package.launch.package);
  if (!project.name.is_known() || !package.project.name.is_known() ||
      canonical_name(project.name.value) != canonical_name(package.project.name.value))
    return;
  Distribution today = predict_distribution(*folder, project);
  if (!today.complete || !package.distribution.complete) return;
  const bool data = today.data_complete && package.distribution.data_complete;
  uint64_t budget = uint64_t{16} << 20;
  std::vector<std::string> changed;
  for (const InstalledFile& file : today.installed) {
    const InstalledFile* packed = package.distribution.find(file.path);
    if (packed == nullptr) {
      if (data || file.path.ends_with(".py")) changed.push_back(file.source);
    } else if (!same_content(*folder, file.source, *package.tree, packed->source, budget)) {
      changed.push_back(file.source);
    }
  }
  // What the sdist is built by may ask for other libraries.
  for (const char* file : {"setup.py", "pyproject.toml"})
    if (package.kind == TreeKind::sdist && folder->has_file(file) && package.tree->has_file(file) &&
        !same_content(*folder, file, *package.tree, file, budget))
      changed.emplace_back(file);
  if (changed.empty()) return;
  Report::Added added =
      report({"", std::nullopt}, "the archive is not what its project makes today: '{}' is another",
             changed.front());
  if (changed.size() > 1) added.note(fmt::format("{} files differ or are missing", changed.size()));
  added.note("build it again before it is submitted");
}

static void check(const Package& package, Report& report) {
  if (const ArchiveFacts* archive = package.tree->archive())
    check_archive(package, archive->path, report);
  if (package.kind != TreeKind::folder || sdist_may_hold_more(package)) return;
  std::vector<std::string> lists = old_lists(*package.tree);
  if (lists.empty()) return;
  std::unique_ptr<SourceTree> clean =
      selection(*package.tree, files_without(*package.tree, ".egg-info/"));
  Distribution built = predict_distribution(*clean, package.project);
  std::set<std::string_view> expected(built.sdist.begin(), built.sdist.end());
  std::vector<std::string> extra;
  for (const std::string& file : package.distribution.sdist)
    if (file.find(".egg-info/") == std::string::npos && expected.count(file) == 0)
      extra.push_back(file);
  if (extra.empty()) return;
  Report::Added added = report(
      {lists.front(), std::nullopt},
      "the list of an earlier build has '{}' packed, which nothing else does", extra.front());
  if (extra.size() > 1) added.note(fmt::format("{} files are packed for this alone", extra.size()));
  added.note(
      fmt::format("remove the folder '{}': setuptools reads it again in every build, so "
                  "another machine makes another archive",
                  parent_folder(lists.front())));
}

extern constinit const Rule stale_build_artifacts = {
    .name = "stale-build-artifacts",
    .severity = Severity::warning,
    .summary = "what an earlier build left behind changes what is packed",
    .explanation = R"(
setuptools keeps the list of packed files in `NAME.egg-info/SOURCES.txt` and reads it again in the
next build: what once was packed is packed as long as the file exists, whatever `MANIFEST.in` and
`package_data` say today. So the archive that works was built with the folder there, and after a
fresh checkout, or on a colleague's machine, files are missing in it.

An archive in a folder `dist` that is linted by itself is compared with the project around it: one
that was built before the last change trains the code of yesterday.

Remove the folder and look whether the job still has all that it needs. One that changes nothing is
not reported.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), include_package_data=True)
-- trainer.egg-info/SOURCES.txt --
setup.py
trainer/__init__.py
trainer/task.py
trainer/vocab.txt
-- trainer/__init__.py --
-- trainer/vocab.txt --
taxi
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), include_package_data=True)
-- MANIFEST.in --
include trainer/vocab.txt
-- trainer.egg-info/SOURCES.txt --
setup.py
trainer/__init__.py
trainer/task.py
trainer/vocab.txt
-- trainer/__init__.py --
-- trainer/vocab.txt --
taxi
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
