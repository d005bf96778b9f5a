#include "lint/project/requirement.h"
#include "lint/rule/legacy_requirement.h"
#include "lint/rule/rule.h"

namespace trainlint {

static void add_advice(Report::Added& added, std::string_view text) {
  if (text.starts_with("-r") || text.starts_with("-e") || text.starts_with("--"))
    added.note("that is an option of pip's requirements files; setuptools knows none of them");
  else if (text.find("://") != std::string_view::npos && text.find('@') == std::string_view::npos)
    added.note(fmt::format("an address needs a name in front of it: 'name @ {}'", text));
}

static void check_requirement(const Requirement& requirement, Report& report) {
  Result<ParsedRequirement> parsed = parse_requirement(requirement.text);
  if (parsed || requirement.place.path.empty()) return;
  bool legacy = is_legacy_requirement(requirement.text);
  Report::Added added =
      report(requirement.place, "'{}' is no requirement by PEP 508, so {} it", requirement.text,
             legacy ? "newer setuptools and pip refuse" : "setuptools refuses to build with");
  added.note(parsed.error());
  if (legacy) added.severity(Severity::warning);
  add_advice(added, requirement.text);
}

static void check(const Package& package, Report& report) {
  const Project& project = package.project;
  if (project.install_requires.is_known())
    for (const Requirement& one : project.install_requires.value) check_requirement(one, report);
  if (project.extras_require.is_known())
    for (const auto& [extra, requirements] : project.extras_require.value)
      for (const Requirement& one : requirements) check_requirement(one, report);
  const Value<std::string>& python = project.python_requires;
  if (!python.is_known() || python.place.path.empty() || parse_specifier_set(python.value)) return;
  bool legacy = is_legacy_specifier_set(python.value);
  Report::Added added = report(
      python.place, "python_requires='{}' is no set of version specifiers, so {} it", python.value,
      legacy ? "newer setuptools and pip refuse" : "setuptools refuses to build with");
  if (legacy) added.severity(Severity::warning);
}

extern constinit const Rule invalid_requirement = {
    .name = "invalid-requirement",
    .severity = Severity::error,
    .summary = "a requirement of the package cannot be read by setuptools",
    .explanation = R"(
`install_requires`, `extras_require` and `python_requires` are texts of a small language (PEP 508
and PEP 440). setuptools reads them when the archive is built and stops at one it cannot read,
before anything is uploaded: `'install_requires' must be a string or list of strings containing
valid project/version requirement specifiers`. Lines of a `requirements.txt` that only pip knows
(`-r other.txt`, `-e .`, `--find-links`, bare addresses) get there where `setup.py` reads that file.

It is a warning where releases before setuptools 67 still take the text: any word as a version, as
in `numpy==1.x` or `python_requires=">=3.6.*"`.

Sources: [PEP 508](https://peps.python.org/pep-0508/), [PEP 440](https://peps.python.org/pep-0440/).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["pandas=1.0"])
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["pandas==1.0"])
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
