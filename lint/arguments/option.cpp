// What the arguments of one add_argument() mean, and which of them argparse refuses.
#include <fmt/format.h>

#include "lint/arguments/argparse.h"

namespace trainlint {

namespace {

struct ActionName {
  std::string_view name;
  ActionKind kind;
  std::string_view keywords;  // that its class takes, beside dest, default and help
};

constexpr ActionName actions[] = {
    {"store", ActionKind::store, "nargs const type choices required metavar"},
    {"store_const", ActionKind::store_const, "const required metavar"},
    {"store_true", ActionKind::store_true, "required"},
    {"store_false", ActionKind::store_false, "required"},
    {"append", ActionKind::append, "nargs const type choices required metavar"},
    {"append_const", ActionKind::append_const, "const required metavar"},
    {"extend", ActionKind::extend, "nargs const type choices required metavar"},
    {"count", ActionKind::count, "required"},
    {"help", ActionKind::help, ""},
    {"version", ActionKind::version, "version"},
    {"boolean", ActionKind::boolean, "type choices required metavar"},
    {"custom", ActionKind::custom, ""},
};

const ActionName& name_of_action(ActionKind kind) {
  for (const ActionName& action : actions)
    if (action.kind == kind) return action;
  return actions[0];
}

bool holds_word(std::string_view words, std::string_view word) {
  for (size_t begin = 0; begin <= words.size();) {
    size_t end = std::min(words.find(' ', begin), words.size());
    if (words.substr(begin, end - begin) == word) return true;
    begin = end + 1;
  }
  return false;
}

// Reads one call; `fault` is set to what argparse raises.
class OptionReader {
 public:
  OptionReader(const ArgumentParser& parser, const PyArguments& arguments, std::string& fault)
      : parser_(parser), arguments_(arguments), fault_(fault) {}

  std::shared_ptr<Option> read() {
    option_->place = arguments_.place;
    for (const PyValue& name : arguments_.positional)
      if (!name.is(PyKind::string)) return nullptr;
    read_action();
    if (!read_names()) return nullptr;
    check_keywords();
    read_nargs();
    read_type();
    read_default();
    read_rest();
    return option_;
  }

 private:
  const PyValue* keyword(std::string_view name) const { return arguments_.keyword(name); }
  void fail(std::string message) {
    if (fault_.empty()) fault_ = std::move(message);
  }

  void read_action() {
    const PyValue* action = keyword("action");
    if (action == nullptr || action->is(PyKind::none)) return;
    option_->action = ActionKind::custom;
    if (action->is(PyKind::library) && action->text.ends_with(".BooleanOptionalAction"))
      option_->action = ActionKind::boolean;
    if (!action->is(PyKind::string)) return;
    for (const ActionName& known : actions) {
      if (known.name != action->text || known.kind == ActionKind::boolean ||
          known.kind == ActionKind::custom)
        continue;
      option_->action = known.kind;
      return;
    }
    fail(fmt::format("unknown action \"{}\"", action->text));
  }

  bool read_names() {
    const std::vector<PyValue>& names = arguments_.positional;
    const PyValue* dest = keyword("dest");
    bool is_prefix = !names.empty() && !names[0].text.empty() &&
                     parser_.prefixes.find(names[0].text[0]) != std::string::npos;
    if (names.empty() || (names.size() == 1 && !is_prefix)) return read_positional(dest);
    for (const PyValue& name : names) {
      if (name.text.empty() || parser_.prefixes.find(name.text[0]) == std::string::npos) {
        fail(fmt::format("invalid option string {}: must start with a character {}",
                         python_repr(name).value_or("?"),
                         python_repr(py_string(parser_.prefixes)).value_or("?")));
        return true;
      }
      option_->flags.push_back(name.text);
    }
    read_dest(dest);
    if (option_->action == ActionKind::boolean) add_negations();
    return true;
  }

  bool read_positional(const PyValue* dest) {
    if (!arguments_.positional.empty()) {
      if (dest != nullptr) fail("dest supplied twice for positional argument");
      dest = &arguments_.positional[0];
    } else if (dest == nullptr || !dest->is(PyKind::string)) {
      return false;
    }
    option_->dest = dest->text;
    if (keyword("required") != nullptr) fail("'required' is an invalid argument for positionals");
    return true;
  }

  void read_dest(const PyValue* dest) {
    if (dest != nullptr && !dest->is(PyKind::none)) {
      option_->no_dest = is_suppress(*dest);
      option_->dest_known = dest->is(PyKind::string);
      if (dest->is(PyKind::string) && !option_->no_dest) option_->dest = dest->text;
      return;
    }
    auto is_long = [&](const std::string& flag) {
      return flag.size() > 1 && parser_.prefixes.find(flag[1]) != std::string::npos;
    };
    auto found = std::find_if(option_->flags.begin(), option_->flags.end(), is_long);
    std::string name = found == option_->flags.end() ? option_->flags[0] : *found;
    name.erase(0, std::min(name.find_first_not_of(parser_.prefixes), name.size()));
    if (name.empty())
      fail(fmt::format("dest= is required for options like '{}'", option_->flags.back()));
    std::replace(name.begin(), name.end(), '-', '_');
    option_->dest = name;
  }

