#include <map>

#include "lint/rule/command_text.h"
#include "lint/text/path.h"

namespace trainlint {

static void check_value(const CommandText& file, std::string_view value, Report& report) {
  std::map<std::string_view, std::string_view> first;  // by base name
  for (size_t begin = 0; begin <= value.size();) {
    size_t end = std::min(value.find(',', begin), value.size());
    std::string_view path = value.substr(begin, end - begin);
    begin = end + 1;
    std::string_view name = file_name(path);
    if (name.empty() || name.find_first_of("$*?`{}\\") != std::string_view::npos) continue;
    auto [earlier, added] = first.emplace(name, path);
    if (added) continue;
    auto at = static_cast<uint32_t>(path.data() - file.text->data());
    report({file.path, Span{at, at + static_cast<uint32_t>(path.size())}},
           "'{}' has the same file name as '{}', so gcloud uploads neither", path, earlier->second)
        .note("all archives go into one folder of the bucket: DuplicateEntriesError");
  }
}

static void check(const Package& package, Report& report) {
  constexpr std::string_view flag = "--packages";
  for (const CommandText& file : command_texts(package)) {
    std::string_view text = *file.text;
    if (text.find("gcloud") == std::string_view::npos) continue;
    for (size_t at = text.find(flag); at != std::string_view::npos; at = text.find(flag, at + 1))
      check_value(file, value_behind(text, at + flag.size()), report);
  }
}

extern constinit const Rule duplicate_package_archives = {
    .name = "duplicate-package-archives",
    .severity = Severity::error,
    .summary = "two archives of one file name are submitted together",
    .explanation = R"(
gcloud uploads what `--packages` lists into one folder of the staging bucket, under the files' own
names. It refuses two of the same name, from whatever folders: `Cannot upload multiple packages with
the same filename`. Give one of them another name or version and build it again.

Source: gcloud's `jobs_prep.py` (`DuplicateEntriesError`).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- submit.sh --
gcloud ai-platform jobs submit training job1 --module-name trainer.task \
  --packages dist/trainer-0.1.tar.gz,../lib/dist/trainer-0.1.tar.gz
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages())
-- submit.sh --
gcloud ai-platform jobs submit training job1 --module-name trainer.task \
  --packages dist/trainer-0.1.tar.gz,../lib/dist/lib-0.1.tar.gz
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
