#include "lint/rule/job_fields.h"

namespace trainlint {

static bool is_set(const JobValue* value) {
  return value != nullptr && !(value->known && value->scalar() && value->text.empty());
}

static void check_pool(const JobFile& file, const JobValue& job, const JobValue& pool,
                       Report& report) {
  if (!pool.known) return;
  const bool container = is_set(pool.find({"containerSpec", "imageUri"}));
  const bool package = is_set(pool.find({"pythonPackageSpec", "executorImageUri"})) ||
                       is_set(pool.find({"pythonPackageSpec", "pythonModule"}));
  const std::string_view who =
      file.kind == JobKind::custom_job ? "gcloud refuses the file" : "the service refuses the job";
  if (container && package)
    report({file.path, pool.span},
           "{}: a worker pool has both a containerSpec and a pythonPackageSpec", who);
  // What is misspelt or in another spelling is told by config-unknown-key.
  const bool named = pool.find("container_spec") || pool.find("python_package_spec");
  if (!container && !package && file.kind == JobKind::custom_job)
    report({file.path, pool.span},
           "{}: a worker pool has neither a containerSpec with an imageUri nor a pythonPackageSpec",
           who)
        .note(named ? "gcloud does not know keys with underscores: containerSpec, pythonPackageSpec"
                    : "exactly one of the two is wanted");
  const JobValue* machine = pool.find({"machineSpec", "machineType"});
  // A persistent resource has its machines already.
  if ((container || package) && machine == nullptr && pool.find("machine_spec") == nullptr &&
      job.find("persistentResourceId") == nullptr)
    report({file.path, pool.span},
           "the service refuses the job: the worker pool has no machineType");
}

static void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files) {
    if (file.kind == JobKind::training) continue;
    const JobValue* job =
        file.kind == JobKind::hp_tuning ? file.root.find("trialJobSpec") : &file.root;
    const JobValue* pools = job ? job->find("workerPoolSpecs") : nullptr;
    if (pools == nullptr) continue;
    for (const JobValue* pool : pools->each())
      if (pool->shape == JobShape::mapping) check_pool(file, *job, *pool, report);
  }
}

extern constinit const Rule worker_pool_spec_invalid = {
    .name = "worker-pool-spec-invalid",
    .severity = Severity::error,
    .summary = "a worker pool of a job file does not say what to run, or says it twice",
    .explanation = R"(
Each of a Vertex AI job's `workerPoolSpecs` wants exactly one of `containerSpec` (with an `imageUri`) and
`pythonPackageSpec` (with an `executorImageUri` and a `pythonModule`), and a `machineSpec` with a
`machineType`. gcloud checks the first for `custom-jobs create`, the service the rest.

Source: [WorkerPoolSpec](https://cloud.google.com/vertex-ai/docs/reference/rest/v1/CustomJobSpec#workerpoolspec).
)",
    .bad = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-4}
  replicaCount: 1
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-4}
  replicaCount: 1
  pythonPackageSpec:
    executorImageUri: us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest
    packageUris: [gs://my-bucket/trainer-0.1.tar.gz]
    pythonModule: trainer.task
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
