#include "lint/rule/import_failure.h"
#include "lint/rule/rewrite.h"
#include "lint/rule/user_arguments.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const JudgedArguments& judged : judge_user_arguments(package)) {
    if (judged.fault != UserFault::unknown_option) continue;
    const ArgumentParser& parser = *judged.parse->parser;
    // fire complains of what is left over once the function has come to its end.
    const bool late = parser.library == ArgumentLibrary::fire;
    Report::Added added = report(
        judged.place, "'{}' is no option of this parser: the trainer {} with \"{}\"", judged.word,
        late ? "does its work, then ends" : "ends", last_words(parser, judged.judgement));
    std::vector<std::string> known;
    for (const auto& [flag, option] : judged.parse->parser->flags) known.push_back(flag);
    std::string written = judged.word.substr(0, judged.word.find('='));
    std::optional<std::string> near = nearest_name(written, known);
    if (!near) continue;
    added.note(fmt::format("'{}' is one", *near));
    if (auto fix = correct_word(package, judged.place, written, *near)) added.fix(std::move(*fix));
  }
}

extern constinit const Rule user_arg_unknown = {
    .name = "user-arg-unknown",
    .severity = Severity::error,
    .summary = "an argument of the command is no option of the trainer's parser",
    .explanation = R"(
The arguments after `--` (in a job file `args:`, in Python `args=[...]`) go to the trainer, whose
`parse_args()` refuses every word that it has no place for: `unrecognized arguments`, exit status
2, on every replica, after the machines have been provisioned. `--num_epochs` and `--num-epochs`
are two options, although both would be stored as `num_epochs`.

The arguments are read as argparse reads them, with abbreviations, `nargs` and sub-commands; and as
absl, click, fire and docopt do where the options are written out. `fire` runs the function first and
complains of what is left over afterwards; `tf.app.run()` leaves it without a word. Nothing is said where some option of the parser cannot be seen. Commands in scripts, makefiles and
READMEs are read as well as the arguments that trainlint is given; of words that only the running
shell knows nothing is said.

Source: [argparse](https://docs.python.org/3/library/argparse.html#the-parse-args-method).
)",
    .bad = R"(
trainlint check . -- --num_epochs 5
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
