#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/replicas.h"
#include "lint/rule/roles.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

// What has to do with more than one replica, by itself or through TF_CONFIG and the like.
static bool may_be_distributed(const Package& package) {
  return package.launch.route == Route::container ||
         any_mentions(
             package,
             {"istribut",     "trategy",       "stimator",      "TF_CONFIG",   "CLUSTER_SPEC",
              "orovod",       "hvd",           "process_group", "torchrun",    "ClusterSpec",
              "train.Server", "device_setter", "learn_runner",  "xperiment",   "Trainer",
              "ccelerat",     "deepspeed",     "dask",          "import ray",  "rabit",
              "jax",          "WORLD_SIZE",    "RANK",          "MASTER_ADDR", "parameter_server",
              "cluster",      "replica",       "task_index",    "CLOUD_ML_",   "hypertune",
              "mpi4py",       "collective"});
}

static void check(const Package& package, Report& report) {
  const std::vector<AskedWorkers> asked = asked_workers(package);
  if (asked.empty() || package.graph.entry == no_module || may_be_distributed(package)) return;
  const std::vector<Fulfilled> roles = roles_of(package);
  auto loop = std::find_if(roles.begin(), roles.end(),
                           [](const Fulfilled& one) { return one.duty == Duty::training_loop; });
  if (loop == roles.end()) return;
  report(asked.front().place,
         "{} more machine{} would train the same model from the beginning, each on its own: the "
         "package has nothing to do with distributed training",
         asked.front().count, asked.front().count == 1 ? "" : "s")
      .note("it is trained here", first_line(package, loop->place))
      .note(
          "tf.distribute.MultiWorkerMirroredStrategy, torch.distributed and estimators share the "
          "work");
}

extern constinit const Rule multi_worker_without_strategy = {
    .name = "multi-worker-without-strategy",
    .severity = Severity::warning,
    .summary = "a job asks for workers, and the trainer does not share its work",
    .explanation = R"(
The service starts the same program on every replica and tells it through `TF_CONFIG` or `CLUSTER_SPEC` who
the others are; to share the work is the program's own business. One that does not know of it trains the
whole model on each machine, all write to the same place, and all are paid for.

Only said where the package trains something, and none of its code mentions a strategy, estimators, a
cluster, ranks or a library that distributes.

Source: [distributed training](https://cloud.google.com/vertex-ai/docs/training/distributed-training).
)",
    .bad = R"(
-- config.yaml --
trainingInput:
  scaleTier: CUSTOM
  masterType: n1-standard-8
  workerType: n1-standard-8
  workerCount: 4
-- trainer/__init__.py --
-- trainer/task.py --
from sklearn.linear_model import LinearRegression

LinearRegression().fit([[1.0], [2.0]], [1.5, 2.5])
)",
    .good = R"(
-- config.yaml --
trainingInput:
  scaleTier: CUSTOM
  masterType: n1-standard-8
-- trainer/__init__.py --
-- trainer/task.py --
from sklearn.linear_model import LinearRegression

LinearRegression().fit([[1.0], [2.0]], [1.5, 2.5])
)",
    .check = check,
};

}  // namespace trainlint
