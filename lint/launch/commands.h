#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/launch/launch.h"
#include "lint/source/tree.h"
#include "lint/text/span.h"

namespace trainlint {

// The training commands in a tree's shell scripts, makefiles and Markdown files, in order of files.
std::vector<ScriptCommand> find_gcloud_commands(const SourceTree& tree);

}  // namespace trainlint
