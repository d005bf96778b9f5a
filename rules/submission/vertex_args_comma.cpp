#include <algorithm>

#include "lint/rule/gcloud_fault.h"
#include "lint/rule/user_arguments.h"

namespace trainlint {

namespace {

bool takes_positionals(const ArgumentParser& parser) {
  const std::vector<const Option*> options = all_options(parser);
  return std::any_of(options.begin(), options.end(),
                     [](const Option* option) { return option->positional(); });
}

void check(const Package& package, Report& report) {
  const Parse* parse = closed_reader(package);
  if (parse == nullptr || takes_positionals(*parse->parser)) return;
  for (const ScriptCommand& script : package.launch.commands) {
    const std::optional<CommandWord> word = cut_off_by_comma(script.command);
    if (!word || is_prose(script.path)) continue;
    report({script.path, word->span},
           "gcloud splits --args at every comma: '{}' is an argument of its own", word->text)
        .note("name another separator first: --args=^:^--columns=a,b:--epochs=3");
  }
}

}  // namespace

extern constinit const Rule vertex_args_comma = {
    .name = "vertex-args-comma",
    .severity = Severity::error,
    .summary = "a comma inside a value of --args cuts the value in two",
    .explanation = R"(
`gcloud ai custom-jobs create --args` takes a list that is separated by commas, so `--args=--columns=a,b`
hands the trainer `--columns=a` and `b`. It is reported where the trainer's parser is known and takes no
positional arguments, so that it ends with "unrecognized arguments: b". `^:^` in front of the list makes
`:` the separator.

Source: `gcloud topic escaping`.
)",
    .bad = R"(
-- submit.sh --
gcloud ai custom-jobs create --display-name fares --region us-central1 --args=--columns=a,b \
  --worker-pool-spec=machine-type=n1-standard-4,executor-image-uri=gcr.io/fares/image,local-package-path=.,python-module=trainer.task
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--columns")
print(parser.parse_args().columns)
)",
    .good = R"(
-- submit.sh --
gcloud ai custom-jobs create --display-name fares --region us-central1 --args=^:^--columns=a,b \
  --worker-pool-spec=machine-type=n1-standard-4,executor-image-uri=gcr.io/fares/image,local-package-path=.,python-module=trainer.task
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--columns")
print(parser.parse_args().columns)
)",
    .check = check,
};

}  // namespace trainlint
