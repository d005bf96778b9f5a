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

// The Python file that a Dockerfile's ENTRYPOINT or CMD runs by path ("trainer/task.py"), as
// written; "task.py" for `-m task`, which searches the file's own folder just so; "" when there is
// none.
std::string script_of_dockerfile(std::string_view text);

}  // namespace trainlint
