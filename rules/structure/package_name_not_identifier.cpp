#include <algorithm>

#include "lint/rule/rule.h"

namespace trainlint {

static bool is_keyword(std::string_view word) {
  constexpr std::string_view keywords[] = {
      "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
      "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
      "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
      "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};
  return std::find(std::begin(keywords), std::end(keywords), word) != std::end(keywords);
}

// Bytes above ASCII count as letters: which of them Python allows is not looked up here.
static bool is_identifier(std::string_view word) {
  if (word.empty() || (word[0] >= '0' && word[0] <= '9')) return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

static void check(const Package& package, Report& report) {
  const std::string& folder = package.launch.package_folder;
  if (folder.empty() || package.launch.route == Route::container ||
      package.launch.route == Route::script)
    return;
  std::string name = folder.substr(folder.rfind('/') + 1);
  Place place{folder + "/__init__.py", std::nullopt};
  if (!package.tree->has_file(place.path)) return;
  if (name.find('.') != std::string::npos) {
    report(place, "no module named '{}' on the worker: a folder with a dot is no package", name)
        .severity(Severity::error)
        .note("find_packages() passes over it, and Python reads the dot as a sub-package")
        .note("rename the folder");
    return;
  }
  if (is_identifier(name) && !is_keyword(name)) return;
  report(place, "'{}' cannot be written in an import statement", name)
      .severity(Severity::warning)
      .note(fmt::format("'python -m {}.task' and relative imports work, 'import {}' is no Python",
                        name, name))
      .note("rename the folder: letters, digits and underscores, no digit first, no keyword");
}

extern constinit const Rule package_name_not_identifier = {
    .name = "package-name-not-identifier",
    .severity = Severity::warning,
    .summary = "the package's folder has a name that no import statement can say",
    .explanation = R"(
`import youtube-8m` is a syntax error, and so is every other import of a package whose name is not an
identifier or is a keyword. `python -m youtube-8m.train` accepts the name, and relative imports work
inside such a package, so the trouble begins with the first absolute import, the first test, the
first second package: a warning.

A folder with a dot in its name (`trainer.v2`) is worse: `find_packages()` passes over it and
`python -m trainer.v2.task` looks for `v2` inside `trainer`. That is an error.

Rename the folder that holds the modules. The project's folder above it may be called anything.

Sources: [identifiers](https://docs.python.org/3/reference/lexical_analysis.html#identifiers),
[the `-m` option](https://docs.python.org/3/using/cmdline.html#cmdoption-m).
)",
    .bad = R"(
-- taxi-trainer/__init__.py --
-- taxi-trainer/task.py --
print("training")
)",
    .good = R"(
-- taxi_trainer/__init__.py --
-- taxi_trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
