// What the words that an option takes become, and what its action does with them.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "lint/arguments/argparse.h"
#include "lint/arguments/reader.h"

namespace trainlint {

PyValue* CommandLineReader::find(const std::string& dest) {
  for (Received& received : judgement_.received)
    if (received.dest == dest) return &received.value;
  return nullptr;
}

void CommandLineReader::set(const std::string& dest, PyValue value) {
  if (is_suppress(value)) value = py_string("==SUPPRESS==");
  if (PyValue* present = find(dest))
    *present = std::move(value);
  else
    judgement_.received.push_back({dest, std::move(value)});
}

void CommandLineReader::set(const Option& option, PyValue value) {
  if (option.no_dest) return set("==SUPPRESS==", std::move(value));
  if (option.dest_known) set(option.dest, std::move(value));
}

// CPython's `value is default`, for a value that was made from a word of the command line: small
// integers, truth values and texts of one Latin-1 character exist once.
static bool same_object(const PyValue& value, const PyValue& preset) {
  if (value.kind != preset.kind) return false;
  if (value.is(PyKind::none)) return true;
  if (value.is(PyKind::boolean)) return value.number == preset.number;
  if (value.is(PyKind::integer))
    return value.number == preset.number && value.number >= -5 && value.number <= 256;
  return value.is(PyKind::string) && value.text.size() <= 1 && value.text == preset.text;
}

// Of some letters CPython 3.11 has two objects, one of them for constants of the program.
static bool is_letter(const PyValue& value) {
  return value.is(PyKind::string) && value.text.size() == 1 &&
         (std::isalpha(static_cast<unsigned char>(value.text[0])) != 0 || value.text[0] == '_');
}

static bool is_exclusive(const ArgumentParser& parser, const Option& option) {
  return std::any_of(parser.exclusive.begin(), parser.exclusive.end(), [&](const auto& group) {
    return std::any_of(group.options.begin(), group.options.end(),
                       [&](const auto& one) { return one.get() == &option; });
  });
}

std::optional<PyValue> CommandLineReader::value_of(const Option& option, const std::string& word) {
  Converted converted = convert(interpreter_, option.type, word);
  if (converted.refused) {
    if (!converted.complaint_known) give_up("what the type function of the option says");
    std::string message = converted.complaint;
    if (message.empty())
      message = fmt::format("invalid {} value: {}", name_of_type(option.type),
                            python_repr(py_string(word)).value_or("?"));
    refuse_argument(option, message);
    return std::nullopt;
  }
  if (converted.may_refuse) {
    give_up(fmt::format("what {} makes of '{}' is not known", name_of_type(option.type), word));
    return std::nullopt;
  }
  return converted.value;
}

bool CommandLineReader::check_choice(const Option& option, const PyValue& value) {
  if (option.action == ActionKind::commands) {
    std::vector<std::string> names;
    for (const auto& [name, parser] : option.commands) {
      if (name == value.text) return true;
      names.push_back("'" + name + "'");
    }
    refuse_argument(option, fmt::format("invalid choice: {} (choose from {})",
                                        python_repr(value).value_or("?"), fmt::join(names, ", ")));
    return false;
  }
  if (option.choices.is(PyKind::none)) return true;
  bool plain = option.choices.container() || option.choices.is(PyKind::iterator);
  if (!plain || !option.choices.items || !option.choices.items->lost.empty() || !value.known()) {
    give_up("the choices of " + name_of(option) + " are not known");
    return false;
  }
  std::vector<std::string> shown;
  size_t step = option.choices.is(PyKind::dict) ? 2 : 1;
  const std::vector<PyValue>& items = option.choices.items->items;
  for (size_t i = 0; i < items.size(); i += step) {
    std::optional<bool> same = equal(items[i], value);
    if (same == true) return true;
    std::optional<std::string> repr = python_repr(items[i]);
    if (!same || !repr) {
      give_up("the choices of " + name_of(option) + " are not known");
      return false;
    }
    shown.push_back(*repr);
  }
  refuse_argument(option, fmt::format("invalid choice: {} (choose from {})",
                                      python_repr(value).value_or("?"), fmt::join(shown, ", ")));
  return false;
}

// What an option with nargs ? or * becomes that is given no words.
std::optional<PyValue> CommandLineReader::default_of(const Option& option, bool& is_default) {
  if (option.nargs == Nargs::any) {
    is_default = !option.preset.is(PyKind::none);
    PyValue value = is_default ? option.preset : py_container(PyKind::list);
    if (!check_choice(option, value)) return std::nullopt;
    return value;
  }
  PyValue value = option.positional() ? option.preset : option.constant;
  if (option.positional() && option.no_default) value = py_string("==SUPPRESS==");
  is_default = option.positional() || same_object(value, option.preset);
  if (!value.is(PyKind::string)) return value;
  const bool kept = option.type.is(PyKind::none) ||
                    (option.type.is(PyKind::library) && option.type.text == "str");
  is_default &= kept;
  std::optional<PyValue> converted = value_of(option, value.text);
  if (!converted || !check_choice(option, *converted)) return std::nullopt;
  return converted;
}

std::optional<PyValue> CommandLineReader::values_of(const Option& option,
                                                    std::vector<std::string>& words,
                                                    bool& is_default) {
  if (option.nargs != Nargs::parser && option.nargs != Nargs::remainder)
    if (auto found = std::find(words.begin(), words.end(), "--"); found != words.end())
      words.erase(found);
  if (words.empty() &&
      (option.nargs == Nargs::optional || (option.nargs == Nargs::any && option.positional())))
    return default_of(option, is_default);
  if (words.size() == 1 && (option.nargs == Nargs::one || option.nargs == Nargs::optional)) {
    std::optional<PyValue> value = value_of(option, words[0]);
    if (!value || !check_choice(option, *value)) return std::nullopt;
    is_default = same_object(*value, option.preset);
    if (is_default && is_letter(*value) && is_exclusive(parser_, option)) {
      give_up("whether CPython has the value and the default as one object");
      return std::nullopt;
    }
    return value;
  }
  PyValue list = py_container(PyKind::list);
  for (const std::string& word : words) {
    std::optional<PyValue> value = value_of(option, word);
    if (!value) return std::nullopt;
    list.items->items.push_back(std::move(*value));
  }
  if (option.nargs == Nargs::remainder || option.nargs == Nargs::suppress) return list;
  for (size_t i = 0; i < list.items->items.size(); ++i) {
    if (!check_choice(option, list.items->items[i])) return std::nullopt;
    if (option.nargs == Nargs::parser) break;
  }
  return list;
}

// Reports an option of the same exclusive group that was given before.
bool CommandLineReader::conflicts(const Option& option) {
  for (const ExclusiveGroup& group : parser_.exclusive) {
    auto is_this = [&](const auto& other) { return other.get() == &option; };
    if (std::none_of(group.options.begin(), group.options.end(), is_this)) continue;
    for (const std::shared_ptr<Option>& other : group.options) {
      if (other.get() == &option || !seen_with_value_.contains(other.get())) continue;
      refuse_argument(option, "not allowed with argument " + name_of(*other));
      return true;
    }
  }
  return false;
}

void CommandLineReader::take(const Option& option, std::vector<std::string> words,
                             const std::string& flag) {
  seen_.insert(&option);
  bool is_default = false;
  std::optional<PyValue> value = values_of(option, words, is_default);
  if (!value || stopped()) return;
  if (!is_default) {
    seen_with_value_.insert(&option);
    if (conflicts(option)) return;
  }
  if (option.nargs == Nargs::suppress || (is_default && is_suppress(*value))) return;
  if (!flag.empty() || !words.empty()) judgement_.given.push_back(option.dest);
  act(option, std::move(*value), flag);
}

void CommandLineReader::append(const Option& option, const PyValue& value, bool extend) {
  const PyValue* present = find(option.dest);
  PyValue list = py_container(PyKind::list);
  if (present != nullptr && present->is(PyKind::list))
    list.items->items = present->items->items;
  else if (present != nullptr && !present->is(PyKind::none))
    return give_up("an item is added to a default that is no list");
  if (!extend) {
    list.items->items.push_back(value);
  } else if (value.is(PyKind::list)) {
    for (const PyValue& item : value.items->items) list.items->items.push_back(item);
  } else if (value.is(PyKind::string)) {
    for (char c : value.text) list.items->items.push_back(py_string(std::string(1, c)));
  } else {
    return give_up("a list is extended by what is no list");
  }
  set(option, std::move(list));
}

void CommandLineReader::count(const Option& option) {
  const PyValue* present = find(option.dest);
  if (present != nullptr && present->is(PyKind::integer))
    return set(option, py_int(present->number + 1));
  if (present == nullptr || present->is(PyKind::none)) return set(option, py_int(1));
  give_up("a default that is no number is counted up");
}

void CommandLineReader::act(const Option& option, PyValue value, const std::string& flag) {
  switch (option.action) {
    case ActionKind::store:
      return set(option, std::move(value));
    case ActionKind::store_const:
    case ActionKind::store_true:
    case ActionKind::store_false:
      return set(option, option.constant);
    case ActionKind::append:
      return append(option, value, false);
    case ActionKind::append_const:
      return append(option, option.constant, false);
    case ActionKind::extend:
      return append(option, value, true);
    case ActionKind::count:
      return count(option);
    case ActionKind::boolean:
      return set(option, py_bool(!flag.starts_with("--no-")));
    case ActionKind::commands:
      return run_command(option, value);
    case ActionKind::custom:
      return give_up("the action of " + name_of(option) + " is a class of its own");
    case ActionKind::help:
    case ActionKind::version:
      judgement_.outcome = Outcome::exits;
      judgement_.message =
          option.action == ActionKind::help ? "prints its help" : "prints its version";
  }
}

void CommandLineReader::run_command(const Option& option, const PyValue& value) {
  const std::vector<PyValue>& items = value.items->items;
  const std::string& name = items.front().text;
  if (!option.no_dest) set(option, items.front());
  for (const auto& [known, parser] : option.commands) {
    if (known != name) continue;
    std::vector<std::string> words;
    for (size_t i = 1; i < items.size(); ++i) words.push_back(items[i].text);
    Judgement inner =
        CommandLineReader(*parser, interpreter_, judgement_.program + " " + name).read(words);
    for (Received& received : inner.received) set(received.dest, std::move(received.value));
    for (std::string& given : inner.given) judgement_.given.push_back(std::move(given));
    for (std::string& extra : inner.extras) command_extras_.push_back(std::move(extra));
    if (inner.outcome == Outcome::accepted) return;
    judgement_.outcome = inner.outcome;
    judgement_.message = std::move(inner.message);
    judgement_.program = std::move(inner.program);
    judgement_.option = inner.option;
    return;
  }
}

}  // namespace trainlint
