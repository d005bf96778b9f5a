#pragma once

#include <string>
#include <vector>

#include "lint/text/result.h"

namespace trainlint {

// The files that git says are changed, deleted ones too, as absolute paths: what is staged, or,
// where pre-commit names two commits (PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF), what differs between
// them.
Result<std::vector<std::string>> changed_files();

}  // namespace trainlint
