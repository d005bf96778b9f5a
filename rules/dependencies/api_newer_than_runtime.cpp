#include <algorithm>
#include <set>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/library_use.h"
#include "rules/facts/new_names.h"

namespace trainlint {

namespace {

using facts::new_names::Name;

const Name* new_name(std::string_view used) {
  for (const Name& name : facts::new_names::names)
    if (used.starts_with(name.name) &&
        (used.size() == name.name.size() || used[name.name.size()] == '.'))
      return &name;
  return nullptr;
}

bool brings(std::string_view distribution, std::string_view library) {
  if (library == "tensorflow")
    return distribution == "tensorflow" || distribution == "tensorflow-gpu" ||
           distribution == "tensorflow-cpu";
  return distribution == (library == "pytorch" ? "torch" : library);
}

// A specifier that only versions below `version` can meet.
bool excludes_from(const Specifier& specifier, const Version& version) {
  if (!specifier.version) return false;
  switch (specifier.op) {
    case VersionOperator::equal:
    case VersionOperator::less_equal:
      return *specifier.version < version;
    case VersionOperator::less:
      return *specifier.version <= version;
    default:
      return false;
  }
}

// "==2.*" is all of 2: a prefix is below another only where it is no beginning of it.
bool is_wide_prefix(const Specifier& specifier, const Version& version) {
  if (!specifier.is_prefix) return false;
  const std::vector<uint64_t>& parts = specifier.version->release;
  return parts.size() <= version.release.size() &&
         std::equal(parts.begin(), parts.end(), version.release.begin());
}

const Requirement* holds_back(const Package& package, const Name& name) {
  const std::optional<Version> wanted = parse_version(name.version);
  if (!wanted) return nullptr;
  for (const Requirement& one : package.project.install_requires.value) {
    Result<ParsedRequirement> parsed = parse_requirement(one.text);
    if (!parsed || parsed->marker || !brings(canonical_name(parsed->name), name.library)) continue;
    for (const Specifier& specifier : parsed->specifiers.specifiers)
      if (excludes_from(specifier, *wanted) && !is_wide_prefix(specifier, *wanted)) return &one;
  }
  return nullptr;
}

void check(const Package& package, Report& report) {
  if (!package.project.install_requires.is_known() || package.project.failure) return;
  std::set<std::pair<std::string, std::string_view>> said;
  for (const LibraryUse& use : library_uses(package)) {
    const Name* name = new_name(use.name);
    const Requirement* requirement = name == nullptr ? nullptr : holds_back(package, *name);
    if (requirement == nullptr || !said.emplace(use.place.path, name->name).second) continue;
    Report::Added added =
        report(use.place, "'{}' has been there since {} {}, and the package requires '{}'",
               name->name, name->library, name->version, requirement->text);
    if (!requirement->place.path.empty()) added.note("required here", requirement->place);
  }
}

}  // namespace

extern constinit const Rule api_newer_than_runtime = {
    .name = "api-newer-than-runtime",
    .severity = Severity::warning,
    .summary = "a library's name is used that the required version does not have yet",
    .explanation = R"(
pip installs on the worker the version that `install_requires` asks for, which may be older than the one
at home: `module 'tensorflow.keras.layers' has no attribute 'TextVectorization'`.

Looked at are requirements that hold a library below the version that brought the name. What stands
under a condition or in a try statement may be meant for other versions and is passed over. The table
is of July 2026.

Source: the release notes of [TensorFlow](https://github.com/tensorflow/tensorflow/releases),
[scikit-learn](https://scikit-learn.org/stable/whats_new.html),
[PyTorch](https://github.com/pytorch/pytorch/releases).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["scikit-learn==1.0.2"])
-- trainer/__init__.py --
-- trainer/task.py --
from sklearn.preprocessing import TargetEncoder

print(TargetEncoder())
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["scikit-learn>=1.3"])
-- trainer/__init__.py --
-- trainer/task.py --
from sklearn.preprocessing import TargetEncoder

print(TargetEncoder())
)",
    .check = check,
};

}  // namespace trainlint
