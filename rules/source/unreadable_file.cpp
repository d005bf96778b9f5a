#include <algorithm>
#include <cctype>

#include "lint/rule/rule.h"

namespace trainlint {

// Editors' lock files and the like: no import statement can name them.
static bool can_be_imported(std::string_view path) {
  std::string_view stem = path.substr(path.rfind('/') + 1);
  stem.remove_suffix(3);
  return std::all_of(stem.begin(), stem.end(), [](char c) {
    return c == '_' || static_cast<unsigned char>(c) >= 0x80 ||
           std::isalnum(static_cast<unsigned char>(c));
  });
}

// Only a file that is imported stops the job; setuptools passes over what is no regular file.
static bool stops_the_job(const Package& package, const Module& module) {
  return std::any_of(package.graph.failures.begin(), package.graph.failures.end(),
                     [&](const Failure& failure) {
                       return failure.kind == FailureKind::unreadable && failure.certain &&
                              &package.modules[failure.module] == &module;
                     });
}

static void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (module.problem.empty() || !can_be_imported(module.path)) continue;
    report({module.path, std::nullopt}, "{}: {}",
           module.not_judged ? "is not read" : "cannot be read", module.problem)
        .severity(stops_the_job(package, module) ? Severity::error : Severity::warning)
        .note("what it holds is not judged");
  }
}

extern constinit const Rule unreadable_file = {
    .name = "unreadable-file",
    .severity = Severity::error,
    .summary = "a Python file of the package cannot be read",
    .explanation = R"(
The file is there and cannot be opened: a link that leads out of the package or in a circle, a file
without read permission, or a device. It is an error where the job imports the file, and a warning
where nothing does. A link out of the linted folder is not followed: setuptools would pack what it
leads to, so nothing is said about imports of it.

It is a warning as well where Python may read the file and trainlint stops at a limit of its own:
a file of more than 16 MiB; one that takes thirty times as long to parse as files of its size do,
more than 10 seconds, or more than 96 MiB of memory; and in an archive all that comes after 32 MiB
of Python files.
)",
    .bad = "",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
