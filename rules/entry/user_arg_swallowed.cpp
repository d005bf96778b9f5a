#include "lint/rule/import_failure.h"
#include "lint/rule/user_arguments.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const JudgedArguments& judged : judge_user_arguments(package)) {
    if (judged.fault != UserFault::swallowed) continue;
    Report::Added added =
        report(judged.place,
               "'{}' is no option of this parser, and parse_known_args() drops it in silence",
               judged.word);
    std::vector<std::string> known;
    for (const auto& [flag, option] : judged.parse->parser->flags) known.push_back(flag);
    std::string written = judged.word.substr(0, judged.word.find('='));
    if (std::optional<std::string> near = nearest_name(written, known))
      added.note(fmt::format("'{}' is an option", *near));
  }
}

extern constinit const Rule user_arg_swallowed = {
    .name = "user-arg-swallowed",
    .severity = Severity::warning,
    .summary = "parse_known_args() drops an argument of the command",
    .explanation = R"(
`parse_known_args()` gives back two things: the values, and the words that it did not understand.
Where the second is thrown away (`args, _ = ...`), a misspelt or renamed option has no effect: the
job runs to its end with the default.

Not reported where the second value is used, since another parser may read it.

Source: [partial parsing](https://docs.python.org/3/library/argparse.html#partial-parsing).
)",
    .bad = R"(
trainlint check . -- --learning_rate 0.5
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.1)
args, _ = parser.parse_known_args()
print(args.learning_rate)
)",
    .good = R"(
trainlint check . -- --learning-rate 0.5
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.1)
args, _ = parser.parse_known_args()
print(args.learning_rate)
)",
    .check = check,
};

}  // namespace trainlint
