// A command line, read by the rules of the library that reads it.
#include <fmt/format.h>

#include "lint/arguments/libraries.h"
#include "lint/arguments/reader.h"

namespace trainlint {

Judgement judge(const Arguments& arguments, const Parse& parse,
                const std::vector<std::string>& given) {
  Judgement judgement;
  judgement.outcome = Outcome::not_known;
  if (parse.into_namespace) {
    judgement.message = "the arguments are put into a namespace that is there already";
    return judgement;
  }
  const ArgumentParser& parser = *parse.parser;
  switch (parser.library) {
    case ArgumentLibrary::argparse:
      break;
    case ArgumentLibrary::absl:
    case ArgumentLibrary::tf_flags:
      return judge_flags(parser, parse.kind, given);
    case ArgumentLibrary::click:
    case ArgumentLibrary::typer:
      return judge_click(parser, given);
    case ArgumentLibrary::fire:
      return judge_fire(parser, given);
    case ArgumentLibrary::docopt:
      return judge_docopt(parser, given);
    case ArgumentLibrary::argv:
      return judge_argv(parser, given);
  }
  Interpreter* interpreter = arguments.interpreter.get();
  const auto words = words_with_files(parser, interpreter->tree(), given);
  if (!words) {
    judgement.message = "arguments are read from a file";
    return judgement;
  }
  const bool intermixed =
      parse.kind == ParseKind::intermixed || parse.kind == ParseKind::known_intermixed;
  judgement = intermixed
                  ? read_intermixed(*parse.parser, interpreter, arguments.program, *words)
                  : CommandLineReader(*parse.parser, interpreter, arguments.program).read(*words);
  if ((parse.kind == ParseKind::strict || parse.kind == ParseKind::intermixed) &&
      judgement.outcome == Outcome::accepted && !judgement.extras.empty()) {
    judgement.outcome = Outcome::refused;
    judgement.message = fmt::format("unrecognized arguments: {}", fmt::join(judgement.extras, " "));
  }
  return judgement;
}

}  // namespace trainlint
