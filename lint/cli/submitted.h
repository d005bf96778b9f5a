#pragma once

#include "lint/cli/options.h"
#include "lint/launch/gcloud.h"

namespace trainlint {

// `options` of a check of the command and of what it packs and uploads: paths, entry module, image
// and runtime are the command's. No paths and no package where it packs nothing of this machine.
Options options_of_command(const GcloudCommand& command, const Options& options);

}  // namespace trainlint
