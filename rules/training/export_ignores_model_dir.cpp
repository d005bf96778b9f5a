#include "lint/rule/command_line.h"
#include "lint/rule/job_fields.h"
#include "lint/rule/saved_model.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

// "gs://my-bucket" occurs once more in the job file: an argument hands it on.
static bool is_handed_on(const JobFile& file, std::string_view prefix) {
  const size_t first = file.text.find(prefix);
  return first != file.text.npos && file.text.find(prefix, first + 1) != file.text.npos;
}

static void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files) {
    if (file.kind == JobKind::training || !file.alone || package.launch.route == Route::container ||
        file.text.find("AIP_") != file.text.npos)
      continue;
    const JobValue* prefix =
        file.kind == JobKind::hp_tuning
            ? file.root.find({"trialJobSpec", "baseOutputDirectory", "outputUriPrefix"})
            : file.root.find({"baseOutputDirectory", "outputUriPrefix"});
    const std::string* text = job_text(prefix);
    if (text == nullptr || text->empty() || is_handed_on(file, *text)) continue;
    const std::vector<SavedModel> saved = saved_models(package);
    if (saved.empty() || any_mentions(package, {"AIP_", "aiplatform", "vertexai", *text})) continue;
    report({file.path, prefix->span},
           "nothing is written to '{}': the trainer never reads AIP_MODEL_DIR, which is all that "
           "this sets",
           *text)
        .note("the model is saved here", first_line(package, saved.back().place))
        .note("os.environ['AIP_MODEL_DIR'] is the folder where Vertex AI looks for the model");
  }
}

extern constinit const Rule export_ignores_model_dir = {
    .name = "export-ignores-model-dir",
    .severity = Severity::warning,
    .summary = "a job has a base output directory, which the trainer does not look at",
    .explanation = R"(
`baseOutputDirectory` of a custom job does one thing: the trainer finds the variables `AIP_MODEL_DIR`,
`AIP_CHECKPOINT_DIR` and `AIP_TENSORBOARD_LOG_DIR` set to folders below it. A trainer that reads none of
them, and is not given the place as an argument, saves somewhere else; the folder stays empty, and
whoever takes the model from there finds none.

Source: [environment variables of a job](https://cloud.google.com/vertex-ai/docs/training/code-requirements#environment-variables).
)",
    .bad = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-8}
  replicaCount: 1
  pythonPackageSpec:
    executorImageUri: us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest
    packageUris: [gs://my-packages/trainer-0.1.tar.gz]
    pythonModule: trainer.task
baseOutputDirectory: {outputUriPrefix: gs://my-models/fares}
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit([1.0], [2.0])
model.save("export")
)",
    .good = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-8}
  replicaCount: 1
  pythonPackageSpec:
    executorImageUri: us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest
    packageUris: [gs://my-packages/trainer-0.1.tar.gz]
    pythonModule: trainer.task
baseOutputDirectory: {outputUriPrefix: gs://my-models/fares}
-- trainer/__init__.py --
-- trainer/task.py --
import os

import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit([1.0], [2.0])
model.save(os.environ["AIP_MODEL_DIR"])
)",
    .check = check,
};

}  // namespace trainlint
