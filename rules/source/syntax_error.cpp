#include "lint/rule/compile_failure.h"

namespace trainlint {

static std::string message(const Package&, const SyntaxFault& fault) {
  return "the file does not compile: " + fault.message;
}

static void check(const Package& package, Report& report) {
  report_compile_failures(package, report, CompileFault::other, message);
}

extern constinit const Rule syntax_error = {
    .name = "syntax-error",
    .severity = Severity::error,
    .summary = "a file is not valid in the job's version of Python",
    .explanation = R"(
Python compiles a file as a whole before it runs its first line, so one misplaced bracket anywhere
stops the job as soon as the file is imported: `SyntaxError`, `IndentationError` or `TabError`, on
every replica. The finding stands on the line that Python's message names. It says what the
interpreter of the job's version would say, also about what the grammar allows and the compiler
refuses (`return` outside a function, a name declared global after use), about encodings, escapes in
strings, and constructs that came with a later version.

A file that the job does not import is reported as a warning. Text written for Python 2 is the
business of `python2-syntax`.

Source: [errors and exceptions](https://docs.python.org/3/tutorial/errors.html#syntax-errors).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build(units:
    return [units]
-- trainer/task.py --
from trainer import model

print(model.build(8))
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build(units):
    return [units]
-- trainer/task.py --
from trainer import model

print(model.build(8))
)",
    .check = check,
};

}  // namespace trainlint
