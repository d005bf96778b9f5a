#include <array>

#include "lint/project/requirement.h"
#include "lint/rule/rule.h"

namespace trainlint {

namespace {

struct Mistaken {
  std::string_view name;          // as it is imported, and wrongly required
  std::string_view distribution;  // that was meant
  bool refused;                   // pip is known to end with an error
};

// https://pypi.org/project/sklearn/ says that it is an error on purpose. Of the others PyPI has
// nothing, something that is empty, or something else.
constexpr auto mistaken = std::to_array<Mistaken>({
    {"sklearn", "scikit-learn", true},
    {"skimage", "scikit-image", false},
    {"cv2", "opencv-python", false},
    {"PIL", "pillow", false},
    {"yaml", "pyyaml", false},
    {"hypertune", "cloudml-hypertune", false},
    {"dateutil", "python-dateutil", false},
    {"MySQLdb", "mysqlclient", false},
    {"google", "google-cloud-storage", false},
});

void check_one(const Requirement& one, Report& report) {
  Result<ParsedRequirement> parsed = parse_requirement(one.text);
  if (!parsed || one.place.path.empty() || !parsed->url.empty()) return;
  for (const Mistaken& mistake : mistaken) {
    if (parsed->name != mistake.name) continue;
    Report::Added added =
        mistake.refused
            ? report(one.place, "pip refuses to install '{}': the distribution is '{}'",
                     parsed->name, mistake.distribution)
            : report(one.place, "'{}' is the name in an import; the distribution is '{}'",
                     parsed->name, mistake.distribution);
    if (!mistake.refused) added.severity(Severity::warning);
    if (mistake.name == "google")
      added.note("the one that is called 'google' looks things up on the web");
  }
}

}  // namespace

static void check(const Package& package, Report& report) {
  const Project& project = package.project;
  if (project.install_requires.is_known())
    for (const Requirement& one : project.install_requires.value) check_one(one, report);
}

extern constinit const Rule import_name_as_requirement = {
    .name = "import-name-as-requirement",
    .severity = Severity::error,
    .summary = "a requirement has the name of an import, not that of the distribution",
    .explanation = R"(
pip installs distributions, by the names they have on PyPI: `import sklearn` needs scikit-learn,
`import cv2` opencv-python, `import yaml` PyYAML. The distribution that is called `sklearn` ends with
an error on purpose, and so does the installation of the package on the worker. Under other such names
there is nothing, or something else: a warning, since an index of one's own may have them.

Source: [sklearn on PyPI](https://pypi.org/project/sklearn/).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["sklearn"])
-- trainer/__init__.py --
-- trainer/task.py --
import sklearn

print(sklearn)
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["scikit-learn"])
-- trainer/__init__.py --
-- trainer/task.py --
import sklearn

print(sklearn)
)",
    .check = check,
};

}  // namespace trainlint
