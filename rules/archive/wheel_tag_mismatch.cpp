#include <algorithm>
#include <cctype>

#include "lint/rule/packing.h"
#include "lint/rule/wheel.h"
#include "lint/source/archive_facts.h"

namespace trainlint {

static const Place whole_archive{"", std::nullopt};

// "py2.py3" -> {"py2", "py3"}: a part of the name stands for each of its alternatives.
static std::vector<std::string> alternatives(const std::string& part) {
  std::vector<std::string> found;
  for (size_t begin = 0; begin <= part.size();) {
    size_t end = std::min(part.find('.', begin), part.size());
    found.push_back(part.substr(begin, end - begin));
    begin = end + 1;
  }
  return found;
}

static bool is_for_linux(const std::string& platform) {
  return platform == "any" || platform.find("linux") != std::string::npos;
}

static bool is_for_x86_64(const std::string& platform) {
  return platform == "any" || platform.ends_with("_x86_64");
}

// "py3", "py311", "cp311"; of any other interpreter's tags nothing is known. `stable_abi`: built
// for that release of CPython and all that follow.
static bool runs_on(const std::string& tag, PythonVersion python, bool stable_abi) {
  if (tag.size() < 3 || (!tag.starts_with("py") && !tag.starts_with("cp"))) return true;
  std::string digits = tag.substr(2);
  if (!std::all_of(digits.begin(), digits.end(),
                   [](unsigned char c) { return std::isdigit(c) != 0; }) ||
      digits.size() > 3)
    return true;
  if (digits[0] - '0' != python.major) return false;
  if (digits.size() == 1) return true;
  int minor = std::stoi(digits.substr(1));
  return tag.starts_with("cp") && !stable_abi ? minor == python.minor : minor <= python.minor;
}

static bool fits(const std::vector<std::string>& parts, PythonVersion python) {
  std::vector<std::string> tags = alternatives(parts[2]);
  bool stable_abi = parts[3] != parts[2] && !parts[3].starts_with("cp");
  return std::any_of(tags.begin(), tags.end(),
                     [&](const std::string& tag) { return runs_on(tag, python, stable_abi); });
}

static void check_python(const Package& package, const ArchiveFacts& archive,
                         const std::vector<std::string>& parts, Report& report) {
  const Launch& launch = package.launch;
  if (is_python_given(package)) {
    if (!fits(parts, launch.python))
      report(whole_archive, "'{}' is no wheel for Python {}, so pip refuses it", archive.name,
             to_string(launch.python));
    return;
  }
  // Those of runtime versions and prebuilt images, by their lists of mid-2026.
  constexpr PythonVersion runtimes[] = {{2, 7}, {3, 5}, {3, 7}, {3, 8}, {3, 10}, {3, 11}};
  if (std::any_of(std::begin(runtimes), std::end(runtimes),
                  [&](PythonVersion python) { return fits(parts, python); }))
    return;
  report(whole_archive, "'{}' is for a Python that no prebuilt image has", archive.name)
      .severity(Severity::warning)
      .note("runtime versions and prebuilt images have Python 2.7, 3.5, 3.7, 3.8, 3.10 and 3.11");
}

static void check(const Package& package, Report& report) {
  const ArchiveFacts* archive = package.tree->archive();
  if (archive == nullptr || package.kind != TreeKind::wheel) return;
  std::vector<std::string> parts = wheel_name_parts(archive->name);
  if (parts.empty()) return;
  std::vector<std::string> platforms = alternatives(parts[4]);
  if (std::none_of(platforms.begin(), platforms.end(), is_for_linux)) {
    report(whole_archive, "'{}' is for another system than the worker's Linux, so pip refuses it",
           archive->name)
        .note("build it on Linux, or as a pure Python wheel: '-py3-none-any'");
    return;
  }
  if (std::none_of(platforms.begin(), platforms.end(), is_for_x86_64)) {
    report(whole_archive, "'{}' is for another processor than most workers have", archive->name)
        .severity(Severity::warning);
    return;
  }
  check_python(package, *archive, parts, report);
}

extern constinit const Rule wheel_tag_mismatch = {
    .name = "wheel-tag-mismatch",
    .severity = Severity::error,
    .summary = "the wheel is built for another system or Python than the worker has",
    .explanation = R"(
The name of a wheel says what it runs on: `trainer-0.1-cp311-cp311-macosx_13_0_arm64.whl` is for
CPython 3.11 on a Mac. pip on the worker compares that with itself and stops: `is not a supported
wheel on this platform`. A package of Python code alone is built as `-py3-none-any` and fits
everywhere; compiled ones must be built on Linux, with the Python of the image.

It is an error for another system, and for a Python that was given with `--python-version`. It is a
warning for a Python or a processor that no prebuilt image has.

Source: [platform compatibility
tags](https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/).
)",
    .bad = R"(
trainer-0.1-cp311-cp311-macosx_13_0_arm64.whl
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
trainer-0.1-py3-none-any.whl
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
