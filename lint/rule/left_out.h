#pragma once

#include <string>
#include <string_view>

#include "lint/rule/rule.h"

namespace trainlint {

// Why a file of the folder is not among the installed ones, in the terms that rules need.

// Why the file (or what is in the folder) that a failure means is left out; null where the
// distribution does not say.
const LeftOut* left_out_of(const Package& package, const Failure& failure);

// The outermost folder on the way to the file that a failure means that has no __init__.py, where
// that is what keeps find_packages() or gcloud's own setup.py from taking it; else "".
std::string folder_without_init(const Package& package, const Failure& failure);

// The sub-package that a failure means ("trainer.layers"), where packages are listed one by one, a
// package above it is and it is not; else "".
std::string unlisted_subpackage(const Package& package, const Failure& failure);

// gcloud writes the setup.py, which packs the one folder and nothing below or beside it.
bool setup_is_generated(const Package& package);

// "setup.py", "setup.cfg" or "pyproject.toml": the file that says what is packed.
std::string_view metadata_file(const Package& package);

}  // namespace trainlint
