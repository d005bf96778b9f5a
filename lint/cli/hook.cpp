#include "lint/cli/changed.h"
#include "lint/cli/commands.h"
#include "lint/cli/terminal.h"

namespace trainlint {

int hook(const Options& options) {
  Options changed = options;
  if (options.changed_files) {
    Result<std::vector<std::string>> files = changed_files();
    if (!files) {
      complain(files.error());
      return 2;
    }
    changed.paths.insert(changed.paths.end(), files->begin(), files->end());
  }
  return changed.paths.empty() ? 0 : check(changed);
}

}  // namespace trainlint
