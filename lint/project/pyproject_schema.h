#pragma once

#include "lint/project/project.h"
#include "lint/project/value.h"

namespace trainlint {

// Compares [project] and [tool.setuptools] with what setuptools takes there, before it reads any of
// it (validate-pyproject's schemas, in setuptools/config/_validate_pyproject). What is refused goes
// to Project::refusals. What a release from 66 to 84 takes is let through, and so is what needs
// more than the file to be judged.
void check_pyproject(const PyValue& pyproject, Project& project);

// The same for [build-system] and pip, which builds the sdist again on the worker
// (pip/_internal/pyproject.py).
void check_build_system(const PyValue& pyproject, Project& project);

}  // namespace trainlint
