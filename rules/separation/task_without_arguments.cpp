#include <algorithm>

#include "lint/launch/commands.h"
#include "lint/rule/command_line.h"
#include "lint/rule/roles.h"

namespace trainlint {

// Anything that may bring a value in from outside: a command line, the environment, a file.
static bool takes_something(const Module& module) {
  static constexpr std::string_view words[] = {
      "argv",   "argparse", "ArgumentParser", "flags",    "click",  "typer",   "docopt",
      "Fire(",  "environ",  "getenv",         "config",   "hydra",  "hparams", "yaml",
      "toml",   "json",     "getopt",         "optparse", "input(", "HfArg",   "gin.",
      "sacred", "CLI(",     "decouple",       "params"};
  if (module.syntax.nodes().empty()) return true;
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return module.text().find(word) != std::string_view::npos;
  });
}

static bool is_an_archive(Route route) {
  return route == Route::gcloud_sdist || route == Route::archive;
}

// Training that a framework does, not just a function of such a name.
static bool is_training(const Fulfilled& one) {
  static constexpr std::string_view words[] = {"fit",      "train_and_evaluate", "train_on_batch",
                                               "backward", "apply_gradients",    "minimize"};
  return one.duty == Duty::training_loop &&
         std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
           return one.what.find(word) != std::string::npos;
         });
}

static bool has_framework(const Module& module) {
  static constexpr std::string_view names[] = {"tensorflow", "keras", "torch",    "sklearn",
                                               "xgboost",    "jax",   "lightgbm", "lightning"};
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
    return module.text().find(name) != std::string_view::npos;
  });
}

// The first word that a command hands to this trainer, which nobody reads.
static std::optional<Place> handed_over(const Package& package) {
  for (const ScriptCommand& script : package.launch.commands) {
    const std::optional<CommandWord> module = module_of(script.command);
    if (!script.command.user_arguments.empty() && module && module->text == package.launch.module)
      return Place{script.path, script.command.user_arguments.front().span};
  }
  return std::nullopt;
}

static void check(const Package& package, Report& report) {
  if (package.graph.entry == no_module || !is_an_archive(package.launch.route)) return;
  // It is the entry module that nearly always does.
  if (takes_something(package.modules[package.graph.entry])) return;
  if (std::any_of(package.modules.begin(), package.modules.end(), takes_something)) return;
  if (std::none_of(package.modules.begin(), package.modules.end(), has_framework)) return;
  const std::vector<Fulfilled> roles = roles_of(package);
  auto training = std::find_if(roles.begin(), roles.end(), is_training);
  if (training == roles.end()) return;
  Report::Added added =
      report(first_line(package, training->place),
             "this trains, and nothing in the package takes an argument: each change of data, "
             "length or place needs another archive, and tuning cannot reach the model");
  if (std::optional<Place> place = handed_over(package))
    added.note("the command gives arguments, which nobody reads", *place);
  added.note(
      fmt::format("the field reads a command line in the entry module, '{}': where to write, "
                  "how long to train",
                  package.modules[package.graph.entry].path));
}

extern constinit const Rule task_without_arguments = {
    .name = "task-without-arguments",
    .severity = Severity::advice,
    .summary = "the package trains a model and takes no argument",
    .explanation = R"(
The service hands a trainer its arguments: `--job-dir`, the tuned parameters of a trial, what follows
`--` in the command. A trainer that reads none of them does the same every time, writes to the same
place every time, and each trial of a tuning job is the first one again.

Only said of packages that are submitted as an archive. Not said where anything in the package reads a command line, the environment or a file of settings.

Source: [packaging a trainer](https://cloud.google.com/ai-platform/training/docs/packaging-trainer).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import model

model.train()
-- trainer/model.py --
import tensorflow as tf

def train():
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit([1.0], [2.0], epochs=10)
    model.save("gs://fares/model")
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

from trainer import model

parser = argparse.ArgumentParser()
parser.add_argument("--job-dir", required=True)
parser.add_argument("--num-epochs", type=int, default=10)
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
