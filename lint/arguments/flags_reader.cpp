// A command line as absl.flags reads it (absl/flags/_flagvalues.py, from 0.15 on).
#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "lint/arguments/convert.h"
#include "lint/arguments/libraries.h"

namespace trainlint {

namespace {

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// int(text, base) where the base is written in front: "0x1f", "0o17".
std::optional<PyValue> flag_int(const std::string& word) {
  const bool based = word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'o');
  if (!based) return python_int(word);
  const int base = word[1] == 'x' ? 16 : 8;
  int64_t value = 0;
  for (char c : word.substr(2)) {
    if (c == '_' || std::isspace(static_cast<unsigned char>(c)) || value > (int64_t{1} << 50))
      return py_unknown("a number of another base", {});
    const int digit = std::isdigit(static_cast<unsigned char>(c)) ? c - '0'
                      : std::isxdigit(static_cast<unsigned char>(c))
                          ? std::tolower(static_cast<unsigned char>(c)) - 'a' + 10
                          : 99;
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
  }
  return py_int(value);
}

FlagValue flag_number(const Option& option, const std::string& word) {
  FlagValue read;
  auto value = option.type.text == "int" ? flag_int(word) : python_float(word);
  read.refused = !value;
  if (!value) return read;
  read.may_refuse = !value->known();
  for (const PyValue* bound : {&option.lowest, &option.highest}) {
    if (bound->is(PyKind::none)) continue;
    std::optional<int> sign = order(*value, *bound);
    read.may_refuse |= !sign;
    if (sign && (bound == &option.lowest ? *sign < 0 : *sign > 0)) read.refused = true;
  }
  read.value = std::move(*value);
  return read;
}

FlagValue flag_choice(const Option& option, const std::string& word) {
  for (const PyValue& item : option.choices.items->items) {
    if (!item.is(PyKind::string)) return {false, true, py_unknown("a value", {})};
    const bool same =
        option.ignores_case ? lower_case(item.text) == lower_case(word) : item.text == word;
    if (same) return {false, false, item};
  }
  return {true, false, {}};
}

FlagValue flag_list(const Option& option, const std::string& word) {
  PyValue list = py_container(PyKind::list);
  const bool commas = option.type.text == "absl.list";
  if (commas && word.find_first_of("\"\n\r") != std::string::npos)
    return {false, true, py_unknown("a quoted list", {})};
  std::string item;
  auto finish = [&] {
    const size_t first = item.find_first_not_of(" \t\n\r\f\v");
    if (first != std::string::npos)
      item = item.substr(first, item.find_last_not_of(" \t\n\r\f\v") - first + 1);
    else
      item.clear();
    if (commas || !item.empty()) list.items->items.push_back(py_string(item));
    item.clear();
  };
  for (char c : word) {
    if (commas ? c == ',' : std::isspace(static_cast<unsigned char>(c)) != 0)
      finish();
    else
      item += c;
  }
  if (!word.empty()) finish();
  return {false, false, std::move(list)};
}

// Flags that absl itself defines: a value follows, or none does.
constexpr std::string_view own_switches[] = {"logtostderr",        "alsologtostderr",
                                             "showprefixforinfo",  "run_with_pdb",
                                             "pdb_post_mortem",    "pdb",
                                             "run_with_profiling", "use_cprofile_for_profiling",
                                             "only_check_args"};
constexpr std::string_view own_values[] = {"log_dir",         "verbosity",     "v",
                                           "stderrthreshold", "logger_levels", "profile_file"};
constexpr std::string_view help_flags[] = {"help", "?", "helpshort", "helpfull", "helpxml"};

template <size_t Size>
bool is_one_of(const std::string_view (&names)[Size], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class FlagReader : LibraryReader {
 public:
  FlagReader(const ArgumentParser& parser, ParseKind kind) : LibraryReader(parser), kind_(kind) {}

  Judgement read(const std::vector<std::string>& words) {
    for (const std::shared_ptr<Option>& option : parser_.options)
      judgement_.received.push_back({option->dest, option->preset});
    for (at_ = 0; at_ < words.size() && !stopped(); ++at_)
      if (!take(words)) break;
    for (size_t i = at_; i < words.size(); ++i) judgement_.extras.push_back(words[i]);
    if (!stopped()) report_unknown();
    if (!stopped()) check_required();
    if (!stopped() && !doubt_.empty()) give_up(doubt_);
    return std::move(judgement_);
  }

 private:
  // Reads the word at `at_` and what it takes; false where all that follows are arguments.
  bool take(const std::vector<std::string>& words) {
    const std::string& word = words[at_];
    const size_t dashes = word.starts_with("--") ? 2 : 1;
    if (!word.starts_with("-") || word == "-") return judgement_.extras.push_back(word), true;
    if (word == "--") {
      if (kind_ == ParseKind::strict) ++at_;
      return false;
    }
    const size_t sign = word.find('=');
    std::string name = word.substr(dashes, sign == std::string::npos ? sign : sign - dashes);
    std::optional<std::string> value;
    if (sign != std::string::npos) value = word.substr(sign + 1);
    if (name.empty()) return judgement_.extras.push_back(word), true;
    if (name == "flagfile" || name == "undefok")
      return give_up("--" + name + " of absl is not followed"), true;
    const Option* option = parser_.find("--" + name);
    bool no = false;
    if (option == nullptr && name.starts_with("no") && name.size() > 2) {
      option = parser_.find("--" + name.substr(2));
      no = option != nullptr && option->action == ActionKind::boolean;
      if (!no) option = nullptr;
    }
    if (option == nullptr) return take_own(words, name, value), true;
    if (no && value)
      return refuse(Refusal::other, word, word + " does not take an argument", option), true;
    if (no) value = "false";
    if (!value && option->action == ActionKind::boolean) value = "true";
    if (!value && at_ + 1 < words.size()) value = words[++at_];
    if (!value)
      refuse(Refusal::other, word, "Missing value for flag " + word, option);
    else
      set(*option, *value, word);
    return true;
  }

  void take_own(const std::vector<std::string>& words, const std::string& name,
                const std::optional<std::string>& value) {
    const std::string positive = name.starts_with("no") ? name.substr(2) : name;
    if (is_one_of(help_flags, name)) {
      judgement_.outcome = Outcome::exits;
      judgement_.message = "prints its help";
    } else if (is_one_of(own_switches, name) || is_one_of(own_switches, positive)) {
      doubt_ = "--" + name + " is absl's own";
    } else if (is_one_of(own_values, name)) {
      doubt_ = "--" + name + " is absl's own";
      if (!value) ++at_;
    } else if (kind_ == ParseKind::known && !parser_.open) {
      judgement_.extras.push_back(words[at_]);
    } else {
      unknown_.push_back({name, words[at_]});
    }
  }

  void set(const Option& option, const std::string& value, const std::string& word) {
    FlagValue read = flag_value(option, value);
    if (!option.doubt.empty()) read = {false, true, py_unknown(option.doubt, {})};
    if (read.refused)
      return refuse(Refusal::other, word,
                    fmt::format("flag --{}={}: it is refused", option.dest, value), &option);
    if (read.may_refuse) doubt_ = "what the flag --" + option.dest + " makes of its value";
    judgement_.given.push_back(option.dest);
    for (Received& received : judgement_.received) {
      if (received.dest != option.dest) continue;
      if (option.action != ActionKind::append) {
        received.value = std::move(read.value);
      } else {
        if (!present_.contains(&option)) received.value = py_container(PyKind::list);
        received.value.items = std::make_shared<PyItems>(*received.value.items);
        received.value.items->items.push_back(std::move(read.value));
      }
      break;
    }
    present_.insert(&option);
  }

  // What is not defined here may be elsewhere.
  void report_unknown() {
    if (unknown_.empty()) return;
    if (parser_.open) return give_up("there may be flags that are not seen: " + *parser_.open);
    const auto& [name, word] = unknown_.front();
    refuse(Refusal::unknown_option, word, fmt::format("Unknown command line flag '{}'", name));
  }

  void check_required() {
    for (const std::shared_ptr<Option>& option : parser_.options) {
      if (!option->required || present_.contains(option.get())) continue;
      if (!option->required_known || !option->preset.known())
        give_up("whether --" + option->dest + " is required");
      if (!option->preset.is(PyKind::none)) continue;
      refuse(Refusal::missing, "",
             fmt::format("Flag --{} must have a value other than None.", option->dest),
             option.get());
    }
    if (parser_.open) give_up("there may be flags that are not seen: " + *parser_.open);
    if (!parser_.doubt.empty()) give_up(parser_.doubt);
  }

  ParseKind kind_;
  size_t at_ = 0;
  std::string doubt_;
  std::set<const Option*> present_;
  std::vector<std::pair<std::string, std::string>> unknown_;
};

}  // namespace

FlagValue flag_value(const Option& option, const std::string& word) {
  if (option.choices.is(PyKind::list)) return flag_choice(option, word);
  if (option.action == ActionKind::boolean) {
    const std::string text = lower_case(word);
    const bool yes = text == "true" || text == "t" || text == "1";
    const bool no = text == "false" || text == "f" || text == "0";
    return {!yes && !no, false, py_bool(yes)};
  }
  if (!option.type.is(PyKind::library)) return {false, false, py_string(word)};
  if (option.type.text == "int" || option.type.text == "float") return flag_number(option, word);
  if (option.type.text == "absl.enum_class") return {false, true, py_unknown("a member", {})};
  return flag_list(option, word);
}

Judgement judge_flags(const ArgumentParser& parser, ParseKind kind,
                      const std::vector<std::string>& words) {
  return FlagReader(parser, kind).read(words);
}

}  // namespace trainlint
