// typer: the parameters of a function become options and arguments of click.
#include <algorithm>

#include "lint/arguments/libraries.h"

namespace trainlint {

namespace {

// One parameter of a function, as it is written.
struct Parameter {
  std::string name;
  std::string annotation;
  std::string preset;  // the expression behind "="
  bool has_preset = false;
  Place place;
};

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// nullopt for *args and the like, which typer does not take.
std::optional<std::vector<Parameter>> parameters_of(const PyFunction& function) {
  std::vector<Parameter> all;
  const Syntax& tree = function.source->syntax;
  const Syntax::Node list = tree.field(function.node, field_parameters);
  if (list == Syntax::none) return std::nullopt;
  for (Syntax::Node child = tree.first(list); child != Syntax::none;
       child = tree.sibling(child, list)) {
    if (!tree.named(child) || tree.kind(child) == sym_comment) continue;
    Parameter parameter;
    parameter.place = {function.source->path, tree.span(child)};
    std::string_view text = tree.text(child);
    if (text.starts_with("*")) return std::nullopt;
    if (tree.kind(child) == sym_default_parameter ||
        tree.kind(child) == sym_typed_default_parameter) {
      parameter.has_preset = true;
      parameter.preset = tree.text(tree.field(child, field_value));
    }
    const size_t colon = text.find(':'), sign = text.find('=');
    parameter.name = trimmed(text.substr(0, std::min(colon, sign)));
    const bool typed =
        tree.kind(child) == sym_typed_default_parameter || tree.kind(child) == sym_typed_parameter;
    if (typed) {
      const Syntax::Node type = tree.field(child, field_type);
      if (type != Syntax::none) parameter.annotation = trimmed(tree.text(type));
    }
    all.push_back(std::move(parameter));
  }
  return all;
}

std::string dashed(std::string name) {
  for (char& c : name) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

// typer.Option(...): the first argument is the default, names follow.
void take_settings(const PyArguments& given, const Parameter& parameter, bool& required,
                   PyArguments& out, std::vector<PyValue>& names) {
  const PyValue* preset = given.get(0, "default");
  const size_t open = parameter.preset.find('(');
  const bool dots = open != std::string::npos &&
                    trimmed(std::string_view(parameter.preset).substr(open + 1)).starts_with("...");
  required = preset == nullptr || dots;
  if (!required) out.keywords.emplace_back("default", *preset);
  for (size_t i = 1; i < given.positional.size(); ++i) names.push_back(given.positional[i]);
  for (const auto& [name, value] : given.keywords)
    if (name != "default") out.keywords.emplace_back(name, value);
  out.lost = given.lost;
}

}  // namespace

void add_typer_parameters(ArgumentParser& parser, const PyFunction& function,
                          const SettingsOf& settings_of) {
  const std::optional<std::vector<Parameter>> parameters = parameters_of(function);
  if (!parameters) return open_up(parser, "its parameters are not known", parser.place);
  for (const Parameter& parameter : *parameters) {
    auto found = function.defaults.find(parameter.name);
    const PyValue preset = found != function.defaults.end() ? found->second : py_none();
    bool is_option = parameter.has_preset, required = !parameter.has_preset;
    PyArguments made;
    made.place = parameter.place;
    std::vector<PyValue> names;
    if (const PyArguments* given = settings_of(preset, is_option))
      take_settings(*given, parameter, required, made, names);
    else if (parameter.has_preset)
      made.keywords.emplace_back("default", preset);
    const std::string& type = parameter.annotation;
    const bool flag = is_option && type == "bool";
    if (!type.empty() && !flag) made.keywords.emplace_back("type", py_library(type));
    made.keywords.emplace_back("required", py_bool(required));
    const std::string flag_name = "--" + dashed(parameter.name);
    if (names.empty() && is_option)
      names.push_back(py_string(flag ? flag_name + "/--no-" + flag_name.substr(2) : flag_name));
    made.positional.push_back(py_string(parameter.name));
    if (is_option) made.positional.insert(made.positional.end(), names.begin(), names.end());
    if (flag) made.keywords.emplace_back("is_flag", py_bool(true));
    std::shared_ptr<Option> option =
        is_option ? read_click_option(parser, made) : read_click_argument(parser, made);
    if (option && parameter.annotation.empty()) option->type = py_none();
    if (option)
      parser.options.push_back(std::move(option));
    else
      open_up(parser, "a parameter's names are not known", parameter.place);
  }
}

ArgumentParser Click::typer_parser(const PyValue& function, const Place& place) {
  ArgumentParser parser;
  parser.library = ArgumentLibrary::typer;
  parser.abbreviations = false;
  parser.place = place;
  if (!function.is(PyKind::function)) {
    open_up(parser, "its function is not known", place);
    return parser;
  }
  add_typer_parameters(parser, *function.function,
                       [&](const PyValue& preset, bool& is_option) -> const PyArguments* {
                         if (!preset.is(PyKind::object) || preset.text != "click decorator")
                           return nullptr;
                         const Handle& handle = handles_[static_cast<size_t>(preset.number)];
                         is_option = handle.role == Role::option;
                         return &handle.arguments;
                       });
  return parser;
}

std::optional<PyValue> Click::call_typer(Interpreter& interpreter, const std::string& function,
                                         const PyArguments& arguments) {
  Handle handle;
  handle.arguments = arguments;
  if (function == "typer.run") {
    const PyValue* target = arguments.get(0, "function");
    if (target == nullptr) return std::nullopt;
    note_parse(interpreter, result_, typer_parser(*target, arguments.place), arguments,
               ParseKind::strict, ParseInput::command_line);
    return interpreter.raise("SystemExit", "exits", arguments.place);
  }
  if (function == "typer.Option")
    handle.role = Role::option;
  else if (function == "typer.Argument")
    handle.role = Role::argument;
  else if (function == "typer.Typer")
    handle.role = Role::typer;
  else
    return std::nullopt;
  if (handle.role == Role::typer) {
    handle.commands = std::make_shared<std::vector<std::pair<std::string, PyValue>>>();
    // These do not change what is accepted.
    for (const auto& [name, value] : arguments.keywords)
      if (name != "name" && name != "help" && name != "add_completion" &&
          !name.starts_with("pretty_exceptions"))
        handle.doubt = "Typer() is given " + name + "=";
  }
  return make_object(std::move(handle), arguments.place);
}

std::optional<PyValue> Click::typer_method(const PyValue& object, std::string_view name,
                                           const PyArguments& arguments) {
  if (name != "command") {
    handles_[static_cast<size_t>(object.number)].doubt = "." + std::string(name) + "() is called";
    Handle other;
    other.role = Role::other;
    return make_object(std::move(other), arguments.place);
  }
  Handle decorator;
  decorator.role = Role::typer;
  decorator.above = static_cast<size_t>(object.number);
  decorator.arguments = arguments;
  if (arguments.lost || arguments.keyword("cls") || arguments.keyword("context_settings"))
    handles_[*decorator.above].doubt = "a command is made in a way of its own";
  return make_object(std::move(decorator), arguments.place);
}

PyValue Click::run_typer(Interpreter& interpreter, const Handle& app,
                         const PyArguments& arguments) {
  ArgumentParser parser;
  if (app.commands->size() == 1) {
    parser = typer_parser(app.commands->front().second, arguments.place);
  } else {
    parser.library = ArgumentLibrary::typer;
    parser.place = arguments.place;
    parser.interspersed = false;
    parser.allows_extra = true;
    auto commands = std::make_shared<Option>();
    commands->action = ActionKind::commands;
    commands->nargs = Nargs::parser;
    commands->no_dest = true;
    commands->place = arguments.place;
    for (const auto& [name, function] : *app.commands)
      commands->commands.emplace_back(
          name, std::make_shared<ArgumentParser>(typer_parser(function, arguments.place)));
    parser.options.push_back(std::move(commands));
  }
  if (!app.doubt.empty()) open_up(parser, app.doubt, arguments.place);
  if (!app.known->lost.empty()) open_up(parser, app.known->lost, arguments.place);
  if (app.commands->empty()) open_up(parser, "no command is seen", arguments.place);
  const bool whole = arguments.positional.empty() && arguments.keywords.empty();
  note_parse(interpreter, result_, std::move(parser), arguments, ParseKind::strict,
             whole ? ParseInput::command_line : ParseInput::other);
  return interpreter.raise("SystemExit", "exits", arguments.place);
}

}  // namespace trainlint
