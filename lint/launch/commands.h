#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/launch/launch.h"
#include "lint/source/tree.h"
#include "lint/text/span.h"

namespace trainlint {

// The training commands in a tree's shell scripts, makefiles and Markdown files, in order of files.
std::vector<ScriptCommand> find_gcloud_commands(const SourceTree& tree);

// The runtime version and the images that a command asks for, where they are known.
std::vector<AskedEnvironment> asked_by(const ScriptCommand& script);

// The words of a custom job's --args, as if they stood behind "--".
void read_args(GcloudCommand& command);

// The entry module that a command starts: --module-name, --python-module, or the python-module of
// the first worker pool. nullopt where it is not given or not known.
std::optional<CommandWord> module_of(const GcloudCommand& command);

// What the first --worker-pool-spec says under a key, with the place of the whole flag; nullopt
// where it is not given or not known.
std::optional<CommandWord> pool_part(const GcloudCommand& command, std::string_view key);

}  // namespace trainlint
