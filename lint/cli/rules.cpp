#include "lint/cli/commands.h"
#include "lint/cli/terminal.h"
#include "lint/report/report.h"

namespace trainlint {

int list(const Options& options) {
  return print(list_rules(options.format == Format::json), 0);
}

}  // namespace trainlint
