#include "lint/graph/standard_library.h"
#include "lint/launch/target.h"
#include "lint/rule/import_failure.h"

namespace trainlint {

static std::optional<LibraryGap> gap_of(const Package& package, const Failure& failure) {
  if (std::optional<LibraryGap> gap = missing_name(failure.name, package.launch.python)) return gap;
  return missing_module(failure.name, package.launch.python);
}

// "it was removed in Python 3.10: use 'collections.abc.Mapping'"
static std::string reason(const LibraryGap& gap, PythonVersion python) {
  if (python.minor < gap.first) return fmt::format("Python 3.{} and later have it", gap.first);
  std::string text = fmt::format("it was removed in Python 3.{}", gap.last + 1);
  if (!gap.instead.empty()) text += fmt::format(": '{}' takes its place", gap.instead);
  return text;
}

static void check(const Package& package, Report& report) {
  const Launch& launch = package.launch;
  if (launch.python_source == PythonSource::unknown) return;
  for (const Failure* failure : failures_of(package, FailureKind::not_in_library)) {
    std::optional<LibraryGap> gap = gap_of(package, *failure);
    if (!gap || gap->python2) continue;
    const bool is_module = failure->name.find('.') == std::string::npos;
    Report::Added added =
        report_failure(report, package, *failure,
                       fmt::format("no {}'{}' in Python {}", is_module ? "module " : "",
                                   failure->name, to_string(launch.python)));
    added.note(reason(*gap, launch.python));
    added.note(describe_python(launch), place_of_python(launch));
    // Nobody has said which Python it is, and another one would do.
    if (launch.python_source == PythonSource::by_default &&
        (launch.python.minor < gap->first || gap->last >= oldest_prebuilt_python().minor))
      added.severity(Severity::warning);
  }
}

extern constinit const Rule stdlib_module_unavailable = {
    .name = "stdlib-module-unavailable",
    .severity = Severity::error,
    .summary = "the job's Python does not have a module or name of the standard library",
    .explanation = R"(
The standard library changes with every Python: `dataclasses` came with 3.7, `tomllib` with 3.11;
`collections.Mapping` went with 3.10, `inspect.getargspec` with 3.11, `imp` and `asyncore` with 3.12,
`cgi` and `pipes` with 3.13. Code that was written for another version stops with
`ModuleNotFoundError`, `ImportError` or `AttributeError`.

Which Python the job runs is said by the image, by `--python-version`, by the base image of a
Dockerfile that starts the package, or by `python_requires`; else it is the newest one of Vertex AI's
prebuilt images. A `try` that catches the error, a test of `sys.version_info`, and a requirement that
brings the module back (`legacy-cgi`) are fine. `distutils` is not reported: setuptools brings it.

Source: ["What's New in Python"](https://docs.python.org/3/whatsnew/index.html).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from collections import Mapping

print(isinstance({}, Mapping))
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
try:
    from collections.abc import Mapping
except ImportError:
    from collections import Mapping

print(isinstance({}, Mapping))
)",
    .check = check,
};

}  // namespace trainlint
