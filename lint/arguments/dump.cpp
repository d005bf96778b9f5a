#include <fmt/format.h>

#include "lint/arguments/argparse.h"
#include "lint/arguments/convert.h"

namespace trainlint {

std::string_view to_string(Outcome outcome) {
  constexpr std::string_view names[] = {"accepted", "refused", "exits", "not known"};
  return names[static_cast<size_t>(outcome)];
}

static std::string_view name_of(ActionKind action) {
  constexpr std::string_view names[] = {
      "store", "store_const", "store_true", "store_false", "append",  "append_const", "extend",
      "count", "help",        "version",    "commands",    "boolean", "custom"};
  return names[static_cast<size_t>(action)];
}

static std::string nargs_of(const Option& option) {
  constexpr std::string_view names[] = {
      "1", "", "?", "*", "+", "...", "A...", "==SUPPRESS==", "unknown"};
  if (option.nargs == Nargs::number) return std::to_string(option.count);
  return std::string(names[static_cast<size_t>(option.nargs)]);
}

// One line, whatever the package's own texts hold.
static std::string shown(const PyValue& value) {
  if (auto repr = python_repr(value)) return *repr;
  if (value.known() && !value.text.empty()) return fmt::format("<{}>", name_of_type(value));
  return "<unknown>";
}

static std::string option_line(const Option& option) {
  std::string text = option.positional() ? "argument" : "option";
  for (const std::string& flag : option.flags) text += " " + flag;
  for (const std::string& flag : option.negations) text += " " + flag;
  text += option.no_dest      ? " -> nothing"
          : option.dest_known ? " -> " + option.dest
                              : " -> <unknown>";
  if (option.action != ActionKind::store) text += fmt::format(" action {}", name_of(option.action));
  bool counts = option.action == ActionKind::store || option.action == ActionKind::append ||
                option.action == ActionKind::extend || option.action == ActionKind::custom;
  if (counts && option.nargs != Nargs::one) text += " nargs " + nargs_of(option);
  if (!option.type.is(PyKind::none)) text += " type " + name_of_type(option.type);
  if (option.no_default)
    text += " no default";
  else if (!option.preset.is(PyKind::none))
    text += " default " + shown(option.preset);
  if (!option.constant.is(PyKind::none) && option.action != ActionKind::store_true &&
      option.action != ActionKind::store_false)
    text += " const " + shown(option.constant);
  if (!option.choices.is(PyKind::none)) text += " choices " + shown(option.choices);
  if (!option.lowest.is(PyKind::none)) text += " from " + shown(option.lowest);
  if (!option.highest.is(PyKind::none)) text += " to " + shown(option.highest);
  if (!option.doubt.empty()) text += " (" + option.doubt + ")";
  if (option.required) text += option.required_known ? " required" : " required perhaps";
  return text + '\n';
}

static void add_parser(const ArgumentParser& parser, const std::string& indent, std::string& text) {
  for (const std::shared_ptr<Option>& option : parser.options) {
    text += indent + option_line(*option);
    for (const auto& [name, command] : option->commands) {
      text += fmt::format("{}  command {}{}\n", indent, name,
                          command->open ? " open: " + *command->open : "");
      add_parser(*command, indent + "    ", text);
    }
  }
  for (const ExclusiveGroup& group : parser.exclusive) {
    text += indent + (group.required ? "one of" : "at most one of");
    for (const std::shared_ptr<Option>& option : group.options)
      text += " " + (option->flags.empty() ? option->dest : option->flags[0]);
    text += '\n';
  }
  for (const auto& [name, value] : parser.defaults)
    text += fmt::format("{}set_defaults {} {}\n", indent, name, shown(value));
}

static std::string settings_of(const ArgumentParser& parser) {
  std::string text;
  if (!parser.program.empty()) text += " prog " + parser.program;
  if (!parser.abbreviations && parser.library == ArgumentLibrary::argparse)
    text += " no abbreviations";
  if (parser.prefixes != "-") text += " prefix_chars " + parser.prefixes;
  if (!parser.file_prefixes.empty()) text += " fromfile_prefix_chars " + parser.file_prefixes;
  if (parser.open) text += " open: " + *parser.open;
  return text;
}

std::string last_words(const ArgumentParser& parser, const Judgement& judgement) {
  switch (parser.library) {
    case ArgumentLibrary::argparse:
      return fmt::format("{}: error: {}", judgement.program, judgement.message);
    case ArgumentLibrary::absl:
    case ArgumentLibrary::tf_flags:
      return "FATAL Flags parsing error: " + judgement.message;
    case ArgumentLibrary::click:
    case ArgumentLibrary::typer:
      return "Error: " + judgement.message;
    case ArgumentLibrary::fire:
      return "ERROR: " + judgement.message;
    case ArgumentLibrary::docopt:
      return "Usage: ...";
    case ArgumentLibrary::argv:
      break;
  }
  return judgement.message;
}

std::string unknown_option_message(const ArgumentParser& parser, std::string_view flag) {
  const std::string_view name = flag.substr(std::min(flag.find_first_not_of('-'), flag.size()));
  switch (parser.library) {
    case ArgumentLibrary::absl:
    case ArgumentLibrary::tf_flags:
      return fmt::format("Unknown command line flag '{}'", name);
    case ArgumentLibrary::click:
    case ArgumentLibrary::typer:
      return fmt::format("No such option: {}", flag);
    case ArgumentLibrary::fire:
      return fmt::format("Could not consume arg: {}", flag);
    case ArgumentLibrary::docopt:
      return "Usage: ...";
    case ArgumentLibrary::argparse:
    case ArgumentLibrary::argv:
      break;
  }
  return fmt::format("unrecognized arguments: {}", flag);
}

std::string dump_arguments(const Arguments& arguments) {
  constexpr std::string_view kinds[] = {"parse_args", "parse_known_args", "parse_intermixed_args",
                                        "parse_known_intermixed_args"};
  constexpr std::string_view inputs[] = {"sys.argv", "the rest", "something else"};
  constexpr std::string_view libraries[] = {"",      "absl.flags", "tf.app.flags", "click",
                                            "typer", "fire",       "docopt",       "sys.argv"};
  std::string text = "program " + arguments.program + '\n';
  for (const Parse& parse : arguments.parses) {
    std::string_view reader = kinds[static_cast<size_t>(parse.kind)];
    const auto library = static_cast<size_t>(parse.parser->library);
    if (parse.parser->library != ArgumentLibrary::argparse) reader = libraries[library];
    text +=
        fmt::format("{} of {} at {}{}{}\n", reader, inputs[static_cast<size_t>(parse.input)],
                    parse.place.path, parse.certain ? "" : " perhaps", settings_of(*parse.parser));
    add_parser(*parse.parser, "  ", text);
  }
  if (arguments.fault)
    text +=
        fmt::format("raises at {}: {}\n", arguments.fault->place.path, arguments.fault->message);
  return text;
}

std::string dump_judgement(const Judgement& judgement) {
  std::string text = fmt::format("{}", to_string(judgement.outcome));
  if (judgement.outcome == Outcome::refused)
    text = judgement.program.empty()
               ? "refused: " + judgement.message
               : fmt::format("{}: error: {}", judgement.program, judgement.message);
  else if (!judgement.message.empty())
    text += ": " + judgement.message;
  text += '\n';
  if (judgement.outcome != Outcome::accepted) return text;
  for (const Received& received : judgement.received)
    text += fmt::format("  {} = {}\n", received.dest, shown(received.value));
  for (const std::string& extra : judgement.extras)
    text += fmt::format("  left over '{}'\n", extra);
  return text;
}

}  // namespace trainlint
