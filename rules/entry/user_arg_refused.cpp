#include "lint/rule/user_arguments.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  report_refusals(package, report, UserFault::other);
}

extern constinit const Rule user_arg_refused = {
    .name = "user-arg-refused",
    .severity = Severity::error,
    .summary = "the trainer's parser refuses an argument of the command",
    .explanation = R"(
Everything else that argparse can say about the arguments after `--`: a value that `type=` does not
take, one that is not among the `choices`, an option without its value, an abbreviation of two
options, two options that exclude each other, an unknown sub-command. The trainer ends with exit
status 2 as soon as it starts.

Source: [argparse](https://docs.python.org/3/library/argparse.html).
)",
    .bad = R"(
trainlint check . -- --num-epochs five
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
print(parser.parse_args().num_epochs)
)",
    .good = R"(
trainlint check . -- --num-epochs 5
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
print(parser.parse_args().num_epochs)
)",
    .check = check,
};

}  // namespace trainlint
