#include "lint/rule/user_arguments.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const JudgedArguments& judged : judge_user_arguments(package)) {
    if (judged.fault != UserFault::value_for_switch) continue;
    report(judged.place, "'{}' takes no value: the trainer ends with \"{}: error: {}\"",
           judged.option->flags.front(), judged.judgement.program,
           judged.judgement.message.empty() ? "unrecognized arguments: " + judged.word
                                            : judged.judgement.message)
        .note(fmt::format("give '{}' alone, or leave it out", judged.option->flags.front()));
  }
}

extern constinit const Rule store_true_with_value = {
    .name = "store-true-with-value",
    .severity = Severity::error,
    .summary = "an option that takes no value is given one",
    .explanation = R"(
An option with `action="store_true"` is on when it is named. `--shuffle=true` is refused with
`ignored explicit argument 'true'`, and in `--shuffle true` the second word is an argument too
many. A tuning job cannot switch such an option, since it always passes a value.

Source: [argparse, action](https://docs.python.org/3/library/argparse.html#action).
)",
    .bad = R"(
trainlint check . -- --shuffle=true
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--shuffle", action="store_true")
print(parser.parse_args().shuffle)
)",
    .good = R"(
trainlint check . -- --shuffle
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
