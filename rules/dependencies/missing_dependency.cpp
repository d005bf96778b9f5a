#include <algorithm>

#include "lint/rule/dependencies.h"
#include "lint/rule/rewrite.h"
#include "lint/text/path.h"

namespace trainlint {

// A file of requirements beside the package is told of by requirements-txt-not-installed.
static bool is_listed(const Package& package, const std::string& distribution) {
  Result<Bytes> text = package.tree->read("requirements.txt");
  return text && (*text)->find(distribution) != std::string::npos;
}

// The folder may hold a module of that name which is put on the path in a way that is not seen.
static bool is_in_tree(const Package& package, std::string_view top) {
  return std::any_of(package.tree->files().begin(), package.tree->files().end(),
                     [&](const SourceFile& file) {
                       std::string_view name = file_name(file.path);
                       return name == top || name == std::string(top) + ".py";
                     });
}

static void check(const Package& package, Report& report) {
  if (package.project.install_requires.is_unknown() || package.project.failure ||
      may_have_others(package))
    return;
  const std::set<std::string> declared = declared_distributions(package);
  std::set<std::string> said;
  for (const ImportEdge* edge : certain_imports(package)) {
    const std::vector<std::string> bringing = distributions_of(edge->name);
    const bool there = std::any_of(bringing.begin(), bringing.end(), [&](const std::string& name) {
      return declared.count(name) != 0 || is_preinstalled(package, name) ||
             is_listed(package, name);
    });
    const std::string top = edge->name.substr(0, edge->name.find('.'));
    if (bringing.empty() || there || is_in_tree(package, top)) continue;
    if (!said.insert(bringing.front()).second) continue;
    Report::Added added = report(
        {package.modules[edge->from].path, edge->span},
        "'{}' is imported when the job starts, and nothing installs it: it is not declared, and "
        "no prebuilt image is known to have it",
        top);
    added.note(fmt::format("add '{}' to install_requires", bringing.front()));
    if (auto fix = add_requirement(package, bringing.front())) added.fix(std::move(*fix));
  }
}

extern constinit const Rule missing_dependency = {
    .name = "missing-dependency",
    .severity = Severity::warning,
    .summary = "a library is imported that neither the metadata asks for nor the images have",
    .explanation = R"(
The worker has what its image has, and what pip installs with the package: its `install_requires`.
A library that is only on the machine at home ends the job with ModuleNotFoundError.

Looked at are imports that are carried out whenever the job starts. What any runtime version or
prebuilt image has, or may have, is taken to be there, as is what a declared library is known to
bring. The published lists of the images are not complete, so this is a warning; what else yours has
is told by the setting `preinstalled = ["lightgbm"]`. Nothing is said where an image of somebody's
own, further archives or a Dockerfile come in.

Source: [Prebuilt containers](https://docs.cloud.google.com/gemini-enterprise-agent-platform/machine-learning/training/pre-built-containers),
[PyPI](https://pypi.org).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["pandas"])
-- trainer/__init__.py --
-- trainer/task.py --
import lightgbm

print(lightgbm)
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["lightgbm"])
-- trainer/__init__.py --
-- trainer/task.py --
import lightgbm

print(lightgbm)
)",
    .check = check,
};

}  // namespace trainlint
