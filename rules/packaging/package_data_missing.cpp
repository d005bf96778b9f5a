#include <algorithm>

#include "lint/rule/left_out.h"
#include "lint/rule/named_file.h"
#include "lint/rule/packing.h"
#include "lint/rule/rewrite.h"
#include "lint/rule/submission.h"
#include "lint/text/path.h"

namespace trainlint {

static const LeftOut* why_left_out(const Package& package, const std::string& source) {
  for (const LeftOut& file : package.distribution.left_out)
    if (file.source == source) return &file;
  return nullptr;
}

// Of the installed packages the one that holds the file, and the file's path below it.
static std::pair<std::string, std::string> package_around(const Package& package,
                                                          const std::string& installed) {
  for (std::string folder = parent_folder(installed); !folder.empty();
       folder = parent_folder(folder)) {
    if (package.distribution.find(folder + "/__init__.py") == nullptr) continue;
    std::string name = folder;
    std::replace(name.begin(), name.end(), '/', '.');
    return {name, installed.substr(folder.size() + 1)};
  }
  return {};
}

static std::string advice(const Package& package, const NamedFile& file) {
  auto [name, below] = package_around(package, file.installed);
  if (name.empty())
    return fmt::format("move '{}' into the package, and list it under package_data", file.source);
  std::string pattern = fmt::format("package_data={{'{}': ['{}']}}", name, below);
  if (setup_is_generated(package))
    return fmt::format("gcloud's own setup.py packs no data: add a setup.py with {}", pattern);
  const std::string& written = package.project.packages.place.path;
  if (written == "pyproject.toml")
    return fmt::format("add '{}' to '{}' in [tool.setuptools.package-data]", below, name);
  if (written == "setup.cfg")
    return fmt::format("add '{} = {}' to [options.package_data]", name, below);
  return fmt::format("add {} to setup()", pattern);
}

static void report_beside(const Package& package, const NamedFile& file, bool loaded,
                          Report& report) {
  const Module& module = package.modules[file.module];
  Report::Added added =
      report({module.path, file.span}, "'{}' will not be on the worker, where this looks for it",
             file.source);
  bool certain = loaded && file.use == FileUse::reads && !file.in_function && !file.in_doubt;
  if (!certain) added.severity(Severity::warning);
  if (const LeftOut* why = why_left_out(package, file.source))
    added.note(fmt::format("left out of the archive: {}", why->reason));
  added.note(advice(package, file));
  if (const auto [name, below] = package_around(package, file.installed); !name.empty())
    if (auto fix = add_package_data(package, name, below, file.source)) added.fix(std::move(*fix));
}

static void check(const Package& package, Report& report) {
  if (started_in_container(package) || package.kind == TreeKind::wheel) return;
  if (!package.distribution.data_complete || sdist_may_hold_more(package)) return;
  std::vector<bool> loaded;
  for (const NamedFile& file : files_beside_code(package)) {
    if (file.use == FileUse::writes || file.looked_for) continue;
    if (package.distribution.find(file.installed) != nullptr) continue;
    if (loaded.empty()) loaded = certainly_loaded(package);
    report_beside(package, file, loaded[file.module], report);
  }
  for (const NamedFile& file : files_below_working_folder(package)) {
    if (file.looked_for) continue;
    const Module& module = package.modules[file.module];
    report({module.path, file.span},
           "'{}' is looked for in the working directory, which on the worker is not this folder",
           file.source)
        .severity(Severity::warning)
        .note(
            "'python -m' and 'gcloud ai-platform local train' run in this folder, where it is "
            "found")
        .note("pack it with package_data, and open it beside __file__");
  }
}

extern constinit const Rule package_data_missing = {
    .name = "package-data-missing",
    .severity = Severity::error,
    .summary = "code opens a file beside itself that is not packed",
    .explanation = R"(
setuptools packs Python files. A vocabulary, a configuration or a template in the package's folder
goes to the worker only if `package_data` has a pattern for it, or if `MANIFEST.in` includes it and
`include_package_data=True` is given: that flag alone, which many copy, packs nothing. What is not
packed is in the folder, so everything works at home, and on the worker `open()` stops with
`FileNotFoundError`.

The rule follows paths that are made from `__file__`, `pkgutil.get_data()`, `pkg_resources` and
`importlib.resources`, and looks for the file among those that will be installed. It is an error
where the file is read as the job starts, and a warning in a function or where it is only named. A
file that is named by itself, as in `open("trainer/vocab.txt")`, is looked for in the working
directory, where the worker has none of your files; that is a warning, since the job may have put it
there.

Sources: [setuptools on data files](https://setuptools.pypa.io/en/latest/userguide/datafiles.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), include_package_data=True)
-- trainer/__init__.py --
-- trainer/vocab.txt --
taxi
-- trainer/task.py --
import os

with open(os.path.join(os.path.dirname(__file__), "vocab.txt")) as file:
    print(file.read())
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(
    name="trainer",
    version="0.1",
    packages=find_packages(),
    package_data={"trainer": ["vocab.txt"]},
)
-- trainer/__init__.py --
-- trainer/vocab.txt --
taxi
-- trainer/task.py --
import os

with open(os.path.join(os.path.dirname(__file__), "vocab.txt")) as file:
    print(file.read())
)",
    .check = check,
};

}  // namespace trainlint