  void add_negations() {
    std::vector<std::string> all;
    for (const std::string& flag : option_->flags) {
      all.push_back(flag);
      if (flag.starts_with("--")) all.push_back("--no-" + flag.substr(2));
    }
    option_->flags = std::move(all);
  }

  void check_keywords() {
    if (option_->action == ActionKind::custom) return;
    const ActionName& action = name_of_action(option_->action);
    for (const auto& [name, value] : arguments_.keywords)
      if (name != "action" && name != "dest" && name != "default" && name != "help" &&
          !holds_word(action.keywords, name))
        fail(fmt::format("__init__() got an unexpected keyword argument '{}'", name));
  }

  bool takes_words() const {
    return option_->action == ActionKind::store || option_->action == ActionKind::append ||
           option_->action == ActionKind::extend || option_->action == ActionKind::custom;
  }

  void read_nargs() {
    if (!takes_words()) {
      option_->nargs = Nargs::number;
      return;
    }
    const PyValue* nargs = keyword("nargs");
    if (nargs != nullptr && !nargs->is(PyKind::none)) {
      option_->nargs_place = nargs->place;
      option_->nargs = named_nargs(*nargs);
    }
    bool zero = option_->nargs == Nargs::number && option_->count == 0;
    if (option_->action == ActionKind::custom) return;
    if (zero) fail("nargs for actions that take arguments must be != 0");
    const PyValue* constant = keyword("const");
    if (constant != nullptr && constant->known() && !constant->is(PyKind::none) &&
        option_->nargs != Nargs::optional && option_->nargs != Nargs::unknown)
      fail("nargs must be '?' to supply const");
  }

  Nargs named_nargs(const PyValue& value) {
    if (value.is(PyKind::integer)) {
      option_->count = value.number;
      return value.number < 0 || value.number > 1000 ? Nargs::unknown : Nargs::number;
    }
    if (is_suppress(value)) return Nargs::suppress;
    static constexpr std::pair<std::string_view, Nargs> words[] = {
        {"?", Nargs::optional},    {"argparse.OPTIONAL", Nargs::optional},
        {"*", Nargs::any},         {"argparse.ZERO_OR_MORE", Nargs::any},
        {"+", Nargs::some},        {"argparse.ONE_OR_MORE", Nargs::some},
        {"...", Nargs::remainder}, {"argparse.REMAINDER", Nargs::remainder},
        {"A...", Nargs::parser},   {"argparse.PARSER", Nargs::parser}};
    if (value.is(PyKind::string) || value.is(PyKind::library))
      for (const auto& [word, nargs] : words)
        if (value.text == word) return nargs;
    if (value.is(PyKind::string)) fail("invalid nargs value");
    return Nargs::unknown;
  }

  void read_type() {
    const PyValue* type = keyword("type");
    if (type == nullptr || type->is(PyKind::none)) return;
    option_->type = *type;
    option_->type_place = type->place;
    bool data = type->container() || type->numeric() || type->is(PyKind::string);
    if (data) fail(fmt::format("{} is not callable", python_repr(*type).value_or("the type")));
    if (type->is(PyKind::library) && type->text == "argparse.FileType")
      fail("FileType is a class object, an instance of it must be passed");
  }

  void read_default() {
    const PyValue* preset = keyword("default");
    if (preset == nullptr) {
      for (const auto& [name, value] : parser_.defaults)
        if (name == option_->dest) preset = &value;
      if (preset == nullptr && parser_.argument_default) preset = &*parser_.argument_default;
    }
    if (preset == nullptr) {
      if (option_->action == ActionKind::store_true) option_->preset = py_bool(false);
      if (option_->action == ActionKind::store_false) option_->preset = py_bool(true);
      if (option_->action == ActionKind::help || option_->action == ActionKind::version)
        option_->no_default = true;
      return;
    }
    option_->preset = *preset;
    option_->default_place = preset->place;
    option_->no_default = is_suppress(*preset);
  }

  void read_rest() {
    if (option_->positional()) {
      bool may_be_absent = option_->nargs == Nargs::optional ||
                           (option_->nargs == Nargs::any && keyword("default") != nullptr);
      option_->required = !may_be_absent;
    } else if (const PyValue* required = keyword("required")) {
      std::optional<bool> holds = truth(*required);
      option_->required = holds == true;
      option_->required_known = holds.has_value();
    }
    if (const PyValue* constant = keyword("const")) option_->constant = *constant;
    if (const PyValue* choices = keyword("choices")) option_->choices = *choices;
    const PyValue* metavar = keyword("metavar");
    if (metavar != nullptr && metavar->is(PyKind::string)) option_->metavar = metavar->text;
    const PyValue* help = keyword("help");
    option_->hidden = help != nullptr && is_suppress(*help);
    if (option_->action == ActionKind::store_true) option_->constant = py_bool(true);
    if (option_->action == ActionKind::store_false) option_->constant = py_bool(false);
  }

  const ArgumentParser& parser_;
  const PyArguments& arguments_;
  std::string& fault_;
  std::shared_ptr<Option> option_ = std::make_shared<Option>();
};

}  // namespace

std::shared_ptr<Option> read_option(const ArgumentParser& parser, const PyArguments& arguments,
                                    std::string& fault) {
  return OptionReader(parser, arguments, fault).read();
}

}  // namespace trainlint
