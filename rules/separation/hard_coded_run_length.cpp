#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

static bool names_length(std::string_view flag) {
  constexpr std::string_view words[] = {"epoch", "step", "iter", "example", "round", "estimators"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return flag.find(word) != flag.npos; });
}

static void check(const Package& package, Report& report) {
  const Parse* parse = closed_parse(package);
  if (parse == nullptr) return;
  for (const Option* option : all_options(*parse->parser))
    if (names_length(option->dest)) return;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      if (last_of(call.callee) != "fit") continue;
      Syntax::Node epochs = keyword_argument(module, call, "epochs");
      if (epochs == Syntax::none || module.syntax.kind(epochs) != sym_integer) continue;
      report({module.path, module.syntax.span(epochs)},
             "every run takes {} epochs: no option says how long to train",
             module.syntax.text(epochs))
          .note("add one: a short run first shows that everything works, and costs little",
                first_line(package, parse->place));
    }
  }
}

extern constinit const Rule hard_coded_run_length = {
    .name = "hard-coded-run-length",
    .severity = Severity::advice,
    .summary = "the number of epochs is written into the code, and no option changes it",
    .explanation = R"(
How long to train is the first thing that changes between a trial on a laptop, a first job and the
real one. With `epochs=100` in the code each of them needs another archive. An option such as
`--num-epochs` with that default does it.

Only said where all options of the trainer are known and none is about epochs, steps or examples.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

from trainer import model

parser = argparse.ArgumentParser()
parser.add_argument("--job-dir", default="output")
model.train(parser.parse_args().job_dir)
-- trainer/model.py --
import tensorflow as tf

def train(job_dir):
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit([1.0], [2.0], epochs=100)
    model.save(job_dir)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

from trainer import model

parser = argparse.ArgumentParser()
parser.add_argument("--job-dir", default="output")
parser.add_argument("--num-epochs", type=int, default=100)
args = parser.parse_args()
model.train(args.job_dir, args.num_epochs)
-- trainer/model.py --
import tensorflow as tf

def train(job_dir, num_epochs):
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit([1.0], [2.0], epochs=num_epochs)
    model.save(job_dir)
)",
    .check = check,
};

}  // namespace trainlint
