#include <string>
#include <variant>
#include <vector>

#include "lint/cli/commands.h"
#include "lint/cli/terminal.h"

namespace trainlint {

int run_command_line(int count, const char* const* arguments) {
  ignore_broken_pipes();
  clean_terminal_when_interrupted();
  auto parsed = parse_command_line({arguments + (count > 0 ? 1 : 0), arguments + count});
  if (const Answer* answer = std::get_if<Answer>(&parsed)) {
    if (!answer->err.empty()) complain(answer->err);
    return print(answer->out, answer->status);
  }
  const Options& options = std::get<Options>(parsed);
  switch (options.command) {
    case Command::check:
      return check(options);
    case Command::submit:
      return submit(options);
    case Command::explain:
      return explain(options);
    case Command::rules:
      return list(options);
    case Command::graph:
      return graph(options);
    case Command::dump:
      return dump(options);
    case Command::config:
      return configuration(options);
    case Command::hook:
      return hook(options);
    case Command::audit:
      return audit(options);
    case Command::lsp:
      return language_server(options);
  }
  return 2;
}

}  // namespace trainlint
