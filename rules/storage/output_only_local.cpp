#include "lint/rule/command_line.h"
#include "lint/rule/saved_model.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  if (package.launch.route == Route::container) return;  // a script may take it elsewhere
  const std::vector<SavedModel> saved = saved_models(package);
  if (!stay_on_worker(package, saved)) return;
  const SavedModel& last = saved.back();
  report(first_line(package, last.place),
         "'{}' is on the worker's own disk, which is gone when the job ends, and what is saved "
         "there with it",
         *last.written)
      .note("write it to where an option or AIP_MODEL_DIR says, or upload it");
}

extern constinit const Rule output_only_local = {
    .name = "output-only-local",
    .severity = Severity::warning,
    .summary = "the model is saved on the worker's disk only",
    .explanation = R"(
The machines of a job are deleted with all that is on them. A model in `model.joblib` or `/tmp/export` is
trained, saved and gone. What is to stay is written to Cloud Storage: by an option
such as `--job-dir`, by the variable `AIP_MODEL_DIR` of Vertex AI (with TensorFlow's own files, or below
`/gcs/`, where Vertex AI mounts the buckets), or uploaded.

Only said where every place that a model is saved to is written out in the code and is local, and no code
of the package has to do with storage, the environment, other processes or other machines.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import joblib
from sklearn.linear_model import LinearRegression

model = LinearRegression().fit([[1.0], [2.0]], [1.5, 2.5])
joblib.dump(model, "model.joblib")
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import os

import joblib
from sklearn.linear_model import LinearRegression

model = LinearRegression().fit([[1.0], [2.0]], [1.5, 2.5])
folder = os.environ["AIP_MODEL_DIR"].replace("gs://", "/gcs/")
joblib.dump(model, os.path.join(folder, "model.joblib"))
)",
    .check = check,
};

}  // namespace trainlint
