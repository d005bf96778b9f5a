#pragma once

#include <optional>

#include "lint/python/module.h"

namespace trainlint {

// Whether `sys.version_info <op> (...)` holds on a target version; nullopt where only a patch level
// would decide.
std::optional<bool> version_holds(const Test& test, PythonVersion version);
// Whether a comparison of sys.platform or os.name holds on a worker, which runs Linux.
std::optional<bool> platform_holds(const Test& test);

}  // namespace trainlint
