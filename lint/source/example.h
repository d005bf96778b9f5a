#pragma once

#include <string_view>

#include "lint/source/tree.h"

namespace trainlint {

// A small package written as text in the txtar form: a folder, or, where a line above the first
// file names one ("trainer-0.1.tar.gz"), the archive that holds these files.
OpenTree open_example(std::string_view text);

}  // namespace trainlint
