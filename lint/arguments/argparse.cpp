#include "lint/arguments/argparse.h"

#include "lint/arguments/convert.h"

#include <fmt/format.h>

namespace trainlint {

bool is_suppress(const PyValue& value) {
  if (value.is(PyKind::library))
    return value.text == "argparse.SUPPRESS" || value.text.ends_with(".SUPPRESS");
  return value.is(PyKind::string) && value.text == "==SUPPRESS==";
}

const Option* ArgumentParser::find(std::string_view flag) const {
  for (const auto& [name, option] : flags)
    if (name == flag) return option.get();
  return nullptr;
}

Argparse::Argparse(const std::vector<Module>& modules, Arguments& arguments)
    : result(&arguments), modules_(modules) {}

const Syntax* Argparse::parsed(const std::string& path) const {
  auto found = std::lower_bound(
      modules_.begin(), modules_.end(), path,
      [](const Module& module, const std::string& wanted) { return module.path < wanted; });
  return found != modules_.end() && found->path == path ? &found->syntax : nullptr;
}

PyValue Argparse::make_object(Handle handle, const Place& place) {
  PyValue value;
  value.kind = PyKind::object;
  value.text = handle.role == Role::parser ? "ArgumentParser" : "argument group";
  value.number = static_cast<int64_t>(handles_.size());
  value.items = handle.known = std::make_shared<PyItems>();
  value.place = place;
  handles_.push_back(std::move(handle));
  return value;
}

void open_up(ArgumentParser& parser, std::string reason, const Place& place) {
  if (parser.open) return;
  parser.open = std::move(reason);
  parser.open_place = place;
}

// What an option of ArgumentParser() is when it is given; opens the parser when it is not known.
static const PyValue* setting(ArgumentParser& parser, const PyArguments& arguments, size_t position,
                              std::string_view name, PyKind kind) {
  const PyValue* value = arguments.get(position, name);
  if (value == nullptr || value->is(PyKind::none) || value->is(kind)) return value;
  open_up(parser, fmt::format("{}= is not known", name), value->place);
  return nullptr;
}

static void copy_settings(ArgumentParser& parser, const PyArguments& arguments, bool& help) {
  auto text = [&](size_t position, std::string_view name, std::string& target) {
    const PyValue* value = setting(parser, arguments, position, name, PyKind::string);
    if (value != nullptr && value->is(PyKind::string)) target = value->text;
  };
  auto flag = [&](size_t position, std::string_view name, bool& target) {
    const PyValue* value = setting(parser, arguments, position, name, PyKind::boolean);
    if (value != nullptr) target = value->number != 0;
  };
  if (const PyValue* program = arguments.get(0, "prog"); program && program->is(PyKind::string))
    parser.program = program->text;
  text(6, "prefix_chars", parser.prefixes);
  text(7, "fromfile_prefix_chars", parser.file_prefixes);
  std::string conflicts;
  text(9, "conflict_handler", conflicts);
  parser.resolves_conflicts = conflicts == "resolve";
  flag(10, "add_help", help);
  flag(11, "allow_abbrev", parser.abbreviations);
  flag(12, "exit_on_error", parser.exits_on_error);
  const PyValue* preset = arguments.get(8, "argument_default");
  if (preset != nullptr && !preset->is(PyKind::none)) parser.argument_default = *preset;
  if (arguments.lost)
    open_up(parser, "it is made with arguments that are not known", arguments.place);
}

PyValue Argparse::make_parser(Interpreter& interpreter, const PyArguments& arguments,
                              std::string program) {
  auto parser = std::make_shared<ArgumentParser>();
  parser->program = std::move(program);
  parser->place = arguments.place;
  bool help = true;
  copy_settings(*parser, arguments, help);
  if (help && !parser->prefixes.empty()) {
    size_t dash = parser->prefixes.find('-');
    std::string prefix(1, dash == std::string::npos ? parser->prefixes[0] : '-');
    auto option = std::make_shared<Option>();
    option->flags = {prefix + "h", prefix + prefix + "help"};
    option->dest = "help";
    option->action = ActionKind::help;
    option->nargs = Nargs::number;
    option->no_default = true;
    option->place = arguments.place;
    add_option(interpreter, *parser, std::move(option));
  }
  add_parents(interpreter, *parser, arguments);
  return make_object({Role::parser, parser, 0, nullptr, nullptr}, arguments.place);
}

void Argparse::add_parents(Interpreter& interpreter, ArgumentParser& parser,
                           const PyArguments& arguments) {
  const PyValue* parents = arguments.get(4, "parents");
  if (parents == nullptr) return;
  std::optional<std::vector<PyValue>> items = interpreter.iterate(*parents);
  if (!items) return open_up(parser, "parents= is not known", parents->place);
  for (const PyValue& parent : *items) {
    if (parent.is(PyKind::object))
      copy_parent(interpreter, parser, handles_[static_cast<size_t>(parent.number)], parent.place);
    else
      open_up(parser, "a parent is not known", parent.place);
  }
}

void Argparse::copy_parent(Interpreter& interpreter, ArgumentParser& parser, const Handle& parent,
                           const Place& place) {
  std::shared_ptr<const ArgumentParser> from = snapshot(*parent.parser);
  if (from->open) open_up(parser, *from->open, from->open_place.value_or(place));
  // Parser and parent share the options themselves, as in Python.
  for (const ExclusiveGroup& group : parent.parser->exclusive) parser.exclusive.push_back(group);
  for (const std::shared_ptr<Option>& option : parent.parser->options)
    if (!add_option(interpreter, parser, option)) return;
  for (const auto& given : parent.parser->defaults) {
    auto same = [&](const auto& entry) { return entry.first == given.first; };
    auto found = std::find_if(parser.defaults.begin(), parser.defaults.end(), same);
    if (found == parser.defaults.end())
      parser.defaults.push_back(given);
    else
      found->second = given.second;
  }
}

static std::string flags_of(const Option& option) {
  return fmt::format("{}", fmt::join(option.flags, "/"));
}

static void drop_flag(ArgumentParser& parser, const std::string& flag) {
  auto found = std::find_if(parser.flags.begin(), parser.flags.end(),
                            [&](const auto& entry) { return entry.first == flag; });
  if (found == parser.flags.end()) return;
  std::shared_ptr<Option> option = found->second;
  parser.flags.erase(found);
  std::erase(option->flags, flag);
  if (!option->flags.empty()) return;
  std::erase(parser.options, option);
  for (ExclusiveGroup& group : parser.exclusive) std::erase(group.options, option);
}

bool Argparse::add_option(Interpreter& interpreter, ArgumentParser& parser,
                          std::shared_ptr<Option> option) {
  std::vector<std::string> taken;
  for (const std::string& flag : option->flags)
    if (parser.find(flag) != nullptr) taken.push_back(flag);
  if (!taken.empty() && !parser.resolves_conflicts) {
    std::string message =
        fmt::format("argument {}: conflicting option string{}: {}", flags_of(*option),
                    taken.size() > 1 ? "s" : "", fmt::join(taken, ", "));
    Place first = parser.find(taken[0])->place;
    if (result != nullptr) result->fault = ParserFault{message, taken[0], option->place, first};
    interpreter.raise("ArgumentError", message, option->place);
    return false;
  }
  for (const std::string& flag : taken) drop_flag(parser, flag);
  for (const std::string& flag : option->flags) {
    if (parser.find(flag) == nullptr) parser.flags.emplace_back(flag, option);
    bool number = flag.size() > 1 && flag[0] == '-' &&
                  flag.find_first_not_of("0123456789.", 1) == std::string::npos;
    parser.negative_number_flags |= number;
  }
  parser.options.push_back(std::move(option));
  return true;
}

PyValue Argparse::make_group(const Handle& handle, const PyArguments& arguments, bool exclusive) {
  Handle group{exclusive ? Role::exclusive : Role::group, handle.parser, 0, nullptr, nullptr};
  if (exclusive) {
    const PyValue* required = arguments.get(0, "required");
    group.exclusive = handle.parser->exclusive.size();
    handle.parser->exclusive.push_back({required != nullptr && truth(*required) == true, {}});
    if ((required != nullptr && !truth(*required)) || arguments.lost)
      open_up(*handle.parser, "required= of a group is not known", arguments.place);
  } else if (arguments.keyword("prefix_chars") || arguments.keyword("argument_default") ||
             arguments.keyword("conflict_handler")) {
    open_up(*handle.parser, "a group has settings of its own", arguments.place);
  }
  return make_object(std::move(group), arguments.place);
}

PyValue Argparse::add_argument(Interpreter& interpreter, const Handle& handle,
                               const PyArguments& arguments) {
  ArgumentParser& parser = *handle.parser;
  if (arguments.lost) open_up(parser, "an option's arguments are not known", arguments.place);
  std::string fault;
  std::shared_ptr<Option> option = read_option(parser, arguments, fault);
  if (fault.empty() && option && handle.role == Role::exclusive && option->required)
    fault = "mutually exclusive arguments must be optional";
  if (!fault.empty()) {
    if (result != nullptr) result->fault = ParserFault{fault, "", arguments.place, {}};
    return interpreter.raise("ValueError", fault, arguments.place);
  }
  if (!option) {
    open_up(parser, "an option's name is not known", arguments.place);
    return py_unknown("an option", arguments.place);
  }
  std::shared_ptr<Option> kept = option;
  size_t group = handle.exclusive;
  if (add_option(interpreter, parser, std::move(option)) && handle.role == Role::exclusive)
    parser.exclusive[group].options.push_back(kept);
  // Whoever keeps the action can change it; that is rare, and its value is seldom used.
  PyValue action;
  action.kind = PyKind::library;
  action.text = "argparse.Action";
  action.place = arguments.place;
  return action;
}

PyValue Argparse::set_defaults(const Handle& handle, const PyArguments& arguments) {
  ArgumentParser& parser = *handle.parser;
  if (arguments.lost) open_up(parser, "set_defaults() of what is not known", arguments.place);
  for (const auto& [name, value] : arguments.keywords) {
    auto same = [&name = name](const auto& entry) { return entry.first == name; };
    auto found = std::find_if(parser.defaults.begin(), parser.defaults.end(), same);
    if (found == parser.defaults.end())
      parser.defaults.emplace_back(name, value);
    else
      found->second = value;
    for (const std::shared_ptr<Option>& option : parser.options) {
      if (option->dest != name) continue;
      option->preset = value;
      option->default_place = value.place;
      option->no_default = is_suppress(value);
    }
  }
  return py_none();
}

std::shared_ptr<ArgumentParser> Argparse::snapshot(const ArgumentParser& parser) const {
  auto copy = std::make_shared<ArgumentParser>(parser);
  std::unordered_map<const Option*, std::shared_ptr<Option>> copies;
  auto copied = [&](std::shared_ptr<Option>& option) {
    std::shared_ptr<Option>& made = copies[option.get()];
    if (!made) {
      made = std::make_shared<Option>(*option);
      for (auto& [name, command] : made->commands) command = snapshot(*command);
    }
    option = made;
  };
  for (std::shared_ptr<Option>& option : copy->options) copied(option);
  for (auto& [flag, option] : copy->flags) copied(option);
  for (ExclusiveGroup& group : copy->exclusive)
    for (std::shared_ptr<Option>& option : group.options) copied(option);
  // Whatever may have changed one of the objects that stand for the parser opens it.
  for (const Handle& handle : handles_)
    if (handle.parser.get() == &parser && !handle.known->lost.empty())
      open_up(*copy, handle.known->lost, handle.known->lost_place);
  return copy;
}

PyValue Argparse::parse(Interpreter& interpreter, const Handle& handle, std::string_view name,
                        const PyArguments& arguments) {
  bool known = name == "parse_known_args";
  Parse call;
  call.kind = known                             ? ParseKind::known
              : name == "parse_args"            ? ParseKind::strict
              : name == "parse_intermixed_args" ? ParseKind::intermixed
                                                : ParseKind::known_intermixed;
  const PyValue* words = arguments.get(0, "args");
  bool whole = words == nullptr || words->is(PyKind::none) ||
               (!words->known() && words->text == "reads sys.argv" && words->number == 1);
  bool rest = words != nullptr && !words->known() && words->text == "what parse_known_args() left";
  call.input = whole && !arguments.lost ? ParseInput::command_line
               : rest                   ? ParseInput::rest
                                        : ParseInput::other;
  const PyValue* space = arguments.get(1, "namespace");
  call.into_namespace = space != nullptr && !space->is(PyKind::none);
  call.certain = !interpreter.may_have_returned;
  call.place = arguments.place;
  call.parser = snapshot(*handle.parser);
  if (result != nullptr) result->parses.push_back(std::move(call));
  interpreter.limit(20'000);  // the training itself is of no interest, a second parser is
  interpreter.uncertain();
  PyValue values = py_unknown("an argument", arguments.place);
  if (!name.starts_with("parse_known")) return values;
  PyValue left = py_unknown("what parse_known_args() left", arguments.place);
  return py_container(PyKind::tuple, {std::move(values), std::move(left)}, arguments.place);
}

std::optional<PyValue> Argparse::call(Interpreter& interpreter, const std::string& function,
                                      const PyArguments& arguments) {
  if ((function == "int" || function == "float") && arguments.positional.size() == 1 &&
      arguments.keywords.empty() && arguments.positional[0].is(PyKind::string)) {
    const std::string& text = arguments.positional[0].text;
    if (auto value = function == "int" ? python_int(text) : python_float(text)) return value;
    return interpreter.raise("ValueError", "no number", arguments.place);
  }
  if (function != "argparse.ArgumentParser") return std::nullopt;
  return make_parser(interpreter, arguments, "");
}

std::optional<PyValue> Argparse::method(Interpreter& interpreter, const PyValue& object,
                                        std::string_view name, const PyArguments& arguments) {
  if (result == nullptr) return std::nullopt;
  Handle handle = handles_[static_cast<size_t>(object.number)];
  if (handle.role == Role::commands) {
    if (name == "add_parser") return add_command(interpreter, handle, arguments);
    return std::nullopt;
  }
  if (name == "add_argument") return add_argument(interpreter, handle, arguments);
  if (name == "add_argument_group") return make_group(handle, arguments, false);
  if (name == "add_mutually_exclusive_group") return make_group(handle, arguments, true);
  if (name == "set_defaults") return set_defaults(handle, arguments);
  if (handle.role != Role::parser) return std::nullopt;
  if (name == "add_subparsers") return add_commands(handle, arguments);
  if (name == "parse_args" || name == "parse_known_args" || name == "parse_intermixed_args" ||
      name == "parse_known_intermixed_args")
    return parse(interpreter, handle, name, arguments);
  if (name == "error" || name == "exit")
    return interpreter.raise("SystemExit", "exits", arguments.place);
  static constexpr std::string_view harmless[] = {"print_help", "print_usage", "format_help",
                                                  "format_usage", "get_default"};
  if (std::find(std::begin(harmless), std::end(harmless), name) != std::end(harmless))
    return py_unknown("a text of argparse", arguments.place);
  return std::nullopt;
}

}  // namespace trainlint
