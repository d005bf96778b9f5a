#pragma once

#include <string_view>

#include "lint/graph/graph.h"
#include "lint/launch/launch.h"
#include "lint/source/tree.h"

namespace trainlint {

// The words for enumerators in JSON and dumps: the enumerators' own, which are stable.
std::string_view name_of(TreeKind kind);
std::string_view name_of(FileKind kind);
std::string_view name_of(When when);
std::string_view name_of(Target target);
std::string_view name_of(FailureKind kind);

}  // namespace trainlint
