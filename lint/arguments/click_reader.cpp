// A command line as click 8.1 reads it: options first, then arguments from what is left, then each
// parameter's value.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <deque>
#include <map>

#include "lint/arguments/convert.h"
#include "lint/arguments/libraries.h"

namespace trainlint {

namespace {

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool is_short(const std::string& flag) {
  return flag.size() == 2 && flag[1] != '-';
}

class ClickReader : LibraryReader {
 public:
  explicit ClickReader(const ArgumentParser& parser) : LibraryReader(parser) {}

  Judgement read(const std::vector<std::string>& words) {
    left_.assign(words.begin(), words.end());
    const Option* commands = find_commands();
    const bool helps_when_empty = commands != nullptr && !parser_.runs_without_command &&
                                  parser_.library == ArgumentLibrary::click;
    if (helps_when_empty && words.empty()) return shows_help();
    take_options();
    if (!stopped()) take_arguments();
    if (!stopped() && helps_) return shows_help();
    if (!stopped()) set_values();
    if (stopped()) return std::move(judgement_);
    if (commands != nullptr) {
      run_command(*commands);
    } else if (!rest_.empty() && !parser_.allows_extra) {
      refuse(Refusal::other, rest_[0],
             fmt::format("Got unexpected extra argument{} ({})", rest_.size() == 1 ? "" : "s",
                         fmt::join(rest_, " ")));
    }
    if (parser_.open) give_up("there may be options that are not seen: " + *parser_.open);
    if (!parser_.doubt.empty()) give_up(parser_.doubt);
    if (!doubt_.empty()) give_up(doubt_);
    return std::move(judgement_);
  }

 private:
  void refuse(Refusal why, const std::string& word, std::string message,
              const Option* option = nullptr) {
    if (parser_.open) return give_up("there may be options that are not seen: " + *parser_.open);
    LibraryReader::refuse(why, word, std::move(message), option);
  }
  Judgement shows_help() {
    judgement_.outcome = Outcome::exits;
    judgement_.message = "prints its help";
    return std::move(judgement_);
  }
  const Option* find_commands() const {
    for (const std::shared_ptr<Option>& option : parser_.options)
      if (option->action == ActionKind::commands) return option.get();
    return nullptr;
  }

  void take_options() {
    while (!left_.empty() && !stopped()) {
      std::string word = std::move(left_.front());
      left_.pop_front();
      if (word == "--") return;
      if (word.size() > 1 && word[0] == '-') {
        take_option(word);
      } else if (parser_.interspersed) {
        rest_.push_back(std::move(word));
      } else {
        left_.push_front(std::move(word));
        return;
      }
    }
  }

  void take_option(const std::string& word) {
    const size_t sign = word.find('=');
    const std::string flag = word.substr(0, sign);
    const Option* option = is_short(flag) ? nullptr : parser_.find(flag);
    if (option != nullptr) return take_long(*option, word, flag, sign);
    if (flag == "--help") {
      if (sign != std::string::npos) return no_value(word, flag);
      helps_ = true;
    } else if (parser_.library == ArgumentLibrary::typer && flag.ends_with("-completion")) {
      give_up("'" + flag + "' is typer's own");
    } else if (!word.starts_with("--")) {
      take_letters(word);
    } else if (parser_.ignores_unknown) {
      rest_.push_back(word);
    } else {
      refuse(Refusal::unknown_option, word, "No such option: " + flag);
    }
  }

  void no_value(const std::string& word, const std::string& flag, const Option* option = nullptr) {
    refuse(Refusal::other, word, fmt::format("Option '{}' does not take a value.", flag), option);
  }

  static bool takes_value(const Option& option) {
    return option.action == ActionKind::store || option.action == ActionKind::append;
  }

  void take_long(const Option& option, const std::string& word, const std::string& flag,
                 size_t sign) {
    if (takes_value(option)) {
      if (sign != std::string::npos) left_.push_front(word.substr(sign + 1));
      take_value(option, flag);
    } else if (sign != std::string::npos) {
      no_value(word, flag, &option);
    } else {
      note(option, flag, {});
    }
  }

  void take_letters(const std::string& word) {
    std::string unknown;
    for (size_t i = 1; i < word.size() && !stopped(); ++i) {
      const std::string flag = {'-', word[i]};
      const Option* option = parser_.find(flag);
      if (option == nullptr) {
        if (!parser_.ignores_unknown)
          return refuse(Refusal::unknown_option, word, "No such option: " + flag);
        unknown += word[i];
      } else if (!takes_value(*option)) {
        note(*option, flag, {});
      } else {
        if (i + 1 < word.size()) left_.push_front(word.substr(i + 1));
        take_value(*option, flag);
        break;
      }
    }
    if (!unknown.empty()) rest_.push_back("-" + unknown);
  }

