// absl.flags: what DEFINE_...() of a program's modules add to the one registry there is.
#include "lint/arguments/libraries.h"

#include <fmt/format.h>

namespace trainlint {

namespace {

constexpr std::string_view tf_flags[] = {
    "tensorflow.app.flags", "tensorflow.flags", "tensorflow.compat.v1.app.flags",
    "tensorflow.compat.v1.flags", "tensorflow.python.platform.flags"};
constexpr std::string_view tf_runners[] = {"tensorflow.app.run", "tf.app.run",
                                           "tensorflow.compat.v1.app.run",
                                           "tensorflow.python.platform.app.run"};

template <size_t Size>
bool is_one_of(const std::string_view (&names)[Size], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// "DEFINE_string" of "absl.flags.DEFINE_string"; "" for what is no function of a flags module.
std::string_view function_of_flags(std::string_view function, bool& tensorflow) {
  const size_t dot = function.rfind('.');
  if (dot == std::string_view::npos) return {};
  tensorflow = is_one_of(tf_flags, function.substr(0, dot));
  if (!tensorflow && function.substr(0, dot) != "absl.flags") return {};
  return function.substr(dot + 1);
}

bool is_global_registry(const PyValue* registry) {
  return registry == nullptr ||
         (registry->is(PyKind::library) && registry->text.ends_with("flags.FLAGS"));
}

// Where DEFINE_...() has its bounds, its list of values and so on; the help text lies between.
struct FlagKind {
  std::string_view name;
  std::string_view type;  // as Option::type has it
  ActionKind action;
  size_t values, bounds;  // positions, 0 for none
};

constexpr FlagKind kinds[] = {
    {"string", "", ActionKind::store, 0, 0},
    {"boolean", "bool", ActionKind::boolean, 0, 0},
    {"bool", "bool", ActionKind::boolean, 0, 0},
    {"integer", "int", ActionKind::store, 0, 3},
    {"float", "float", ActionKind::store, 0, 3},
    {"enum", "", ActionKind::store, 2, 0},
    {"list", "absl.list", ActionKind::store, 0, 0},
    {"spaceseplist", "absl.words", ActionKind::store, 0, 0},
    {"multi_string", "", ActionKind::append, 0, 0},
    {"multistring", "", ActionKind::append, 0, 0},
    {"multi_integer", "int", ActionKind::append, 0, 3},
    {"multi_float", "float", ActionKind::append, 0, 3},
    {"multi_enum", "", ActionKind::append, 2, 0},
    {"enum_class", "absl.enum_class", ActionKind::store, 0, 0},
    {"multi_enum_class", "absl.enum_class", ActionKind::append, 0, 0},
};

const FlagKind* kind_of(std::string_view name) {
  for (const FlagKind& kind : kinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

// A default is read as a word of the command line would be.
PyValue default_of(const Option& option, const PyValue& given) {
  if (given.is(PyKind::none)) return given;
  if (given.is(PyKind::string)) {
    PyValue value = flag_value(option, given.text).value;
    return option.action == ActionKind::append && value.known()
               ? py_container(PyKind::list, {std::move(value)})
               : value;
  }
  const bool whole = given.is(PyKind::integer) || given.is(PyKind::boolean);
  if (option.action == ActionKind::boolean && whole) return py_bool(given.number != 0);
  if (option.action == ActionKind::append && given.numeric())
    return py_container(PyKind::list, {given});
  if (option.type.is(PyKind::library) && option.type.text == "float" && whole)
    return py_real(static_cast<double>(given.number));
  return given;
}

}  // namespace

Flags::Flags(Arguments& result, std::string others) : result_(result), others_(std::move(others)) {
  parser_.library = ArgumentLibrary::absl;
  parser_.abbreviations = false;
}

void Flags::define(Interpreter& interpreter, std::string_view name, const PyArguments& arguments) {
  defined_ = true;
  const FlagKind* kind = kind_of(name);
  const bool plain = kind != nullptr;
  // DEFINE(parser, name, ...) and DEFINE_multi(parser, serializer, name, ...).
  const size_t at = plain ? 0 : name == "multi" ? 2 : 1;
  const PyValue* called = arguments.get(at, "name");
  if (called == nullptr) called = arguments.keyword("flag_name");
  const PyValue* registry = arguments.keyword("flag_values");
  if (!is_global_registry(registry)) {
    if (!registry->known()) open_up(parser_, "a registry of flags is not known", arguments.place);
    return;
  }
  if (arguments.lost || called == nullptr || !called->is(PyKind::string) || name == "flag")
    return open_up(parser_, "a flag's name is not known", arguments.place);
  auto option = std::make_shared<Option>();
  option->place = arguments.place;
  option->dest = called->text;
  if (!plain) option->doubt = "how the flag is read is not known";
  if (plain) {
    option->action = kind->action;
    if (!kind->type.empty()) option->type = py_library(std::string(kind->type));
    if (kind->action == ActionKind::boolean) option->nargs = Nargs::optional;
  }
  if (!add_rest(interpreter, *option, name, arguments)) option->doubt = "its bounds are not known";
  const PyValue* preset = arguments.get(at + 1, "default");
  if (preset == nullptr) preset = arguments.keyword("default_value");
  option->preset =
      preset == nullptr ? py_unknown("no default", arguments.place) : default_of(*option, *preset);
  if (preset != nullptr) option->default_place = preset->place;
  if (parser_.find("--" + option->dest) != nullptr)
    open_up(parser_, "a flag is defined twice", arguments.place);
  option->flags = {"--" + option->dest};
  add_flag(parser_, option->flags[0], option);
  const PyValue* letter = arguments.keyword("short_name");
  if (letter != nullptr && letter->is(PyKind::string)) {
    option->flags.push_back("-" + letter->text);
    add_flag(parser_, "--" + letter->text, option);
  } else if (letter != nullptr && !letter->is(PyKind::none)) {
    open_up(parser_, "a flag's short name is not known", arguments.place);
  }
  parser_.options.push_back(std::move(option));
}

// Bounds, values and whether it is required; false where something of it is not known.
bool Flags::add_rest(Interpreter& interpreter, Option& option, std::string_view name,
                     const PyArguments& arguments) {
  bool known = true;
  const FlagKind* kind = kind_of(name);
  auto bound = [&](size_t position, std::string_view word) {
    const PyValue* value = arguments.get(position, word);
    if (value == nullptr || value->is(PyKind::none)) return py_none();
    known &= value->numeric();
    return *value;
  };
  if (kind != nullptr && kind->bounds > 0) {
    option.lowest = bound(kind->bounds, "lower_bound");
    option.highest = bound(kind->bounds + 1, "upper_bound");
  }
  if (kind != nullptr && kind->values > 0) {
    const PyValue* values = arguments.get(kind->values, "enum_values");
    std::optional<std::vector<PyValue>> items;
    if (values != nullptr) items = interpreter.iterate(*values);
    known &= items.has_value();
    option.choices = py_container(PyKind::list, items.value_or(std::vector<PyValue>{}));
  }
  if (const PyValue* sensitive = arguments.keyword("case_sensitive")) {
    option.ignores_case = truth(*sensitive) == false;
    known &= truth(*sensitive).has_value();
  }
  if (const PyValue* required = arguments.keyword("required")) {
    option.required = truth(*required).value_or(true);
    option.required_known = truth(*required).has_value();
  }
  if (kind != nullptr && kind->type == "absl.enum_class") option.doubt = "an enumeration's values";
  return known && !arguments.keyword("allow_overwrite");
}

void Flags::define_alias(const PyArguments& arguments) {
  const PyValue* name = arguments.get(0, "name");
  const PyValue* original = arguments.get(1, "original_name");
  if (!name || !original || !name->is(PyKind::string) || !original->is(PyKind::string))
    return open_up(parser_, "an alias of a flag is not known", arguments.place);
  for (const std::shared_ptr<Option>& option : parser_.options)
    if (option->dest == original->text) {
      option->flags.push_back("--" + name->text);
      return add_flag(parser_, "--" + name->text, option);
    }
  open_up(parser_, "an alias of a flag is not known", arguments.place);
}

void Flags::require(const PyValue* name) {
  if (name == nullptr || !name->is(PyKind::string)) {
    parser_.doubt = "which flags are required is not known";
    return;
  }
  for (const std::shared_ptr<Option>& option : parser_.options)
    if (option->dest == name->text) option->required = true;
}

std::optional<PyValue> Flags::run(Interpreter& interpreter, const std::string& function,
                                  const PyArguments& arguments, bool collecting) {
  const bool tensorflow = is_one_of(tf_runners, function);
  const PyValue* argv = arguments.get(1, "argv");
  const bool given = argv != nullptr && !argv->is(PyKind::none) && !argv->is(PyKind::arguments);
  // tf.app.run() leaves what it does not know, and asks nothing where no flag is defined.
  if (collecting && (defined_ || !tensorflow)) {
    ArgumentParser parser = parser_;
    if (tensorflow) parser.library = ArgumentLibrary::tf_flags;
    if (!others_.empty()) open_up(parser, others_ + " may define flags", arguments.place);
    if (arguments.lost || arguments.keyword("flags_parser"))
      open_up(parser, "the flags are read in a way of their own", arguments.place);
    note_parse(interpreter, result_, std::move(parser), arguments,
               tensorflow ? ParseKind::known : ParseKind::strict,
               given ? ParseInput::other : ParseInput::command_line);
  }
  PyValue words;
  words.kind = PyKind::arguments;
  if (defined_) words = py_unknown("what parse_known_args() left", arguments.place);
  const PyValue* main = arguments.get(0, "main");
  if (main == nullptr || !main->is(PyKind::function)) return std::nullopt;
  return interpreter.call(*main, {{words}, {}, {}, arguments.place});
}

std::optional<PyValue> Flags::call(Interpreter& interpreter, const std::string& function,
                                   const PyArguments& arguments, bool collecting) {
  if (function == "absl.app.run" || is_one_of(tf_runners, function))
    return run(interpreter, function, arguments, collecting);
  bool tensorflow = false;
  const std::string_view name = function_of_flags(function, tensorflow);
  if (name.empty() || !collecting) return std::nullopt;
  if (name == "DEFINE_alias") {
    define_alias(arguments);
  } else if (name.starts_with("DEFINE")) {
    define(interpreter, name.size() > 7 ? name.substr(7) : "", arguments);
  } else if (name == "mark_flag_as_required") {
    require(arguments.get(0, "flag_name"));
  } else if (name == "mark_flags_as_required") {
    const PyValue* names = arguments.get(0, "flag_names");
    std::optional<std::vector<PyValue>> items;
    if (names != nullptr) items = interpreter.iterate(*names);
    if (!items) require(nullptr);
    for (const PyValue& item : items.value_or(std::vector<PyValue>{})) require(&item);
  } else if (name == "FLAGS" && !arguments.positional.empty()) {
    ArgumentParser parser = parser_;
    if (!others_.empty()) open_up(parser, others_ + " may define flags", arguments.place);
    const PyValue* known = arguments.get(1, "known_only");
    if (known != nullptr && !truth(*known)) open_up(parser, "known_only=", arguments.place);
    note_parse(interpreter, result_, std::move(parser), arguments,
               known && truth(*known) == true ? ParseKind::known : ParseKind::strict,
               arguments.positional[0].is(PyKind::arguments) ? ParseInput::command_line
                                                             : ParseInput::other);
    return py_unknown("what parse_known_args() left", arguments.place);
  } else if (name.starts_with("register_") || name.ends_with("validator") ||
             name.starts_with("mark_")) {
    parser_.doubt = "values are judged by functions of the package";
  } else {
    return std::nullopt;
  }
  return py_unknown("a flag of absl", arguments.place);
}

}  // namespace trainlint
