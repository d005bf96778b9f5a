#include <algorithm>
#include <array>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/saved_model.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

namespace {

using Node = Syntax::Node;

// What makes several machines run the same code.
constexpr auto strategies = std::to_array<std::string_view>(
    {"MultiWorkerMirroredStrategy", "CollectiveAllReduceStrategy", "init_process_group"});

// Whether a condition of the code tells one replica from the others.
bool tells_replicas_apart(const Module& module) {
  const Syntax& syntax = module.syntax;
  constexpr std::string_view words[] = {"rank",   "chief", "master",  "main",  "task",
                                        "worker", "index", "primary", "leader"};
  for (Node node = 0; node < syntax.nodes().size(); ++node) {
    const uint16_t kind = syntax.kind(node);
    if (kind != sym_if_statement && kind != sym_elif_clause && kind != sym_conditional_expression &&
        kind != sym_boolean_operator && kind != sym_comparison_operator)
      continue;
    Node test = syntax.field(node, field_condition);
    std::string_view text = syntax.text(test == Syntax::none ? node : test);
    if (text.find("__main__") != text.npos) continue;
    for (std::string_view word : words)
      if (text.find(word) != text.npos) return true;
  }
  return false;
}

const Call* strategy_of(const Module& module) {
  auto found = std::find_if(module.calls.begin(), module.calls.end(), [](const Call& call) {
    return std::find(strategies.begin(), strategies.end(), last_of(call.callee)) !=
           strategies.end();
  });
  return found == module.calls.end() ? nullptr : &*found;
}

void check(const Package& package, Report& report) {
  std::optional<Place> strategy;
  std::string name;
  for (const Module& module : package.modules) {
    if (strategy || !takes_part(package, module)) continue;
    if (const Call* call = strategy_of(module)) {
      strategy = first_line(package, {module.path, module.syntax.span(call->node)});
      name = last_of(call->callee);
    }
  }
  if (!strategy || any_mentions(package, {"chief", "task_type", "task_id", "TF_CONFIG"}) ||
      std::any_of(package.modules.begin(), package.modules.end(), tells_replicas_apart))
    return;
  for (const SavedModel& saved : saved_models(package))
    report(first_line(package, saved.place),
           "every replica writes here at the same time: nothing in the package tells the chief "
           "from the others")
        .note(fmt::format("{} runs this code on every machine", name), strategy)
        .note(
            "under TensorFlow all replicas save, those that are not the chief to a place of their "
            "own; under PyTorch only rank 0 does");
}

}  // namespace

extern constinit const Rule non_chief_writes = {
    .name = "non-chief-writes",
    .severity = Severity::warning,
    .summary = "all replicas of a distributed job save to the same place",
    .explanation = R"(
With several machines every one of them runs the same code. When all save to the same path, they
overwrite each other's files, and those who come too late fail: the model is damaged, or the job ends
with `UnavailableError` after the training. Under `MultiWorkerMirroredStrategy` all must call `save()`,
those that are not the chief with a folder of their own; under PyTorch only rank 0 should.

Only said where no condition in the package asks for a rank, a task or the chief.

Source: [multi-worker training with Keras](https://www.tensorflow.org/tutorials/distribute/multi_worker_with_keras#model_saving_and_loading).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import os

import tensorflow as tf

strategy = tf.distribute.MultiWorkerMirroredStrategy()
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(loss="mse")
model.fit([1.0], [2.0])
model.save(os.environ["AIP_MODEL_DIR"])
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import os

import tensorflow as tf

strategy = tf.distribute.MultiWorkerMirroredStrategy()
with strategy.scope():
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(loss="mse")
model.fit([1.0], [2.0])
cluster = strategy.cluster_resolver
if cluster.task_type in (None, "chief"):
    model.save(os.environ["AIP_MODEL_DIR"])
else:
    model.save("/tmp/of-a-worker-%d" % cluster.task_id)
)",
    .check = check,
};

}  // namespace trainlint