  void take_value(const Option& option, const std::string& flag) {
    if (option.nargs != Nargs::one && option.nargs != Nargs::number)
      return give_up("how many words " + flag + " takes is not known");
    const size_t count = option.nargs == Nargs::number ? static_cast<size_t>(option.count) : 1;
    if (left_.size() < count)
      return refuse(Refusal::other, flag,
                    count == 1 ? fmt::format("Option '{}' requires an argument.", flag)
                               : fmt::format("Option '{}' requires {} arguments.", flag, count),
                    &option);
    std::vector<std::string> words;
    for (size_t i = 0; i < count; ++i) {
      words.push_back(std::move(left_.front()));
      left_.pop_front();
    }
    note(option, flag, std::move(words));
  }

  // Once more on the command line: the last one holds, or all do.
  void note(const Option& option, const std::string& flag, std::vector<std::string> words) {
    std::vector<std::vector<std::string>>& all = words_[option.dest];
    const bool all_count =
        option.action == ActionKind::append || option.action == ActionKind::count;
    if (!all_count) all.clear();
    all.push_back(std::move(words));
    flags_[option.dest] = flag;
    judgement_.given.push_back(option.dest);
    order_.push_back(option.dest);
  }

  // The arguments in front of one that takes all that is left, and those behind it.
  void take_arguments() {
    std::deque<std::string> words(rest_.begin(), rest_.end());
    words.insert(words.end(), left_.begin(), left_.end());
    rest_.clear();
    std::vector<const Option*> all;
    for (const std::shared_ptr<Option>& option : parser_.options)
      if (option->positional() && option->action != ActionKind::commands)
        all.push_back(option.get());
    auto wide = std::find_if(all.begin(), all.end(),
                             [](const Option* option) { return option->nargs == Nargs::any; });
    for (auto at = all.begin(); at != wide && !stopped(); ++at) fetch(**at, words, false);
    if (wide != all.end()) {
      for (auto at = all.end() - 1; at != wide && !stopped(); --at) fetch(**at, words, true);
      order_.push_back((*wide)->dest);
      if (!words.empty()) words_[(*wide)->dest] = {{words.begin(), words.end()}};
      words.clear();
    }
    rest_.assign(words.begin(), words.end());
  }

  void fetch(const Option& option, std::deque<std::string>& words, bool from_end) {
    if (option.nargs == Nargs::unknown)
      return give_up("how many words " + option.dest + " takes is not known");
    order_.push_back(option.dest);
    const size_t count = option.nargs == Nargs::number ? static_cast<size_t>(option.count) : 1;
    std::vector<std::string> taken;
    for (size_t i = 0; i < count && !words.empty(); ++i) {
      taken.push_back(from_end ? words.back() : words.front());
      from_end ? words.pop_back() : words.pop_front();
    }
    if (taken.empty()) return;
    if (from_end) std::reverse(taken.begin(), taken.end());
    if (taken.size() < count)
      return refuse(Refusal::other, taken[0],
                    fmt::format("Argument '{}' takes {} values.", option.dest, count), &option);
    words_[option.dest] = {std::move(taken)};
    judgement_.given.push_back(option.dest);
  }

  void set_values() {
    std::vector<const Option*> all;
    for (const std::string& name : order_)
      for (const std::shared_ptr<Option>& option : parser_.options)
        if (option->dest == name && std::find(all.begin(), all.end(), option.get()) == all.end())
          all.push_back(option.get());
    for (const std::shared_ptr<Option>& option : parser_.options)
      if (option->action != ActionKind::commands &&
          std::find(all.begin(), all.end(), option.get()) == all.end())
        all.push_back(option.get());
    for (const Option* option : all) {
      if (stopped()) return;
      PyValue value = value_of(*option);
      if (!option->no_dest) judgement_.received.push_back({option->dest, std::move(value)});
    }
  }

  static std::string shown_name(const Option& option) {
    if (option.positional()) {
      std::string name = option.dest;
      for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      return fmt::format("argument '{}'", option.metavar.empty() ? name : option.metavar);
    }
    return fmt::format("option '{}'", fmt::join(option.flags, "' / '"));
  }

  PyValue value_of(const Option& option) {
    auto given = words_.find(option.dest);
    if (given == words_.end()) {
      if (!option.required_known || !option.doubt.empty())
        doubt_ = "what becomes of " + option.dest + " is not known";
      else if (option.required && is_missing(option))
        refuse(Refusal::missing, "", fmt::format("Missing {}.", shown_name(option)), &option);
      return preset_of(option);
    }
    if (!option.doubt.empty()) {
      doubt_ = option.doubt;
      return py_unknown(option.doubt, {});
    }
    switch (option.action) {
      case ActionKind::count:
        return py_int(static_cast<int64_t>(given->second.size()));
      case ActionKind::store_const:
        return option.constant;
      case ActionKind::boolean: {
        const std::vector<std::string>& no = option.negations;
        return py_bool(std::find(no.begin(), no.end(), flags_[option.dest]) == no.end());
      }
      default:
        break;
    }
    PyValue list = py_container(PyKind::tuple);
    for (const std::vector<std::string>& words : given->second) {
      PyValue tuple = py_container(PyKind::tuple);
      for (const std::string& word : words)
        tuple.items->items.push_back(convert_word(option, word));
      const bool one = option.nargs == Nargs::one;
      list.items->items.push_back(one ? tuple.items->items[0] : tuple);
    }
    return option.action == ActionKind::append ? list : list.items->items.front();
  }

