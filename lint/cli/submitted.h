#pragma once

#include <optional>

#include "lint/cli/options.h"
#include "lint/launch/gcloud.h"

namespace trainlint {

// `options` of a check of what the command packs and uploads: paths, entry module, image, runtime
// and user arguments are the command's. nullopt when it packs nothing of this machine.
std::optional<Options> options_of_command(const GcloudCommand& command, const Options& options);

}  // namespace trainlint
