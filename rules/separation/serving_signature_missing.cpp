#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  if (any_mentions(package,
                   {"xport", "erving", "saved_model", "SavedModel", ".save(", "simple_save"}))
    return;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      if (!call.callee.ends_with("estimator.train_and_evaluate")) continue;
      report(first_line(package, {module.path, module.syntax.span(call.node)}),
             "the estimator leaves checkpoints only: nothing gives it a serving signature and "
             "exports it")
          .note(
              "EvalSpec(..., exporters=tf.estimator.LatestExporter('exporter', serving_input_fn)) "
              "does; the field keeps serving_input_fn in the model's module");
    }
  }
}

extern constinit const Rule serving_signature_missing = {
    .name = "serving-signature-missing",
    .severity = Severity::advice,
    .summary = "an estimator is trained, and nothing exports it for prediction",
    .explanation = R"(
A prediction service loads a SavedModel, not checkpoints. An estimator writes one only through an exporter
(`LatestExporter`, `FinalExporter`, `BestExporter`) or `export_saved_model()`, which take a
`serving_input_fn`: it says what a request holds. Without it the job ends well and there is nothing to
deploy.

Keras models have a signature of their own; nothing is said about them, nor where any code of the package
mentions an export.

Source: [LatestExporter](https://www.tensorflow.org/api_docs/python/tf/estimator/LatestExporter).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

def read():
    return tf.data.Dataset.from_tensors(({"x": [1.0]}, [2.0]))

column = tf.feature_column.numeric_column("x")
estimator = tf.estimator.DNNRegressor([4], [column], model_dir="gs://my-bucket/fares")
tf.estimator.train_and_evaluate(
    estimator, tf.estimator.TrainSpec(read, 100), tf.estimator.EvalSpec(read, 1))
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

def read():
    return tf.data.Dataset.from_tensors(({"x": [1.0]}, [2.0]))

def serving_input_fn():
    inputs = {"x": tf.compat.v1.placeholder(tf.float32, [None])}
    return tf.estimator.export.ServingInputReceiver(dict(inputs), inputs)

column = tf.feature_column.numeric_column("x")
estimator = tf.estimator.DNNRegressor([4], [column], model_dir="gs://my-bucket/fares")
exporter = tf.estimator.LatestExporter("exporter", serving_input_fn)
tf.estimator.train_and_evaluate(
    estimator, tf.estimator.TrainSpec(read, 100), tf.estimator.EvalSpec(read, 1, exporters=exporter))
)",
    .check = check,
};

}  // namespace trainlint
