#include "lint/project/pep440.h"
#include "lint/rule/packing.h"

namespace trainlint {

// Every Python that a runtime version of AI Platform or a prebuilt image of Vertex AI has had
// (their lists of mid-2026).
static constexpr PythonVersion runtimes[] = {{2, 7}, {3, 5}, {3, 7}, {3, 8}, {3, 10}, {3, 11}};

// Some release 3.7.x is in it; which one an image has is not known.
static bool takes(const SpecifierSet& set, PythonVersion python) {
  constexpr uint64_t last_micro = 30;
  Version version;
  version.release = {static_cast<uint64_t>(python.major), static_cast<uint64_t>(python.minor), 0};
  for (uint64_t& micro = version.release[2]; micro <= last_micro; ++micro)
    if (contains(set, version)) return true;
  return false;
}

static void check(const Package& package, Report& report) {
  const Value<std::string>& requires_python = package.project.python_requires;
  if (!requires_python.is_known() || requires_python.place.path.empty()) return;
  std::optional<SpecifierSet> set = parse_specifier_set(requires_python.value);
  if (!set) return;
  PythonVersion given = package.launch.python;
  if (is_python_given(package) && !takes(*set, given)) {
    report(requires_python.place,
           "'{}' excludes Python {}, so the worker's pip refuses the package",
           requires_python.value, to_string(given));
    return;
  }
  std::string versions;
  for (PythonVersion python : runtimes) {
    if (takes(*set, python)) return;
    versions += (versions.empty() ? "" : ", ") + to_string(python);
  }
  report(requires_python.place, "'{}' excludes the Python of every prebuilt image",
         requires_python.value)
      .severity(Severity::warning)
      .note(fmt::format("runtime versions and prebuilt images have Python {}", versions))
      .note("pip on the worker stops: the package requires a different Python");
}

extern constinit const Rule python_requires_excludes_runtime = {
    .name = "python-requires-excludes-runtime",
    .severity = Severity::error,
    .summary = "python_requires leaves out the Python that the job runs on",
    .explanation = R"(
pip compares `python_requires` (in `pyproject.toml`: `requires-python`) with its own Python and
stops where it does not fit: `ERROR: Package 'trainer' requires a different Python: 3.7.12 not in
'>=3.8'`. The archive is built and uploaded without a word, since nobody asks the worker's Python
then.

It is an error for a Python that was given, with `--python-version` or what stands for it, and a
warning where the specifiers leave out every Python that prebuilt images have: an image of your own
may have another.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), python_requires=">=3.13")
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), python_requires=">=3.7")
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
