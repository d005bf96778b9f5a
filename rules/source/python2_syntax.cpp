#include "lint/rule/compile_failure.h"

namespace trainlint {

static std::string message(const Package&, const SyntaxFault& fault) {
  return "the file is written for Python 2 and does not compile: " + fault.message;
}

static void check(const Package& package, Report& report) {
  report_compile_failures(package, report, CompileFault::python2, message);
}

extern constinit const Rule python2_syntax = {
    .name = "python2-syntax",
    .severity = Severity::error,
    .summary = "a file is written for Python 2",
    .explanation = R"(
`print "done"`, `except IOError, error:`, `raise ValueError, "text"`, backticks, `<>`, `0777`, `10L`
and `ur"..."` are Python 2. No runtime that still starts jobs has it, and Python 3 refuses the whole
file: `SyntaxError: Missing parentheses in call to 'print'`. There is one finding a file, on the line
where Python 3 stops; mostly there is more of it below.

Rewrite the file: `futurize --stage1 -w FILE` (from the package `future`) or `2to3 -w FILE` (part of
Python up to 3.12) does most of it. `six` and `try`/`except ImportError` around renamed modules are
fine, and so is `from __future__ import print_function`.

Source: [porting Python 2 code](https://docs.python.org/3/howto/pyporting.html).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import sys

print "training on", sys.argv[1]
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from __future__ import print_function

import sys

print("training on", sys.argv[1])
)",
    .check = check,
};

}  // namespace trainlint
