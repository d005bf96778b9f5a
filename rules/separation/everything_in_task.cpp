#include <algorithm>
#include <array>

#include "lint/rule/command_line.h"
#include "lint/rule/roles.h"

namespace trainlint {

static constexpr auto duties =
    std::to_array({Duty::command_line, Duty::data_input, Duty::model, Duty::training_loop});
// Below this a second file has nothing to make easier.
static constexpr ptrdiff_t definitions_of_a_small_script = 5;

static void check(const Package& package, Report& report) {
  if (package.graph.entry == no_module || package.launch.route == Route::script) return;
  const Module& entry = package.modules[package.graph.entry];
  if (entry.blocks.empty()) return;
  const ptrdiff_t definitions =
      std::count_if(entry.blocks[0].begin(), entry.blocks[0].end(), [](const Step& step) {
        return (step.kind == StepKind::function || step.kind == StepKind::class_body) &&
               !step.text.empty();
      });
  if (definitions <= definitions_of_a_small_script) return;
  const std::vector<Fulfilled> roles = roles_of(package);
  std::vector<const Fulfilled*> here;
  for (const Fulfilled& one : roles) {
    if (std::find(duties.begin(), duties.end(), one.duty) == duties.end()) continue;
    if (one.place.path != entry.path) return;
    here.push_back(&one);
  }
  if (here.size() != duties.size()) return;
  const Fulfilled& model = *here[2];
  Report::Added added =
      report(first_line(package, model.place),
             "'{}' is everything at once, {} functions and classes: the field puts the model, its "
             "data and its training into a module that the entry module imports",
             entry.path, definitions);
  for (const Fulfilled* one : here)
    if (one != &model)
      added.note(fmt::format("{}: {}", to_string(one->duty), one->what),
                 first_line(package, one->place));
}

extern constinit const Rule everything_in_task = {
    .name = "everything-in-task",
    .severity = Severity::advice,
    .summary = "the entry module holds command line, data, model and training, in many functions",
    .explanation = R"(
The usual trainer has two modules: `task.py` takes the command line, decides how long to run and where
to write; `model.py` reads the data, builds the model, trains and evaluates it. What stands in the
entry module can be used by nothing else: a notebook, a test or a second trainer that imports it gets the
command line too.

Only said of entry modules with more than five functions and classes that have all four duties to
themselves; not of single scripts.

Source: [packaging a trainer](https://cloud.google.com/ai-platform/training/docs/packaging-trainer).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

import pandas as pd
from sklearn.linear_model import LogisticRegression

def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    return parser.parse_args()

def read(path):
    return pd.read_csv(path)

def label(frame):
    return frame["b"]

def build():
    return LogisticRegression()

def evaluate(model, frame):
    print(model.score(frame[["a"]], label(frame)))

def main():
    frame = read(arguments().data)
    model = build()
    model.fit(frame[["a"]], label(frame))
    evaluate(model, frame)

if __name__ == "__main__":
    main()
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

from trainer import model

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
args = parser.parse_args()
model.train(args.data)
-- trainer/model.py --
import pandas as pd
from sklearn.linear_model import LogisticRegression

def train(path):
    frame = pd.read_csv(path)
    LogisticRegression().fit(frame[["a"]], frame["b"])
)",
    .check = check,
};

}  // namespace trainlint
