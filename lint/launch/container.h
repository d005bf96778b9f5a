#pragma once

#include "lint/launch/launch.h"

namespace trainlint {

// Sets the route to `container` where a Dockerfile of the tree starts the package from the tree's
// own files; false where there is none.
bool start_in_container(const SourceTree& tree, Launch& launch);

}  // namespace trainlint
