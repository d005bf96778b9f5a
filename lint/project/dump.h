#pragma once

#include <string>

#include "lint/project/project.h"
#include "lint/source/tree.h"

namespace trainlint {

// Every field with its value, or why it is unknown and where, for people. Places are shown as
// path:line:column of the tree's files.
std::string dump_project(const Project& project, const SourceTree& tree);

// The same facts without places as JSON, for the tests that ask setuptools.
std::string project_json(const Project& project);

}  // namespace trainlint