  static bool is_missing(const Option& option) {
    const bool empty = option.preset.sequence() && option.preset.items->items.empty();
    return option.preset.is(PyKind::none) || empty;
  }

  // What is not given has its default, which goes through the type as well.
  PyValue preset_of(const Option& option) {
    const bool many = option.action == ActionKind::append || option.nargs == Nargs::any;
    const PyValue& preset = option.preset;
    if (preset.is(PyKind::none)) return many ? py_container(PyKind::tuple) : preset;
    if (many || option.nargs == Nargs::number || !preset.known())
      return option.action == ActionKind::store || many ? py_unknown("a default", {}) : preset;
    const bool text = option.type.is(PyKind::none) && option.choices.is(PyKind::none);
    if (preset.is(PyKind::string)) return text ? preset : convert_word(option, preset.text);
    if (!option.type.is(PyKind::library) || !preset.numeric()) return py_unknown("a default", {});
    if (option.type.text == "float" && !preset.is(PyKind::real))
      return py_real(static_cast<double>(preset.number));
    return preset.is(inferred_kind(option.type.text)) ? preset : py_unknown("a default", {});
  }

  static PyKind inferred_kind(const std::string& type) {
    return type == "int" ? PyKind::integer : type == "float" ? PyKind::real : PyKind::boolean;
  }

  void refuse_value(const Option& option, const std::string& word, const std::string& message) {
    refuse(Refusal::other, word,
           fmt::format("Invalid value for {}: {}", shown_name(option), message), &option);
  }

  PyValue convert_word(const Option& option, const std::string& word) {
    if (!option.choices.is(PyKind::none)) return chosen(option, word);
    if (!option.type.is(PyKind::library)) return py_string(word);
    if (option.type.text == "bool") return truth_of(option, word);
    std::optional<PyValue> value =
        option.type.text == "int" ? python_int(word) : python_float(word);
    if (!value) {
      refuse_value(option, word,
                   fmt::format("'{}' is not a valid {}.", word,
                               option.type.text == "int" ? "integer" : "float"));
      return py_none();
    }
    if (!value->known()) doubt_ = "what a number is";
    for (const PyValue* bound : {&option.lowest, &option.highest}) {
      if (bound->is(PyKind::none)) continue;
      std::optional<int> sign = order(*value, *bound);
      if (!sign) doubt_ = "whether a number is within its bounds";
      if (sign && (bound == &option.lowest ? *sign < 0 : *sign > 0))
        refuse_value(option, word, word + " is not in the range.");
    }
    return *value;
  }

  PyValue truth_of(const Option& option, const std::string& word) {
    std::string text = lower_case(word);
    text.erase(0, std::min(text.find_first_not_of(" \t\n"), text.size()));
    text.erase(text.find_last_not_of(" \t\n") + 1);
    static constexpr std::string_view yes[] = {"1", "true", "t", "yes", "y", "on"};
    static constexpr std::string_view no[] = {"0", "false", "f", "no", "n", "off"};
    if (std::find(std::begin(yes), std::end(yes), text) != std::end(yes)) return py_bool(true);
    if (std::find(std::begin(no), std::end(no), text) == std::end(no))
      refuse_value(option, word, fmt::format("'{}' is not a valid boolean.", word));
    return py_bool(false);
  }

  PyValue chosen(const Option& option, const std::string& word) {
    for (const PyValue& item : option.choices.items->items)
      if (item.text == word || (option.ignores_case && lower_case(item.text) == lower_case(word)))
        return item;
    refuse_value(option, word, fmt::format("'{}' is not one of the choices.", word));
    return py_none();
  }

  void run_command(const Option& commands) {
    if (rest_.empty()) {
      if (!parser_.runs_without_command) refuse(Refusal::other, "", "Missing command.");
      return;
    }
    for (const auto& [name, parser] : commands.commands) {
      if (name != rest_[0]) continue;
      Judgement inner = ClickReader(*parser).read({rest_.begin() + 1, rest_.end()});
      inner.given.insert(inner.given.begin(), judgement_.given.begin(), judgement_.given.end());
      inner.received.insert(inner.received.begin(), judgement_.received.begin(),
                            judgement_.received.end());
      judgement_ = std::move(inner);
      return;
    }
    const std::string& name = rest_[0];
    if (!name.empty() && std::isalnum(static_cast<unsigned char>(name[0])) == 0)
      return give_up("'" + name + "' is tried as an option once more");
    refuse(Refusal::other, rest_[0], fmt::format("No such command '{}'.", rest_[0]));
  }

  std::deque<std::string> left_;
  std::vector<std::string> rest_, order_;
  std::map<std::string, std::vector<std::vector<std::string>>> words_;
  std::map<std::string, std::string> flags_;
  bool helps_ = false;
  std::string doubt_;
};

}  // namespace

Judgement judge_click(const ArgumentParser& parser, const std::vector<std::string>& words) {
  return ClickReader(parser).read(words);
}

}  // namespace trainlint
