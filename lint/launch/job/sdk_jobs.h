#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lint/launch/job/job_file.h"

namespace trainlint {

// The jobs that a Python program starts by the SDK of Vertex AI (google-cloud-aiplatform: jobs.py,
// training_jobs.py, hyperparameter_tuning.py), each as the job file that says the same: CustomJob,
// HyperparameterTuningJob, and run() of the training jobs. Known is what is written as a literal,
// or as a name that is assigned one; all else of a job is unknown, and a study that is not wholly
// known is left out. The spans are bytes of `text`.
std::vector<JobFile> read_sdk_jobs(const std::string& path,
                                   std::shared_ptr<const std::string> text);

}  // namespace trainlint
