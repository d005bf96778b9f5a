#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/project/interpreter.h"
#include "lint/project/project.h"

namespace trainlint {

// The dependencies of [tool.poetry], which are written in a language of their own
// (python-poetry.org/docs/dependency-specification).

// A version constraint as PEP 440 writes it: "^1.2" is ">=1.2,<2.0". nullopt where there are
// alternatives or pre-releases.
std::optional<std::string> poetry_constraint(const std::string& text);

// What the table [tool.poetry] says of them: fills in install_requires and python_requires.
void apply_poetry_dependencies(const PyValue& poetry, Project& project);

}  // namespace trainlint
