#include <algorithm>

#include "lint/rule/packing.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

struct Pile {
  std::string_view what;
  bool (*holds)(const SourceFile& file);
  size_t count = 0;
  uint64_t bytes = 0;
  const SourceFile* first = nullptr;
};

}  // namespace

static bool has_folder(std::string_view path, std::initializer_list<std::string_view> names) {
  for (size_t begin = 0, end; (end = path.find('/', begin)) != std::string_view::npos;
       begin = end + 1)
    if (std::find(names.begin(), names.end(), path.substr(begin, end - begin)) != names.end())
      return true;
  return false;
}

static bool is_version_control(const SourceFile& file) {
  return has_folder(file.path, {".git", ".hg", ".svn", "CVS"});
}

static bool is_environment(const SourceFile& file) {
  return has_folder(file.path, {"site-packages", "node_modules", ".venv", ".tox"}) ||
         file_name(file.path) == "pyvenv.cfg";
}

static bool is_byte_code(const SourceFile& file) {
  return file.path.ends_with(".pyc") || file.path.ends_with(".pyo");
}

static bool is_leftover(const SourceFile& file) {
  std::string_view name = file_name(file.path);
  return has_folder(file.path, {".ipynb_checkpoints", ".idea", ".vscode", "__MACOSX",
                                ".pytest_cache", ".mypy_cache"}) ||
         name == ".DS_Store" || name == "Thumbs.db" || name.ends_with(".swp") ||
         name.ends_with('~') || name.ends_with(".orig") || name.ends_with(".rej");
}

// Extension modules and libraries of macOS and Windows.
static bool is_foreign_library(const SourceFile& file) {
  std::string_view name = file_name(file.path);
  return name.ends_with(".pyd") || name.ends_with(".dll") || name.ends_with(".dylib") ||
         (name.ends_with(".so") && name.find("-darwin") != std::string_view::npos);
}

static std::string size_text(uint64_t bytes) {
  constexpr uint64_t kibi = 1024;
  if (bytes >= kibi * kibi) return fmt::format("{} MiB", bytes / (kibi * kibi));
  return fmt::format("{} KiB", (bytes + kibi - 1) / kibi);
}

static void report_large(const SourceFile& file, Report& report) {
  report({file.path, std::nullopt}, "{} of data is packed with the code", size_text(file.size))
      .severity(Severity::advice)
      .note("it is uploaded for every job, and every worker unpacks it; data belongs in a bucket");
}

static void check(const Package& package, Report& report) {
  constexpr uint64_t large = 20 << 20;  // bytes
  Pile piles[] = {
      {"version control's own files", is_version_control},
      {"an environment's files", is_environment},
      {"byte code", is_byte_code},
      {"leftovers of tools", is_leftover},
      {"libraries for another system", is_foreign_library},
  };
  for (const SourceFile& file : package.tree->files()) {
    if (file.kind != FileKind::file || !is_in_sdist(package, file.path)) continue;
    auto pile = std::find_if(std::begin(piles), std::end(piles),
                             [&](const Pile& one) { return one.holds(file); });
    if (pile != std::end(piles)) {
      if (pile->count++ == 0) pile->first = &file;
      pile->bytes += file.size;
    } else if (file.size >= large && package.kind != TreeKind::wheel) {
      report_large(file, report);
    }
  }
  for (const Pile& pile : piles) {
    if (pile.count == 0) continue;
    Report::Added added =
        report({pile.first->path, std::nullopt}, "{} go into the archive", pile.what);
    if (pile.count > 1) added.note(fmt::format("{} files, {}", pile.count, size_text(pile.bytes)));
    added.note(
        "a line such as 'global-exclude *.pyc' or 'prune venv' in MANIFEST.in keeps them out");
  }
}

extern constinit const Rule junk_in_distribution = {
    .name = "junk-in-distribution",
    .severity = Severity::warning,
    .summary = "files that no job needs are packed",
    .explanation = R"(
What `package_data`, `MANIFEST.in` or a hand-made archive takes along besides the code is uploaded
for every job and unpacked on every worker: `.git`, a virtual environment, byte code of another
Python, an editor's leftovers, libraries for macOS or Windows. At best it costs time. Old byte code
may be loaded in place of a module that is no longer there, and `.git` tells everything that ever
was in the repository.

Single files of 20 MiB and more are advice: data is better read from a bucket.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(
    name="trainer",
    version="0.1",
    packages=find_packages(),
    include_package_data=True,
)
-- MANIFEST.in --
graft trainer
-- trainer/__init__.py --
-- trainer/.DS_Store --
Bud1
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(
    name="trainer",
    version="0.1",
    packages=find_packages(),
    package_data={"trainer": ["*.txt"]},
)
-- trainer/__init__.py --
-- trainer/.DS_Store --
Bud1
-- trainer/vocab.txt --
taxi
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
