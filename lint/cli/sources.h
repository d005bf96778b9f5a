#pragma once

#include "lint/cli/options.h"
#include "lint/config/config.h"

namespace trainlint {

// Where the settings of a call come from besides the files around its packages. Fails for a
// TRAINLINT_ variable that is none of what its setting takes, and for a --config that is not there.
Result<Sources> read_sources(const Options& options);

}  // namespace trainlint
