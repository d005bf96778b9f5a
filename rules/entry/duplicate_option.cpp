#include "lint/rule/command_line.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  const std::optional<ParserFault>& fault = package.arguments().fault;
  if (!fault || fault->flag.empty()) return;
  Report::Added added =
      report(first_line(package, fault->place),
             "'{}' is there already: argparse stops with \"{}\" before any argument is read",
             fault->flag, fault->message);
  bool help = fault->flag == "-h" || fault->flag == "--help";
  if (help)
    added.note("ArgumentParser() adds -h and --help by itself; add_help=False keeps it from that");
  else if (fault->first.span)
    added.note("added here first", first_line(package, fault->first));
}

extern constinit const Rule duplicate_option = {
    .name = "duplicate-option",
    .severity = Severity::error,
    .summary = "an option is added twice, which argparse refuses",
    .explanation = R"(
`add_argument()` raises `ArgumentError: conflicting option string` for an option string that the
parser has already, be it in another group, from a parser in `parents=`, or `-h` and `--help`,
which every parser has from the start. The job ends before it has read an argument.

Only calls that are certain to be carried out count; with `conflict_handler="resolve"` the later
option replaces the earlier one.

Source: [argparse,
conflict_handler](https://docs.python.org/3/library/argparse.html#conflict-handler).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=64)
parser.add_argument("--batch-size", type=int, default=128)
print(parser.parse_args().batch_size)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=64)
parser.add_argument("--eval-batch-size", type=int, default=128)
print(parser.parse_args().batch_size)
)",
    .check = check,
};

}  // namespace trainlint
