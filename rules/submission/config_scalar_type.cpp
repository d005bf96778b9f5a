#include "lint/rule/job_fields.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files)
    for (const JobFault& fault : job_faults(file)) {
      if (fault.kind != JobFaultKind::wrong_type) continue;
      Report::Added added =
          report(fault.place, "gcloud cannot read the file: '{}' wants {}, not {}", fault.key,
                 fault.wanted, fault.found);
      if (fault.wanted == "a string" && fault.found.starts_with('\''))
        added.note(
            fmt::format("in YAML that is a number, a date or a truth value; with quotes it "
                        "is a string: {}: \"{}\"",
                        fault.key, fault.found.substr(1, fault.found.size() - 2)));
      // A program of the package's own may take what gcloud does not.
      if (file.binding == JobBinding::folder) added.severity(Severity::warning);
    }
}

extern constinit const Rule config_scalar_type = {
    .name = "config-scalar-type",
    .severity = Severity::error,
    .summary = "a value in a job file is not of the type that gcloud can decode",
    .explanation = R"(
gcloud decodes the file into the service's messages before it sends anything. A number where a string
is wanted ends in "gcloud crashed (ValidationError): Expected type <class 'str'> for field
runtimeVersion, found 2.1": `runtimeVersion: 2.1`, `pythonVersion: 3.7`, `args: [--epochs, 10]`,
`categoricalValues: [16, 32]` and `maxRunningTime: 7200` all want quotes. The file is YAML 1.1, where
`y`, `no` and `on` are truth values, and 1.10 is the number 1.1.

The other way round, a quoted number is taken for a number, but never a quoted "true" for true.

In a file that no command hands to gcloud it is a warning.
)",
    .bad = R"(
-- submit.sh --
gcloud ai custom-jobs create --display-name job1 --region us-central1 --config job.yaml
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-4}
  replicaCount: 1
  containerSpec:
    imageUri: us-docker.pkg.dev/my-project/images/trainer
    args: [--epochs, 10]
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- job.yaml --
workerPoolSpecs:
- machineSpec: {machineType: n1-standard-4}
  replicaCount: 1
  containerSpec:
    imageUri: us-docker.pkg.dev/my-project/images/trainer
    args: [--epochs, "10"]
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
