#pragma once

#include <string>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// How the package's code gets to the worker, for people: "gcloud packs the folder as an sdist".
std::string describe_route(const Package& package);

// Adds to the findings that hold on one route only, of packages that take another route than
// gcloud's sdist, a note that says which, and where that is said.
void add_route(const Package& package, std::vector<Finding>& findings);

}  // namespace trainlint
