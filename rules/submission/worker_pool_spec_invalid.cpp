#include <algorithm>
#include <array>
#include <set>

#include "lint/rule/gcloud_fault.h"
#include "lint/rule/job_fields.h"
#include "lint/rule/job_machines.h"

namespace trainlint {

namespace {

// The keys of one --worker-pool-spec.
struct FlagPool {
  Place place;
  std::set<std::string_view> keys;
  std::string_view accelerator;  // "" where it is not known

  bool has(std::string_view key) const { return keys.count(key) != 0; }
};

// nullopt where a word stands for keys that cannot be seen.
std::optional<std::vector<FlagPool>> flag_pools(const ScriptCommand& script) {
  std::vector<FlagPool> pools;
  for (const GcloudFlag& flag : script.command.flags) {
    if (flag.name != "--worker-pool-spec" || !flag.value) continue;
    FlagPool pool{{script.path, flag.value->span}, {}, {}};
    for (std::string_view part : gcloud_list(flag.value->text)) {
      const size_t equals = part.find('=');
      if (equals == part.npos || part.substr(0, equals).find('$') != part.npos) return std::nullopt;
      pool.keys.insert(part.substr(0, equals));
    }
    for (const auto& [key, value] : known_pool_values(*flag.value))
      if (key == "accelerator-type") pool.accelerator = value;
    pools.push_back(std::move(pool));
  }
  return pools;
}

constexpr auto local_keys =
    std::to_array<std::string_view>({"script", "requirements", "extra-packages", "extra-dirs"});
constexpr auto software_keys =
    std::to_array<std::string_view>({"executor-image-uri", "container-image-uri", "python-module",
                                     "script", "requirements", "extra-packages", "extra-dirs"});

// The first of some keys that a pool has, "" for none.
template <size_t count>
std::string_view first_of(const FlagPool& pool, const std::array<std::string_view, count>& keys) {
  auto found =
      std::find_if(keys.begin(), keys.end(), [&](std::string_view key) { return pool.has(key); });
  return found == keys.end() ? std::string_view() : *found;
}

// The checks of gcloud's command_lib/ai/custom_jobs/validation.py, in its order; "" for a good
// pool.
std::string software_fault(const FlagPool& pool) {
  const bool executor = pool.has("executor-image-uri"), container = pool.has("container-image-uri");
  if (executor == container)
    return "exactly one of the keys executor-image-uri and container-image-uri is required";
  if (container && pool.has("python-module"))
    return "the key python-module does not go with container-image-uri";
  if (executor && !pool.has("python-module")) return "the key python-module is required";
  const std::string_view local = first_of(pool, local_keys);
  return local.empty() ? "" : fmt::format("the key {} goes with local-package-path only", local);
}

std::string local_fault(const FlagPool& pool) {
  if (!pool.has("executor-image-uri"))
    return "the key executor-image-uri is required with local-package-path";
  if (pool.has("python-module") == pool.has("script"))
    return "exactly one of the keys python-module and script is required with local-package-path";
  return "";
}

// A name in the form of those that gcloud takes, which a later SDK may have.
bool may_be_newer(std::string_view accelerator) {
  return !is_pool_accelerator(accelerator) &&
         (accelerator.starts_with("NVIDIA_") || accelerator.starts_with("TPU_")) &&
         std::none_of(accelerator.begin(), accelerator.end(),
                      [](char c) { return c == '-' || (c >= 'a' && c <= 'z'); });
}

std::string pool_fault(const FlagPool& pool, bool first, bool local) {
  if (pool.keys.empty()) return first ? "the first worker pool must not be empty" : "";
  if (!pool.has("machine-type")) return "the key machine-type is required";
  if (pool.has("accelerator-count") && !pool.has("accelerator-type"))
    return "accelerator-count is given without accelerator-type";
  if (!pool.accelerator.empty() && !is_pool_accelerator(pool.accelerator))
    return fmt::format("accelerator-type: there is no '{}'", pool.accelerator);
  if (first && local) return local_fault(pool);
  if (local) {
    const std::string_view key = first_of(pool, software_keys);
    return key.empty() ? ""
                       : fmt::format(
                             "the first pool's local-package-path is for all, and this one "
                             "has the key {}",
                             key);
  }
  if (pool.has("local-package-path"))
    return "the key local-package-path is for the first worker pool only";
  return software_fault(pool);
}

void check_flags(const ScriptCommand& script, Report& report) {
  if (script.command.kind != GcloudKind::custom_job || script.command.open ||
      !script.command.faults.empty() || is_prose(script.path))
    return;
  std::optional<std::vector<FlagPool>> pools = flag_pools(script);
  if (!pools) return;
  for (const FlagPool& pool : *pools) {
    const bool first = &pool == &pools->front();
    const std::string fault = pool_fault(pool, first, pools->front().has("local-package-path"));
    if (fault.empty()) continue;
    Report::Added added = report(pool.place, "gcloud refuses the command: {}", fault);
    if (may_be_newer(pool.accelerator)) added.severity(Severity::warning);
  }
}

}  // namespace

static bool is_set(const JobValue* value) {
  return value != nullptr && !(value->known && value->scalar() && value->text.empty());
}

static void check_pool(const JobFile& file, const JobValue& job, const JobValue& pool,
                       Report& report) {
  if (!pool.known) return;
  const bool container = is_set(pool.find({"containerSpec", "imageUri"}));
  const bool package = is_set(pool.find({"pythonPackageSpec", "executorImageUri"})) ||
                       is_set(pool.find({"pythonPackageSpec", "pythonModule"}));
  const std::string_view who = file.kind == JobKind::custom_job && !file.sdk
                                   ? "gcloud refuses the file"
                                   : "the service refuses the job";
  if (container && package)
    report({file.path, pool.span},
           "{}: a worker pool has both a containerSpec and a pythonPackageSpec", who);
  // What is misspelt or in another spelling is told by config-unknown-key.
  const bool named = pool.find("container_spec") || pool.find("python_package_spec");
  if (!container && !package && file.kind == JobKind::custom_job && !file.sdk)
    report({file.path, pool.span},
           "{}: a worker pool has neither a containerSpec with an imageUri nor a pythonPackageSpec",
           who)
        .note(named ? "gcloud does not know keys with underscores: containerSpec, pythonPackageSpec"
                    : "exactly one of the two is wanted");
  const JobValue* spec = pool.find("machineSpec");
  if (spec && !spec->known) return;
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
  for (const ScriptCommand& script : package.launch.commands) check_flags(script, report);
}

extern constinit const Rule worker_pool_spec_invalid = {
    .name = "worker-pool-spec-invalid",
    .severity = Severity::error,
    .summary = "a worker pool does not say what to run, or says it twice",
    .explanation = R"(
Each of a Vertex AI job's `workerPoolSpecs` wants exactly one of `containerSpec` (with an `imageUri`) and
`pythonPackageSpec` (with an `executorImageUri` and a `pythonModule`), and a `machineSpec` with a
`machineType`. gcloud checks the first for `custom-jobs create`, the service the rest.

The keys of `--worker-pool-spec` are checked as gcloud does before it sends anything: a machine-type, an
accelerator-type in the API's own letters (`NVIDIA_TESLA_T4`, not `nvidia-tesla-t4`), one of executor-image-uri (with a python-module) and container-image-uri; with local-package-path, in the first
pool only, an executor-image-uri and one of python-module and script.

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
