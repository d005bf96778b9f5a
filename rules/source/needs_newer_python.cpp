#include "lint/rule/compile_failure.h"

namespace trainlint {

static std::string message(const Package& package, const SyntaxFault& fault) {
  std::string here = to_string(package.launch.python), needed = to_string(*fault.needs);
  if (!fault.construct.empty())
    return fmt::format("{} need Python {}, the job runs Python {}", fault.construct, needed, here);
  return fmt::format("this compiles with Python {}, the job runs Python {}: {}", needed, here,
                     fault.message);
}

static void check(const Package& package, Report& report) {
  report_compile_failures(package, report, CompileFault::newer_python, message);
}

extern constinit const Rule needs_newer_python = {
    .name = "needs-newer-python",
    .severity = Severity::error,
    .summary = "a file uses syntax that the job's Python does not have yet",
    .explanation = R"(
The file is right for a later Python, and the one on the worker refuses it with `SyntaxError` before
it runs a line: `:=` came with 3.8, `match` with 3.10, `except*` with 3.11, f-strings that hold their
own quotes and `def f[T](x)` with 3.12, `except A, B:` with 3.14.

Which Python the job runs is said by the image (`--image-uri`), by `--python-version`, by the base
image of a Dockerfile that starts the package, or by `python_requires`. If nothing says so, it is
taken to be the newest one that Vertex AI's prebuilt images have, and the finding is a warning: an
image of your own may have a later one.

Write it in the older syntax, or choose an image with a later Python.

Source: ["What's New in Python"](https://docs.python.org/3/whatsnew/index.html).
)",
    .bad = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer"], python_requires=">=3.6,<3.8")
-- trainer/__init__.py --
-- trainer/task.py --
rows = [1, 2]
if (count := len(rows)) > 1:
    print(count)
)",
    .good = R"(
-- setup.py --
from setuptools import setup

setup(name="trainer", version="0.1", packages=["trainer"], python_requires=">=3.8")
-- trainer/__init__.py --
-- trainer/task.py --
rows = [1, 2]
if (count := len(rows)) > 1:
    print(count)
)",
    .check = check,
};

}  // namespace trainlint
