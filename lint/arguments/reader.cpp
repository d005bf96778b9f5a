#include "lint/arguments/reader.h"

#include <fmt/format.h>

#include "lint/project/pattern.h"

namespace trainlint {

std::string name_of(const Option& option) {
  if (!option.flags.empty()) return fmt::format("{}", fmt::join(option.flags, "/"));
  if (!option.metavar.empty()) return option.metavar;
  if (!option.no_dest && !option.dest.empty()) return option.dest;
  if (option.commands.empty()) return "None";
  std::vector<std::string> names;
  for (const auto& [name, parser] : option.commands) names.push_back(name);
  return fmt::format("{{{}}}", fmt::join(names, ","));
}

void CommandLineReader::refuse(std::string message, const Option* option) {
  if (stopped()) return;
  judgement_.outcome = Outcome::refused;
  judgement_.message = std::move(message);
  judgement_.option = option;
}

void CommandLineReader::refuse_argument(const Option& option, const std::string& message) {
  std::string name = name_of(option);
  refuse(name == "None" ? message : fmt::format("argument {}: {}", name, message), &option);
}

void CommandLineReader::give_up(std::string why) {
  if (stopped()) return;
  judgement_.outcome = Outcome::not_known;
  judgement_.message = std::move(why);
}

// The pattern of words that an option takes, as argparse writes it.
static std::string words_pattern(const Option& option) {
  std::string pattern;
  switch (option.nargs) {
    case Nargs::one:
      pattern = "(-*A-*)";
      break;
    case Nargs::optional:
      pattern = "(-*A?-*)";
      break;
    case Nargs::any:
      pattern = "(-*[A-]*)";
      break;
    case Nargs::some:
      pattern = "(-*A[A-]*)";
      break;
    case Nargs::remainder:
      pattern = "([AO-]*)";
      break;
    case Nargs::parser:
      pattern = "(-*A[AO-]*)";
      break;
    case Nargs::suppress:
      pattern = "(-*-*)";
      break;
    case Nargs::number:
    case Nargs::unknown:
      pattern = "(-*";
      for (int64_t i = 0; i < option.count; ++i) pattern += i == 0 ? "A" : "-*A";
      pattern += "-*)";
      break;
  }
  if (option.positional()) return pattern;
  std::string without;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '-')
      without += pattern[i];
    else if (i + 1 < pattern.size() && pattern[i + 1] == '*')
      ++i;
  }
  return without;
}

// How many words each group of the pattern takes from the start of the text.
static std::optional<std::vector<size_t>> match_words(const std::string& pattern,
                                                      std::string_view text) {
  std::optional<Pattern> compiled = compile_pattern(pattern, 0);
  if (!compiled) return std::nullopt;
  SearchResult result = search_pattern(*compiled, text, 0, Anchoring::at_start);
  if (!result.match) return std::nullopt;
  std::vector<size_t> counts;
  for (size_t i = 1; i < result.match->groups.size(); ++i) {
    const Extent& group = result.match->groups[i];
    counts.push_back(group.first == std::string::npos ? 0 : group.second - group.first);
  }
  return counts;
}

void CommandLineReader::set_defaults() {
  for (const std::shared_ptr<Option>& option : parser_.options) {
    if (option->no_dest || option->no_default || !option->dest_known) continue;
    if (find(option->dest) == nullptr) set(option->dest, option->preset);
  }
  for (const auto& [name, value] : parser_.defaults)
    if (find(name) == nullptr) set(name, value);
}

Judgement CommandLineReader::read(const std::vector<std::string>& words) {
  words_ = words;
  if (parser_.open) give_up("there may be options that are not seen: " + *parser_.open);
  for (const std::string& word : words_)
    if (!word.empty() && parser_.file_prefixes.find(word[0]) != std::string::npos)
      give_up("arguments are read from a file");
  set_defaults();
  recognise_all();
  if (!stopped()) take_turns();
  if (!stopped()) convert_defaults();
  if (!stopped()) check_required();
  if (!stopped()) check_groups();
  for (std::string& extra : command_extras_) judgement_.extras.push_back(std::move(extra));
  return std::move(judgement_);
}

void CommandLineReader::recognise_all() {
  bool only_arguments = false;
  for (size_t i = 0; i < words_.size() && !stopped(); ++i) {
    if (!only_arguments && words_[i] == "--") {
      pattern_ += '-';
      only_arguments = true;
      continue;
    }
    std::optional<Recognised> found = only_arguments ? std::nullopt : recognise(words_[i]);
    pattern_ += found ? 'O' : 'A';
    if (found) found_[i] = std::move(*found);
  }
}

