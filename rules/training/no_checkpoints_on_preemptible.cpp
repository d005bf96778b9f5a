#include <algorithm>
#include <array>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/job_fields.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

// A loop that goes on for hours: what is gone then is worth a checkpoint.
static std::optional<Place> long_training(const Package& package) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      const std::string_view last = last_of(call.callee);
      const bool steps = last == "backward" || last == "apply_gradients" ||
                         last == "train_on_batch" || call.callee == "optimizer.step";
      const bool epochs = last == "fit" && keyword_argument(module, call, "epochs") != Syntax::none;
      if (steps || epochs) return first_line(package, {module.path, module.syntax.span(call.node)});
    }
  }
  return std::nullopt;
}

static void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files) {
    const JobValue* strategy = file.kind == JobKind::hp_tuning
                                   ? file.root.find({"trialJobSpec", "scheduling", "strategy"})
                                   : file.root.find({"scheduling", "strategy"});
    const std::string* text = job_text(strategy);
    if (file.kind == JobKind::training || !file.alone || text == nullptr || *text != "SPOT")
      continue;
    std::optional<Place> training = long_training(package);
    if (!training || package.launch.route == Route::container ||
        any_mentions(package, {"heckpoint", "ckpt", "BackupAndRestore", "restore", "resume",
                               "load_state_dict", "stimator", "orbax", "save_steps", "Saver",
                               "load_weights", "load_model", "from_pretrained"}))
      continue;
    report({file.path, strategy->span},
           "a Spot machine may be taken away at any time, and the trainer would begin anew: it "
           "writes no checkpoints")
        .note("it is trained here", training)
        .note(
            "tf.keras.callbacks.BackupAndRestore, or what AIP_CHECKPOINT_DIR names, keeps what "
            "was learned");
  }
}

extern constinit const Rule no_checkpoints_on_preemptible = {
    .name = "no-checkpoints-on-preemptible",
    .severity = Severity::warning,
    .summary = "a job runs on Spot machines, and the trainer writes no checkpoints",
    .explanation = R"(
`strategy: SPOT` buys machines that may be taken away at any moment; the job is then started again, from
its beginning. A trainer that neither writes checkpoints nor looks for them loses all it has learned, maybe
several times, and pays for each.

Only said where the training goes by epochs or steps, and no code of the package mentions checkpoints,
restoring or estimators.

Source: [Spot VMs](https://cloud.google.com/vertex-ai/docs/training/use-spot-vms).
)",
    .bad = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-8}
  replicaCount: 1
  pythonPackageSpec:
    executorImageUri: us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest
    packageUris: [gs://my-bucket/trainer-0.1.tar.gz]
    pythonModule: trainer.task
scheduling: {strategy: SPOT}
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit([1.0], [2.0], epochs=1000)
)",
    .good = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-8}
  replicaCount: 1
  pythonPackageSpec:
    executorImageUri: us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest
    packageUris: [gs://my-bucket/trainer-0.1.tar.gz]
    pythonModule: trainer.task
scheduling: {strategy: SPOT}
-- trainer/__init__.py --
-- trainer/task.py --
import os

import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(loss="mse")
backup = tf.keras.callbacks.BackupAndRestore(os.environ["AIP_CHECKPOINT_DIR"])
model.fit([1.0], [2.0], epochs=1000, callbacks=[backup])
)",
    .check = check,
};

}  // namespace trainlint
