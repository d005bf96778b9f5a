#include "lint/rule/user_arguments.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  report_refusals(package, report, UserFault::missing);
}

extern constinit const Rule required_arg_missing = {
    .name = "required-arg-missing",
    .severity = Severity::error,
    .summary = "the command does not give a required argument",
    .explanation = R"(
An option with `required=True`, or a positional argument, that is not among the arguments after
`--`: the trainer ends with `the following arguments are required` as soon as it starts.

Source: [argparse, required](https://docs.python.org/3/library/argparse.html#required).
)",
    .bad = R"(
trainlint check . -- --num-epochs 5
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
parser.add_argument("--output-dir", required=True)
print(parser.parse_args())
)",
    .good = R"(
trainlint check . -- --num-epochs 5 --output-dir gs://fares/1
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
parser.add_argument("--output-dir", required=True)
print(parser.parse_args())
)",
    .check = check,
};

}  // namespace trainlint