static bool negative_number(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  std::string_view digits = word.substr(1);
  size_t point = digits.find('.');
  auto all = [](std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (point == std::string_view::npos) return all(digits);
  std::string_view after = digits.substr(point + 1);
  return all(digits.substr(0, point)) && !after.empty() && all(after);
}

std::optional<CommandLineReader::Recognised> CommandLineReader::recognise(const std::string& word) {
  if (word.empty() || parser_.prefixes.find(word[0]) == std::string::npos) return std::nullopt;
  if (const Option* option = parser_.find(word)) return Recognised{option, word, std::nullopt};
  if (word.size() == 1) return std::nullopt;
  if (size_t sign = word.find('='); sign != std::string::npos)
    if (const Option* option = parser_.find(word.substr(0, sign)))
      return Recognised{option, word.substr(0, sign), word.substr(sign + 1)};
  std::vector<Recognised> all = abbreviated(word);
  if (all.size() > 1) {
    std::vector<std::string> names;
    for (const Recognised& one : all) names.push_back(one.flag);
    refuse(fmt::format("ambiguous option: {} could match {}", word, fmt::join(names, ", ")));
    return std::nullopt;
  }
  if (all.size() == 1) return all[0];
  if (negative_number(word) && !parser_.negative_number_flags) return std::nullopt;
  if (word.find(' ') != std::string::npos) return std::nullopt;
  return Recognised{nullptr, word, std::nullopt};
}

std::vector<CommandLineReader::Recognised> CommandLineReader::abbreviated(
    const std::string& word) const {
  std::vector<Recognised> all;
  bool is_long = parser_.prefixes.find(word[1]) != std::string::npos;
  if (is_long && !parser_.abbreviations) return all;
  size_t sign = is_long ? word.find('=') : std::string::npos;
  std::string prefix = word.substr(0, sign);
  std::optional<std::string> attached;
  if (sign != std::string::npos) attached = word.substr(sign + 1);
  for (const auto& [flag, option] : parser_.flags) {
    if (!is_long && flag == word.substr(0, 2))
      all.push_back({option.get(), flag, word.substr(2)});
    else if (flag.starts_with(prefix))
      all.push_back({option.get(), flag, attached});
  }
  return all;
}

void CommandLineReader::take_turns() {
  for (const std::shared_ptr<Option>& option : parser_.options)
    if (option->positional()) positionals_.push_back(option.get());
  size_t at = 0;
  while (!stopped() && !found_.empty() && at <= found_.rbegin()->first) {
    size_t next = found_.lower_bound(at)->first;
    if (at != next) {
      size_t after = take_positionals(at);
      if (stopped()) return;
      bool moved = after > at;
      at = after;
      if (moved) continue;
    }
    if (!found_.contains(at)) {
      for (size_t i = at; i < next; ++i) judgement_.extras.push_back(words_[i]);
      at = next;
    }
    at = take_option(at);
  }
  if (stopped()) return;
  at = take_positionals(at);
  for (size_t i = at; i < words_.size(); ++i) judgement_.extras.push_back(words_[i]);
}

std::optional<size_t> CommandLineReader::match(const Option& option, std::string_view pattern) {
  if (option.nargs == Nargs::unknown || option.action == ActionKind::custom) {
    give_up("how many arguments " + name_of(option) + " takes is not known");
    return std::nullopt;
  }
  if (auto counts = match_words(words_pattern(option), pattern)) return counts->at(0);
  report_count(option);
  return std::nullopt;
}

void CommandLineReader::report_count(const Option& option) {
  if (option.nargs == Nargs::one)
    refuse_argument(option, "expected one argument");
  else if (option.nargs == Nargs::optional)
    refuse_argument(option, "expected at most one argument");
  else if (option.nargs == Nargs::some)
    refuse_argument(option, "expected at least one argument");
  else
    refuse_argument(
        option, fmt::format("expected {} argument{}", option.count, option.count == 1 ? "" : "s"));
}

// An option with something attached: "--name=value", "-nvalue", or several short ones in a word.
// Gives the index after the last word taken, or npos to go on with the next short option.
size_t CommandLineReader::take_attached(
    Recognised& found, size_t at,
    std::vector<std::pair<Recognised, std::vector<std::string>>>& taken) {
  std::optional<size_t> counted = match(*found.option, "A");
  if (!counted) return at + 1;
  const std::string attached = *found.attached;
  bool is_long = parser_.prefixes.find(found.flag[1]) != std::string::npos;
  if (*counted == 0 && !is_long && !attached.empty()) {
    taken.push_back({found, {}});
    std::string flag = found.flag.substr(0, 1) + attached.substr(0, 1);
    const Option* next = parser_.find(flag);
    if (next == nullptr)
      refuse_argument(*found.option, "ignored explicit argument " +
                                         python_repr(py_string(attached)).value_or("?"));
    found = {next, flag, std::nullopt};
    if (attached.size() > 1) found.attached = attached.substr(1);
    return std::string::npos;
  }
  if (*counted == 1)
    taken.push_back({found, {attached}});
  else
    refuse_argument(*found.option,
                    "ignored explicit argument " + python_repr(py_string(attached)).value_or("?"));
  return at + 1;
}

size_t CommandLineReader::take_option(size_t at) {
  Recognised found = found_[at];
  std::vector<std::pair<Recognised, std::vector<std::string>>> taken;
  size_t stop = at + 1;
  while (!stopped()) {
    if (found.option == nullptr) {
      judgement_.extras.push_back(words_[at]);
      return at + 1;
    }
    if (found.attached) {
      stop = take_attached(found, at, taken);
      if (stop == std::string::npos) continue;
      break;
    }
    std::optional<size_t> counted = match(*found.option, std::string_view(pattern_).substr(at + 1));
    if (!counted) return at + 1;
    stop = at + 1 + *counted;
    taken.push_back({found,
                     {words_.begin() + static_cast<ptrdiff_t>(at) + 1,
                      words_.begin() + static_cast<ptrdiff_t>(stop)}});
    break;
  }
  for (auto& [one, words] : taken)
    if (!stopped()) take(*one.option, std::move(words), one.flag);
  return stop;
}

size_t CommandLineReader::take_positionals(size_t at) {
  for (const Option* option : positionals_)
    if (option->nargs == Nargs::unknown || option->action == ActionKind::custom)
      give_up("how many arguments " + name_of(*option) + " takes is not known");
  if (stopped()) return at;
  std::string_view left = std::string_view(pattern_).substr(at);
  std::vector<size_t> counts;
  for (size_t number = positionals_.size(); number > 0; --number) {
    std::string pattern;
    for (size_t i = 0; i < number; ++i) pattern += words_pattern(*positionals_[i]);
    std::optional<std::vector<size_t>> found = match_words(pattern, left);
    if (!found) continue;
    counts = std::move(*found);
    break;
  }
  std::vector<const Option*> taken(positionals_.begin(),
                                   positionals_.begin() + static_cast<ptrdiff_t>(counts.size()));
  for (size_t i = 0; i < counts.size() && !stopped(); ++i) {
    auto first = words_.begin() + static_cast<ptrdiff_t>(at);
    std::vector<std::string> words(first, first + static_cast<ptrdiff_t>(counts[i]));
    at += counts[i];
    take(*taken[i], std::move(words), "");
  }
  positionals_.erase(positionals_.begin(),
                     positionals_.begin() + static_cast<ptrdiff_t>(counts.size()));
  return at;
}

void CommandLineReader::check_required() {
  std::vector<std::string> missing;
  const Option* first = nullptr;
  for (const std::shared_ptr<Option>& option : parser_.options) {
    if (seen_.contains(option.get())) continue;
    if (!option->required_known) give_up("whether " + name_of(*option) + " is required");
    if (!option->required) continue;
    if (first == nullptr) first = option.get();
    missing.push_back(name_of(*option));
  }
  if (!missing.empty())
    refuse(fmt::format("the following arguments are required: {}", fmt::join(missing, ", ")),
           first);
}

void CommandLineReader::check_groups() {
  for (const ExclusiveGroup& group : parser_.exclusive) {
    if (!group.required) continue;
    std::vector<std::string> names;
    bool present = false;
    for (const std::shared_ptr<Option>& option : group.options) {
      present |= seen_with_value_.contains(option.get());
      if (!option->hidden) names.push_back(name_of(*option));
    }
    if (!present) refuse(fmt::format("one of the arguments {} is required", fmt::join(names, " ")));
  }
}

// A default that is a text goes through type= too, where the command line has not set another.
void CommandLineReader::convert_defaults() {
  for (const std::shared_ptr<Option>& option : parser_.options) {
    if (seen_.contains(option.get()) || option->required) continue;
    // Only set_defaults() brings argparse.SUPPRESS, which is a text, to where it is converted.
    const std::string preset = option->no_default ? "==SUPPRESS==" : option->preset.text;
    if ((!option->preset.is(PyKind::string) && !option->no_default) || option->no_dest) continue;
    PyValue* value = find(option->dest);
    if (value == nullptr || !value->is(PyKind::string) || value->text != preset) continue;
    if (std::optional<PyValue> converted = value_of(*option, preset))
      set(option->dest, std::move(*converted));
    if (stopped()) return;
  }
}

}  // namespace trainlint
