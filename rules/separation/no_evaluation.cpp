#include <algorithm>
#include <array>

#include "lint/rule/command_line.h"
#include "lint/rule/roles.h"

namespace trainlint {

// Parts of the names that people give to what measures a model.
static constexpr auto measures = std::to_array<std::string_view>(
    {"eval", "valid",   "val_",  "test", "score",    "metric",  "accuracy", "auc",      "rmse",
     "mse",  "mae",     "cross", "gym",  "perplexi", "bleu",    "report",   "reward",   "error",
     "dev_", "holdout", "kfold", "oob_", "_val",     "predict", "bench",    "confusion"});

static bool measures_something(std::string_view word) {
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return std::any_of(measures.begin(), measures.end(),
                     [&](std::string_view part) { return lower.find(part) != lower.npos; });
}

// A name or a text of the code; comments do not count.
static bool mentions_measure(const Module& module) {
  const Syntax& syntax = module.syntax;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node)
    if ((syntax.kind(node) == sym_identifier || syntax.kind(node) == sym_string_content) &&
        measures_something(syntax.text(node)))
      return true;
  return false;
}

// Whether a library is used whose fit() and the like are known to train.
static bool uses_known_library(const Package& package) {
  static constexpr auto libraries = std::to_array<std::string_view>(
      {"tensorflow", "keras", "torch", "sklearn", "xgboost", "lightgbm", "jax"});
  return std::any_of(package.graph.edges.begin(), package.graph.edges.end(), [](const auto& edge) {
    const std::string_view top = std::string_view(edge.name).substr(0, edge.name.find('.'));
    return edge.target == Target::third_party &&
           std::find(libraries.begin(), libraries.end(), top) != libraries.end();
  });
}

static void check(const Package& package, Report& report) {
  if (!uses_known_library(package)) return;
  const std::vector<Fulfilled> roles = roles_of(package);
  auto loop = std::find_if(roles.begin(), roles.end(),
                           [](const Fulfilled& one) { return one.duty == Duty::training_loop; });
  if (loop == roles.end() ||
      std::any_of(package.modules.begin(), package.modules.end(), mentions_measure))
    return;
  report(first_line(package, loop->place),
         "nothing evaluates what is trained here: a run that has learned nothing looks like a good "
         "one")
      .note(
          "the field evaluates beside the training loop, in the model's module, on data that is "
          "held back: fit(validation_data=...), evaluate(), score()");
}

extern constinit const Rule no_evaluation = {
    .name = "no-evaluation",
    .severity = Severity::advice,
    .summary = "a model is trained, and nothing in the package measures it",
    .explanation = R"(
A job that ends without an error says nothing about the model. Without a measure on data that was held
back there is nothing to compare two runs by, nothing to tune for, and nothing to tell a model that
has learned from one that has not.

Only said where no name and no text in all of the package's code is about evaluation, validation,
tests, scores or metrics.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from sklearn.linear_model import LinearRegression

from trainer import data

rows, fares = data.read()
LinearRegression().fit(rows, fares)
-- trainer/data.py --
def read():
    return [[1.0], [2.0]], [1.5, 2.5]
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from sklearn.linear_model import LinearRegression

from trainer import data

rows, fares = data.read()
model = LinearRegression().fit(rows[:-1], fares[:-1])
print(model.score(rows[-1:], fares[-1:]))
-- trainer/data.py --
def read():
    return [[1.0], [2.0], [3.0]], [1.5, 2.5, 3.5]
)",
    .check = check,
};

}  // namespace trainlint
