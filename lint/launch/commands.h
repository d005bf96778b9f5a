#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/launch/launch.h"
#include "lint/source/tree.h"
#include "lint/text/span.h"

namespace trainlint {

// A submit command's --module-name and --package-path, where both are written out; the path is one
// of the tree's folders.
struct SubmitCommand {
  std::string module;
  std::string package_folder;
  Place place;  // the module's name in the script
  std::vector<AskedEnvironment> asked;
};

// The submit commands in a tree's shell scripts, makefiles and READMEs, in order of files.
std::vector<SubmitCommand> find_submit_commands(const SourceTree& tree);

// The Python file that a Dockerfile's ENTRYPOINT or CMD runs by path ("trainer/task.py"), as
// written; "task.py" for `-m task`, which searches the file's own folder just so; "" when there is
// none.
std::string script_of_dockerfile(std::string_view text);

}  // namespace trainlint
