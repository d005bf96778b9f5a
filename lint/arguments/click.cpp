// click: decorators collect options on a function, which becomes a command; groups hold commands.
#include <fmt/format.h>

#include <algorithm>

#include "lint/arguments/libraries.h"

namespace trainlint {

bool Click::decorates(std::string_view function) {
  return function.starts_with("click.");
}

PyValue Click::make_object(Handle handle, const Place& place) {
  PyValue value;
  value.kind = PyKind::object;
  value.text = handle.role == Role::made       ? "click command"
               : handle.role == Role::function ? "click function"
                                               : "click decorator";
  value.number = static_cast<int64_t>(handles_.size());
  value.items = handle.known = std::make_shared<PyItems>();
  value.place = place;
  handles_.push_back(std::move(handle));
  return value;
}

// click.Choice and the ranges: a tuple of what the reader of options needs, with the type's name.
static std::optional<PyValue> make_type(Interpreter& interpreter, const std::string& function,
                                        const PyArguments& arguments) {
  PyValue type = py_container(PyKind::tuple, {}, arguments.place);
  type.text = function;
  if (arguments.lost) return std::nullopt;
  if (function == "click.Choice") {
    const PyValue* choices = arguments.get(0, "choices");
    std::optional<std::vector<PyValue>> items;
    if (choices != nullptr) items = interpreter.iterate(*choices);
    const PyValue* sensitive = arguments.get(1, "case_sensitive");
    if (!items || !std::all_of(items->begin(), items->end(),
                               [](const PyValue& item) { return item.is(PyKind::string); }))
      return std::nullopt;
    if (sensitive != nullptr && !truth(*sensitive)) return std::nullopt;
    type.items->items = {py_container(PyKind::list, *items),
                         sensitive != nullptr ? *sensitive : py_bool(true)};
    return type;
  }
  if (function != "click.IntRange" && function != "click.FloatRange") return std::nullopt;
  for (std::string_view word : {"min", "max"}) {
    const PyValue* bound = arguments.get(word == "min" ? 0 : 1, word);
    type.items->items.push_back(bound != nullptr ? *bound : py_none());
    if (bound != nullptr && !bound->is(PyKind::none) && !bound->numeric()) return std::nullopt;
  }
  const bool more = arguments.positional.size() > 2 || arguments.keyword("clamp") ||
                    arguments.keyword("min_open") || arguments.keyword("max_open");
  if (more) return std::nullopt;
  return type;
}

std::optional<PyValue> Click::call(Interpreter& interpreter, const std::string& function,
                                   const PyArguments& arguments) {
  if (function.starts_with("typer.")) return call_typer(interpreter, function, arguments);
  Handle handle;
  handle.arguments = arguments;
  if (function == "click.option")
    handle.role = Role::option;
  else if (function == "click.argument")
    handle.role = Role::argument;
  else if (function == "click.command" || function == "click.group")
    handle.role = Role::command;
  else if (function.ends_with("_option") || function.starts_with("click.pass_"))
    handle.role = Role::other;
  else
    return make_type(interpreter, function, arguments);
  handle.group = function == "click.group";
  if (handle.role == Role::other && !function.starts_with("click.pass_"))
    handle.doubt = function + "() adds an option of its own";
  // Without a call of its own the decorator is given the function at once.
  const bool bare =
      arguments.positional.size() == 1 && arguments.keywords.empty() &&
      (arguments.positional[0].is(PyKind::function) || arguments.positional[0].is(PyKind::object));
  if (!bare) return make_object(std::move(handle), arguments.place);
  const PyValue target = arguments.positional[0];
  handle.arguments.positional.clear();
  return decorate(interpreter, handle, target, arguments.place);
}

PyValue Click::decorate(Interpreter& interpreter, const Handle& decorator, const PyValue& target,
                        const Place& place) {
  Handle function;
  if (target.is(PyKind::object) && target.text == "click function")
    function = handles_[static_cast<size_t>(target.number)];
  else if (target.is(PyKind::function))
    function.function = target;
  else
    return py_unknown("a command of click", place);
  function.role = Role::function;
  switch (decorator.role) {
    case Role::option:
    case Role::argument:
      function.params.push_back(decorator.arguments);
      function.is_option.push_back(decorator.role == Role::option);
      break;
    case Role::other:
      if (function.doubt.empty()) function.doubt = decorator.doubt;
      break;
    case Role::command:
      return make_command(interpreter, decorator, std::move(function), place);
    case Role::typer: {
      const PyValue* name = decorator.arguments.get(0, "name");
      std::string called = target.text;
      std::replace(called.begin(), called.end(), '_', '-');
      if (name != nullptr && name->is(PyKind::string)) called = name->text;
      handles_[*decorator.above].commands->emplace_back(called, target);
      return target;
    }
    case Role::function:
    case Role::made:
      return py_unknown("a command of click", place);
  }
  return make_object(std::move(function), place);
}

// What context_settings= changes; false where some of it is not modelled.
static bool read_settings(const PyArguments& arguments, ArgumentParser& parser) {
  const PyValue* settings = arguments.keyword("context_settings");
  if (settings == nullptr || settings->is(PyKind::none)) return true;
  if (!settings->is(PyKind::dict) || !settings->items->lost.empty()) return false;
  const std::vector<PyValue>& items = settings->items->items;
  for (size_t i = 0; i + 1 < items.size(); i += 2) {
    std::optional<bool> on = truth(items[i + 1]);
    const std::string& key = items[i].text;
    if (key == "ignore_unknown_options" && on)
      parser.ignores_unknown = *on;
    else if (key == "allow_extra_args" && on)
      parser.allows_extra = *on;
    else if (key == "allow_interspersed_args" && on)
      parser.interspersed = *on;
    else if (key != "show_default" && key != "max_content_width" && key != "terminal_width")
      return false;
  }
  return true;
}

PyValue Click::make_command(Interpreter&, const Handle& decorator, Handle function,
                            const Place& place) {
  auto parser = std::make_shared<ArgumentParser>();
  parser->library = ArgumentLibrary::click;
  parser->abbreviations = false;
  parser->place = place;
  parser->interspersed = !decorator.group;
  parser->allows_extra = decorator.group;
  const PyArguments& arguments = decorator.arguments;
  if (arguments.lost || arguments.keyword("cls") || arguments.keyword("params") ||
      arguments.keyword("chain") || !read_settings(arguments, *parser))
    open_up(*parser, "the command is made in a way of its own", place);
  if (!function.doubt.empty()) open_up(*parser, function.doubt, place);
  for (std::string_view word : {"no_args_is_help", "add_help_option"})
    if (arguments.keyword(word)) parser->doubt = fmt::format("{}= is given", word);
  const PyValue* alone = arguments.keyword("invoke_without_command");
  parser->runs_without_command = alone != nullptr && truth(*alone) == true;
  if (alone != nullptr && !truth(*alone)) parser->doubt = "invoke_without_command= is not known";
  for (size_t i = function.params.size(); i-- > 0;) {
    const PyArguments& param = function.params[i];
    std::shared_ptr<Option> option = function.is_option[i] ? read_click_option(*parser, param)
                                                           : read_click_argument(*parser, param);
    if (option)
      parser->options.push_back(std::move(option));
    else
      open_up(*parser, "a parameter's name is not known", param.place);
  }
  if (decorator.group) {
    auto commands = std::make_shared<Option>();
    commands->action = ActionKind::commands;
    commands->nargs = Nargs::parser;
    commands->no_dest = true;
    commands->place = place;
    parser->options.push_back(std::move(commands));
  }
  Handle command;
  command.role = Role::made;
  command.group = decorator.group;
  command.function = function.function;
  command.parser = parser;
  std::string name = function.function.text;
  std::replace(name.begin(), name.end(), '_', '-');
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const PyValue* given = arguments.get(0, "name");
  command.name = given != nullptr && given->is(PyKind::string) ? given->text : name;
  const bool known_name = given == nullptr || given->is(PyKind::string) || given->is(PyKind::none);
  if (decorator.above) {
    const Handle above = handles_[*decorator.above];
    if (known_name)
      add_command(above, command, command.name);
    else
      open_up(*above.parser, "a command's name is not known", place);
  }
  return make_object(std::move(command), place);
}

void Click::add_command(const Handle& group, const Handle& command, const std::string& name) {
  for (const std::shared_ptr<Option>& option : group.parser->options)
    if (option->action == ActionKind::commands) {
      std::erase_if(option->commands, [&](const auto& known) { return known.first == name; });
      option->commands.emplace_back(name, command.parser);
    }
}

std::optional<PyValue> Click::method(Interpreter& interpreter, const PyValue& object,
                                     std::string_view name, const PyArguments& arguments) {
  const Handle handle = handles_[static_cast<size_t>(object.number)];
  if (handle.role == Role::typer) return typer_method(object, name, arguments);
  if (handle.role != Role::made) return std::nullopt;
  if (name == "main") return run(interpreter, handle, arguments);
  if (!handle.group) return std::nullopt;
  if (name == "command" || name == "group") {
    Handle decorator;
    decorator.role = Role::command;
    decorator.group = name == "group";
    decorator.above = static_cast<size_t>(object.number);
    decorator.arguments = arguments;
    if (arguments.positional.size() == 1 && arguments.positional[0].is(PyKind::function)) {
      decorator.arguments.positional.clear();
      return decorate(interpreter, decorator, arguments.positional[0], arguments.place);
    }
    return make_object(std::move(decorator), arguments.place);
  }
  if (name != "add_command") return std::nullopt;
  const PyValue* command = arguments.get(0, "cmd");
  const PyValue* called = arguments.get(1, "name");
  const bool known = command != nullptr && command->is(PyKind::object) &&
                     command->text == "click command" &&
                     (called == nullptr || called->is(PyKind::string));
  if (known) {
    const Handle& added = handles_[static_cast<size_t>(command->number)];
    add_command(handle, added, called ? called->text : added.name);
  } else {
    open_up(*handle.parser, "a command is not known", arguments.place);
  }
  return py_none();
}

std::optional<PyValue> Click::apply(Interpreter& interpreter, const PyValue& object,
                                    const PyArguments& arguments) {
  const Handle handle = handles_[static_cast<size_t>(object.number)];
  if (handle.role == Role::made) return run(interpreter, handle, arguments);
  if (handle.role == Role::typer && !handle.above) return run_typer(interpreter, handle, arguments);
  if (handle.role == Role::function) return interpreter.call(handle.function, arguments);
  if (arguments.positional.size() != 1) return std::nullopt;
  return decorate(interpreter, handle, arguments.positional[0], arguments.place);
}

PyValue Click::run(Interpreter& interpreter, const Handle& command, const PyArguments& arguments) {
  ArgumentParser parser = *command.parser;
  if (!command.known->lost.empty()) open_up(parser, command.known->lost, arguments.place);
  for (const auto& [name, value] : arguments.keywords)
    if (name != "obj" && name != "prog_name" && name != "standalone_mode" && name != "args")
      parser.doubt = "the command is called with " + name + "=";
  if (arguments.lost) open_up(parser, "the command is called in a way of its own", arguments.place);
  const PyValue* words = arguments.get(0, "args");
  const bool whole = words == nullptr || words->is(PyKind::none) ||
                     (!words->known() && words->text == "reads sys.argv" && words->number == 1);
  note_parse(interpreter, result_, std::move(parser), arguments, ParseKind::strict,
             whole ? ParseInput::command_line : ParseInput::other);
  const PyValue* alone = arguments.keyword("standalone_mode");
  if (alone != nullptr) return py_unknown("what a command gives", arguments.place);
  return interpreter.raise("SystemExit", "exits", arguments.place);
}

}  // namespace trainlint
