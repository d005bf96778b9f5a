#pragma once

#include <optional>

#include "lint/rule/rule.h"

namespace trainlint {

// Where a script or README of the package gives gcloud's own --job-dir (before the " -- ") in a
// command that submits a training job with this entry module. The service then passes --job-dir to
// the trainer as well.
std::optional<Place> job_dir_passed(const Package& package);

}  // namespace trainlint
