#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/rule/rule.h"

namespace trainlint {

// What the files beside a package say about how it gets to the worker, read as plain text.

// A file beside the package passes --package-path (or --local-package-path) with this folder.
bool names_package_path(const Package& package);

// The package is copied into an image, as the launch or a Dockerfile in the tree says.
bool started_in_container(const Package& package);

// The notebook, script or text beside the package that starts the entry module by its path, as
// "local-run --script" and CustomTrainingJob(script_path=...) do: the files beside it can be
// imported then. "" where there is none.
std::string started_by_path_in(const Package& package);

// The package's folder has no __init__.py and that matters: how much. Nothing where the folder is
// packed all the same, or is not packaged at all.
std::optional<Severity> missing_init(const Package& package);

}  // namespace trainlint
