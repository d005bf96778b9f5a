// What the arguments of click.option() and click.argument() mean (click/core.py of 8.1).
#include <algorithm>

#include "lint/arguments/convert.h"
#include "lint/arguments/libraries.h"

namespace trainlint {

namespace {

constexpr std::string_view known_keywords[] = {"cls",
                                               "default",
                                               "required",
                                               "type",
                                               "nargs",
                                               "multiple",
                                               "is_flag",
                                               "flag_value",
                                               "help",
                                               "count",
                                               "metavar",
                                               "hidden",
                                               "prompt",
                                               "hide_input",
                                               "show_default",
                                               "envvar",
                                               "callback",
                                               "is_eager",
                                               "expose_value",
                                               "show_choices",
                                               "show_envvar",
                                               "confirmation_prompt",
                                               "allow_from_autoenv",
                                               "shell_complete",
                                               "prompt_required"};

bool is_identifier(std::string_view text) {
  return !text.empty() && (text[0] < '0' || text[0] > '9') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9');
         });
}

std::string name_of_flag(std::string_view flag, bool& is_long) {
  is_long = flag.size() > 1 && flag[0] == flag[1];
  std::string name(flag.substr(is_long ? 2 : 1));
  for (char& c : name) {
    if (c == '-') c = '_';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

// "--shout/--no-shout", "-n", "name": false where click refuses them.
bool read_names(Option& option, const std::vector<PyValue>& names) {
  std::string inferred;
  bool inferred_long = false;
  auto add = [&](std::string_view flag) {
    bool is_long = false;
    std::string name = name_of_flag(flag, is_long);
    if (inferred.empty() || (is_long && !inferred_long)) {
      inferred = name;
      inferred_long = is_long;
    }
    option.flags.emplace_back(flag);
  };
  for (const PyValue& value : names) {
    if (!value.is(PyKind::string) || value.text.empty()) return false;
    const std::string& text = value.text;
    const size_t slash = text.find('/');
    if (is_identifier(text)) {
      option.dest = text;
    } else if (text[0] != '-' || text.find(' ') != std::string::npos) {
      return false;
    } else if (slash == std::string::npos) {
      add(text);
    } else {
      add(std::string_view(text).substr(0, slash));
      option.negations.push_back(text.substr(slash + 1));
    }
  }
  if (option.dest.empty()) option.dest = inferred;
  return is_identifier(option.dest) && !option.flags.empty();
}

// The type that click infers from a default.
PyValue inferred_type(const PyValue& preset) {
  const PyValue* value = &preset;
  if (preset.sequence() && preset.items->lost.empty() && !preset.items->items.empty())
    value = &preset.items->items.front();
  if (value->is(PyKind::integer)) return py_library("int");
  if (value->is(PyKind::real)) return py_library("float");
  if (value->is(PyKind::boolean)) return py_library("bool");
  return py_none();
}

}  // namespace

// The type is None for text, a library's name, or an object that read_made_type() has read.
static void read_type(Option& option, const PyArguments& arguments) {
  const PyValue* type = arguments.keyword("type");
  if (type == nullptr || type->is(PyKind::none)) {
    option.type = inferred_type(option.preset);
    return;
  }
  option.type_place = type->place;
  static constexpr std::pair<std::string_view, std::string_view> plain[] = {
      {"click.INT", "int"}, {"click.FLOAT", "float"}, {"click.BOOL", "bool"},
      {"int", "int"},       {"float", "float"},       {"bool", "bool"}};
  if (type->is(PyKind::library)) {
    for (const auto& [name, meaning] : plain)
      if (type->text == name) {
        option.type = py_library(std::string(meaning));
        return;
      }
    if (type->text == "str" || type->text == "click.STRING") return;
  }
  if (type->is(PyKind::tuple) && type->text == "click.Choice") {
    const std::vector<PyValue>& parts = type->items->items;
    option.choices = parts[0];
    option.ignores_case = truth(parts[1]) == false;
    return;
  }
  if (type->is(PyKind::tuple) && type->text.ends_with("Range")) {
    option.type = py_library(type->text == "click.IntRange" ? "int" : "float");
    option.lowest = type->items->items[0];
    option.highest = type->items->items[1];
    return;
  }
  option.type = *type;
  option.doubt = "what the type makes of a word is not known";
}

static void read_common(ArgumentParser& parser, Option& option, const PyArguments& arguments) {
  option.place = arguments.place;
  if (const PyValue* preset = arguments.keyword("default")) {
    option.preset = *preset;
    option.default_place = preset->place;
    if (!preset->known() || preset->is(PyKind::function)) option.doubt = "the default is not known";
  }
  read_type(option, arguments);
  if (const PyValue* required = arguments.keyword("required")) {
    option.required = truth(*required) == true;
    option.required_known = truth(*required).has_value();
  }
  if (const PyValue* nargs = arguments.keyword("nargs")) {
    option.nargs_place = nargs->place;
    option.nargs = !nargs->is(PyKind::integer) ? Nargs::unknown
                   : nargs->number == 1        ? Nargs::one
                   : nargs->number == -1       ? Nargs::any
                   : nargs->number > 1         ? Nargs::number
                                               : Nargs::unknown;
    option.count = nargs->is(PyKind::integer) ? nargs->number : 0;
  }
  for (std::string_view word : {"callback", "prompt", "envvar", "confirmation_prompt"})
    if (arguments.keyword(word)) option.doubt = std::string(word) + "= is given";
  if (arguments.keyword("envvar") || arguments.keyword("prompt")) option.required_known = false;
  if (const PyValue* expose = arguments.keyword("expose_value"))
    if (truth(*expose) != true) option.no_dest = true;
  for (const auto& [name, value] : arguments.keywords)
    if (std::find(std::begin(known_keywords), std::end(known_keywords), name) ==
            std::end(known_keywords) ||
        name == "cls")
      open_up(parser, "a parameter is made with " + name + "=", arguments.place);
  if (arguments.lost) open_up(parser, "a parameter's settings are not known", arguments.place);
}

static bool is_given(const PyArguments& arguments, std::string_view name) {
  const PyValue* value = arguments.keyword(name);
  return value != nullptr && truth(*value) != false;
}

std::shared_ptr<Option> read_click_option(ArgumentParser& parser, const PyArguments& arguments) {
  auto option = std::make_shared<Option>();
  if (!read_names(*option, arguments.positional)) return nullptr;
  read_common(parser, *option, arguments);
  const PyValue* is_flag = arguments.keyword("is_flag");
  const PyValue* value = arguments.keyword("flag_value");
  const bool flag_given = is_flag != nullptr && !is_flag->is(PyKind::none);
  if (flag_given && !truth(*is_flag)) option->doubt = "is_flag= is not known";
  const bool flag =
      flag_given ? truth(*is_flag) == true : value != nullptr || !option->negations.empty();
  if (is_given(arguments, "multiple")) option->action = ActionKind::append;
  if (is_given(arguments, "count")) {
    option->action = ActionKind::count;
    option->nargs = Nargs::number;
    option->count = 0;
    if (option->preset.is(PyKind::none) && arguments.keyword("default") == nullptr)
      option->preset = py_int(0);
    option->type = py_none();
  } else if (flag) {
    if (option->action == ActionKind::append || (value != nullptr && !flag_given) ||
        arguments.keyword("type"))
      option->doubt = "a flag with a value of its own";
    if (flag && arguments.keyword("default") == nullptr && !option->required)
      option->preset = py_bool(false);
    option->constant = value != nullptr ? *value : py_bool(truth(option->preset) != true);
    if (value == nullptr && !option->negations.empty()) option->constant = py_bool(true);
    option->action = option->negations.empty() ? ActionKind::store_const : ActionKind::boolean;
    option->nargs = Nargs::number;
    option->count = 0;
    option->type = py_none();
  } else if (value != nullptr) {
    option->doubt = "the value may be left out";
    option->nargs = Nargs::unknown;
  }
  for (const std::string& name : option->flags) add_flag(parser, name, option);
  for (const std::string& name : option->negations) add_flag(parser, name, option);
  return option;
}

std::shared_ptr<Option> read_click_argument(ArgumentParser& parser, const PyArguments& arguments) {
  auto option = std::make_shared<Option>();
  if (arguments.positional.size() != 1 || !arguments.positional[0].is(PyKind::string))
    return nullptr;
  bool is_long = false;
  option->dest = name_of_flag("-" + arguments.positional[0].text, is_long);
  option->nargs = Nargs::one;
  read_common(parser, *option, arguments);
  if (arguments.keyword("required") == nullptr && option->required_known)
    option->required = option->preset.is(PyKind::none) && option->nargs != Nargs::any;
  if (arguments.keyword("envvar")) option->required = true;
  return option;
}

}  // namespace trainlint
