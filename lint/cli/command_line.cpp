#include "lint/cli/command_line.h"

#include <fmt/format.h>

#include "lint/arguments/arguments.h"
#include "lint/report/printable.h"

namespace trainlint {

// A parser after the other, as the program asks them; later ones only if the earlier ones accept.
static std::string judgements(const Arguments& arguments, const std::vector<std::string>& words) {
  std::string text;
  for (const Parse& parse : arguments.parses) {
    if (parse.input != ParseInput::command_line) continue;
    Judgement judgement = judge(arguments, parse, words);
    text += dump_judgement(judgement);
    if (judgement.outcome != Outcome::accepted) break;
  }
  return text.empty() ? "not known: no parser of argparse is seen to read the command line\n"
                      : text;
}

std::string command_line_report(std::span<const Run> runs) {
  std::string text;
  for (const Run& run : runs) {
    const Launch& launch = run.package.launch;
    if (launch.user_arguments.empty()) continue;
    text += fmt::format("\n{} {}\n{}", launch.module,
                        printable(fmt::format("{}", fmt::join(launch.user_arguments, " "))),
                        judgements(run.package.arguments(), launch.user_arguments));
  }
  return text;
}

}  // namespace trainlint
