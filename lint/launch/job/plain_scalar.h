#pragma once

#include <string_view>

#include "lint/launch/job/job_file.h"

namespace trainlint {

// What YAML 1.1 takes a plain scalar for (yaml.org/type), as gcloud's reader does.
JobShape shape_of_plain(std::string_view text);

}  // namespace trainlint
