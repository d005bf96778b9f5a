// Sub-commands: add_subparsers() and add_parser().
#include <fmt/format.h>

#include "lint/arguments/argparse.h"
#include "lint/arguments/reader.h"

namespace trainlint {

PyValue Argparse::add_commands(const Handle& handle, const PyArguments& arguments) {
  auto option = std::make_shared<Option>();
  option->action = ActionKind::commands;
  option->nargs = Nargs::parser;
  option->place = arguments.place;
  const PyValue* dest = arguments.keyword("dest");
  option->no_dest = dest == nullptr || is_suppress(*dest);
  if (dest != nullptr && dest->is(PyKind::string))
    option->dest = dest->text;
  else if (!option->no_dest)
    option->dest_known = dest->is(PyKind::none);
  if (const PyValue* required = arguments.keyword("required")) {
    option->required = truth(*required) == true;
    option->required_known = truth(*required).has_value();
  }
  if (const PyValue* metavar = arguments.keyword("metavar"); metavar && metavar->is(PyKind::string))
    option->metavar = metavar->text;
  if (arguments.lost || arguments.keyword("parser_class") || arguments.keyword("action"))
    open_up(*handle.parser, "its sub-commands are made in a way of their own", arguments.place);
  handle.parser->options.push_back(option);
  return make_object({Role::commands, handle.parser, 0, option, nullptr}, arguments.place);
}

// A sub-command of a name that is there already: from Python 3.11 on an error.
bool Argparse::refuses_command(const Option& option, const std::vector<std::string>& names,
                               const Place& place) {
  for (const std::string& name : names) {
    auto same = [&](const auto& command) { return command.first == name; };
    if (std::none_of(option.commands.begin(), option.commands.end(), same)) continue;
    result->fault =
        ParserFault{fmt::format("argument {}: conflicting subparser{}: {}", name_of(option),
                                &name == &names[0] ? "" : " alias", name),
                    "",
                    place,
                    {}};
    return true;
  }
  return false;
}

PyValue Argparse::add_command(Interpreter& interpreter, const Handle& handle,
                              const PyArguments& arguments) {
  const PyValue* name = arguments.get(0, "name");
  if (name == nullptr || !name->is(PyKind::string)) {
    open_up(*handle.parser, "a sub-command's name is not known", arguments.place);
    return py_unknown("a sub-command's parser", arguments.place);
  }
  const PyValue* aliases = arguments.keyword("aliases");
  std::optional<std::vector<PyValue>> more =
      aliases ? interpreter.iterate(*aliases) : std::vector<PyValue>{};
  if (!more) open_up(*handle.parser, "a sub-command's aliases are not known", arguments.place);
  std::vector<std::string> names{name->text};
  for (const PyValue& alias : more.value_or(std::vector<PyValue>{}))
    if (alias.is(PyKind::string)) names.push_back(alias.text);
  if (refuses_command(*handle.option, names, arguments.place))
    return interpreter.raise("ArgumentError", result->fault->message, arguments.place);
  PyArguments settings = arguments;
  if (!settings.positional.empty()) settings.positional.erase(settings.positional.begin());
  std::shared_ptr<Option> option = handle.option;
  const ArgumentParser* outer = handle.parser.get();
  std::string above = outer->program.empty() && result ? result->program : outer->program;
  PyValue made = make_parser(interpreter, settings, above + " " + name->text);
  if (interpreter.stopped()) return made;
  std::shared_ptr<ArgumentParser> parser = handles_.back().parser;
  for (std::string& one : names) option->commands.emplace_back(std::move(one), parser);
  return made;
}

}  // namespace trainlint
