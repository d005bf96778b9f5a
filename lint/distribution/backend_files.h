#pragma once

#include <string>
#include <vector>

#include "lint/distribution/file_view.h"
#include "lint/distribution/setuptools.h"
#include "lint/project/interpreter.h"
#include "lint/project/project.h"

namespace trainlint {

// What poetry, hatchling, flit and pdm put into a wheel. The references are the versions of
// Debian 12 (poetry-core 1.4, hatchling 1.12, flit 3.8, pdm-pep517 1.1); a setting that newer ones
// treat otherwise leaves the answer open.
struct BackendFiles {
  std::vector<BuiltFile> files;  // in no order
  std::string open;              // why there may be others; "" where these are all
  std::string fault;             // why the tool stops; "" where it does not
};

// `view`: the files that the tool finds. `pyproject` is the whole file.
BackendFiles files_of_backend(const PyValue& pyproject, const Project& project,
                              const FileView& view);

}  // namespace trainlint
