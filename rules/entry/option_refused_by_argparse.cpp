#include "lint/rule/command_line.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  const std::optional<ParserFault>& fault = package.arguments().fault;
  if (!fault || !fault->flag.empty()) return;
  report(first_line(package, fault->place),
         "argparse refuses this option, before any argument is read: {}", fault->message);
}

extern constinit const Rule option_refused_by_argparse = {
    .name = "option-refused-by-argparse",
    .severity = Severity::error,
    .summary = "add_argument() is called with what it does not take",
    .explanation = R"(
`add_argument()` looks at how its arguments fit together and raises `TypeError` or `ValueError`
where they do not: `type=` with `action="store_true"`, `type="int"` (a text, which cannot be
called), `required=` for a positional argument, `const=` without `nargs="?"`, an option string
without a dash beside others that have one. The job ends before it has read an argument.

Only calls that are certain to be carried out count.

Source: [add_argument()](https://docs.python.org/3/library/argparse.html#the-add-argument-method).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--shuffle", action="store_true", type=bool)
print(parser.parse_args().shuffle)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--shuffle", action="store_true")
print(parser.parse_args().shuffle)
)",
    .check = check,
};

}  // namespace trainlint
