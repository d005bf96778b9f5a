#include "lint/launch/gcloud.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/facts/gcloud.h"

namespace trainlint {

namespace {

using facts::gcloud::Command;
using facts::gcloud::Flag;

constexpr std::array<std::string_view, 5> kinds = {"submit_training", "local_train", "custom_job",
                                                   "local_run", "hp_tuning_job"};

bool has_prefix(std::string_view words, std::string_view prefix) {
  return words.starts_with(prefix) &&
         (words.size() == prefix.size() || words[prefix.size()] == ' ');
}

// As argparse tells flags from values, but for flags that it knows: "-1" is a number, and what
// holds a blank is a value.
bool looks_like_flag(std::string_view text) {
  if (text.size() < 2 || text[0] != '-') return false;
  std::string_view rest = text.substr(1);
  bool number = rest.find_first_not_of("0123456789.") == std::string_view::npos;
  return !number && text.find(' ') == std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(std::span<const CommandWord> words) : words_(words) {}

  std::optional<GcloudCommand> read();

 private:
  const Flag* find_flag(std::string_view name) const;
  bool is_flag(const CommandWord& word) const;
  bool skip_global_flag();
  bool read_command_words();
  void read_words();
  void read_flag(const CommandWord& word);
  void read_value(const Flag& flag, GcloudFlag& given);
  std::string said_before(const Flag& flag, const GcloudFlag& given) const;
  void read_operand(const CommandWord& word);
  void check_combinations();
  bool is_given(std::string_view flag) const { return command_.value_of(flag) || has_switch(flag); }
  bool has_switch(std::string_view flag) const;
  void fault(GcloudFaultKind kind, Span span, std::string word, std::string message) {
    command_.faults.push_back({kind, span, std::move(message), std::move(word)});
  }

  std::span<const CommandWord> words_;
  size_t at_ = 0;
  const Command* row_ = nullptr;
  GcloudCommand command_{};
  bool after_unknown_flag_ = false;
};

const Flag* Reader::find_flag(std::string_view name) const {
  for (const Flag& flag : facts::gcloud::flags) {
    bool here = flag.command.empty() || (row_ && flag.command == row_->id);
    if (!here || (flag.beta && !command_.beta)) continue;
    if (flag.name == name) return &flag;
    // Every switch of a command can be taken back: --no-async.
    if (flag.value == "none" && !flag.command.empty() && name.starts_with("--no-") &&
        flag.name.substr(2) == name.substr(5))
      return &flag;
  }
  return nullptr;
}

bool Reader::is_flag(const CommandWord& word) const {
  std::string_view text = word.text;
  return looks_like_flag(text) ||
         (text.starts_with('-') && find_flag(text.substr(0, text.find('='))));
}

// Flags that all of gcloud's commands have may stand between the words of the command.
bool Reader::skip_global_flag() {
  const CommandWord& word = words_[at_];
  size_t equals = word.text.find('=');
  const Flag* flag = find_flag(std::string_view(word.text).substr(0, equals));
  if (!flag) return false;
  at_ += flag->value != "none" && equals == std::string::npos ? 2 : 1;
  return true;
}

bool Reader::read_command_words() {
  std::string words;
  while (at_ < words_.size()) {
    const CommandWord& word = words_[at_];
    if (!word.known() && word.unknown_from == 0) return false;
    if (word.text.starts_with('-')) {
      if (!skip_global_flag()) return false;
      continue;
    }
    ++at_;
    if (words.empty() && (word.text == "beta" || word.text == "alpha")) {
      command_.beta = true;
      continue;
    }
    words += (words.empty() ? "" : " ") + (word.text == "ml-engine" ? "ai-platform" : word.text);
    bool begins_one = false;
    for (const Command& row : facts::gcloud::commands) {
      begins_one = begins_one || has_prefix(row.words, words);
      if (row.words != words) continue;
      row_ = &row;
      return true;
    }
    if (!begins_one) return false;
  }
  return false;
}

void Reader::read_flag(const CommandWord& word) {
  const size_t equals = word.text.find('=');
  const std::string name = word.text.substr(0, equals);
  const auto length = static_cast<uint32_t>(name.size());
  Span span = word.span;
  if (span.end > span.begin + length && equals != std::string::npos) span.end = span.begin + length;
  const Flag* flag = find_flag(name);
  if (!flag) {
    fault(GcloudFaultKind::unknown_flag, span, name,
          fmt::format("gcloud has no flag '{}' here", name));
    after_unknown_flag_ = equals == std::string::npos;
    return;
  }
  GcloudFlag given{std::string(flag->name), std::nullopt, span};
  if (equals != std::string::npos) {
    CommandWord value = word;
    value.text.erase(0, equals + 1);
    if (!value.known()) value.unknown_from -= equals + 1;
    value.splits = false;
    if (word.span.end > word.span.begin) value.span.begin = span.end + 1;
    given.value = std::move(value);
  }
  read_value(*flag, given);
  command_.open = command_.open || flag->name == "--flags-file";
  command_.flags.push_back(std::move(given));
}

void Reader::read_value(const Flag& flag, GcloudFlag& given) {
  if (flag.value == "none") {
    if (given.value)
      fault(GcloudFaultKind::value, given.span, given.name,
            fmt::format("'{}' is a switch and takes no value", given.name));
    given.value.reset();
    return;
  }
  if (!given.value) {
    // A word of unknown text counts as the value, although the shell may make none of it.
    bool here = at_ < words_.size() && words_[at_].text != "--" &&
                !(words_[at_].unknown_from != 0 && is_flag(words_[at_]));
    if (!here) {
      fault(GcloudFaultKind::value, given.span, given.name,
            fmt::format("'{}' wants a value", given.name));
      return;
    }
    given.value = words_[at_++];
    command_.open = command_.open || given.value->splits;
  }
  if (!given.value->known()) return;
  std::string wrong = gcloud_value_fault(flag.value, flag.choices, given.value->text);
  if (wrong.empty() && flag.repeated && flag.value != "worker_pool")
    wrong = said_before(flag, given);
  if (!wrong.empty())
    fault(GcloudFaultKind::value, given.value->span, given.name,
          fmt::format("{}: {}", given.name, wrong));
}

std::string Reader::said_before(const Flag& flag, const GcloudFlag& given) const {
  for (const GcloudFlag& earlier : command_.flags) {
    if (earlier.name != given.name || !earlier.value || !earlier.value->known()) continue;
    std::string element =
        gcloud_repeated_element(flag.value, earlier.value->text, given.value->text);
    if (!element.empty()) return fmt::format("'{}' is given already", element);
  }
  return "";
}

void Reader::read_operand(const CommandWord& word) {
  if (row_->job && !command_.job) {
    command_.job = word;
  } else if (!after_unknown_flag_) {
    fault(GcloudFaultKind::operand, word.span, word.text,
          fmt::format("gcloud takes no '{}' here", word.text));
  }
  after_unknown_flag_ = false;
}

void Reader::read_words() {
  while (at_ < words_.size()) {
    const CommandWord& word = words_[at_++];
    if (word.text == "--" && word.known()) {
      for (const CommandWord& own : words_.subspan(at_)) command_.user_arguments.push_back(own);
      if (!row_->user_arguments)
        fault(GcloudFaultKind::operand, word.span, "--",
              "this command takes no arguments after '--'");
      return;
    }
    if (word.unknown_from == 0 || (!word.known() && word.text.find('=') > word.unknown_from)) {
      // The job's name, as nearly always, or anything else.
      if (row_->job && !command_.job && !word.splits)
        command_.job = word;
      else
        command_.open = true;
      after_unknown_flag_ = false;
    } else if (is_flag(word)) {
      after_unknown_flag_ = false;
      read_flag(word);
    } else {
      read_operand(word);
    }
  }
}

bool Reader::has_switch(std::string_view flag) const {
  return std::any_of(command_.flags.begin(), command_.flags.end(),
                     [&](const GcloudFlag& given) { return given.name == flag; });
}

void Reader::check_combinations() {
  const Span whole = words_.front().span;
  auto refuse = [&](std::string_view flag, std::string message) {
    fault(GcloudFaultKind::combination, whole, std::string(flag), std::move(message));
  };
  for (const facts::gcloud::Group& group : facts::gcloud::groups) {
    if (group.command != row_->id) continue;
    auto given = std::count_if(group.flags.begin(), group.flags.end(),
                               [&](std::string_view flag) { return is_given(flag); });
    const auto size = static_cast<std::ptrdiff_t>(group.flags.size());
    const std::string names = fmt::format("{}", fmt::join(group.flags, ", "));
    if (group.kind == "mutex" && given > 1)
      refuse(group.flags[0], fmt::format("at most one of {} can be given", names));
    if (command_.open) continue;  // what seems to be missing may be there
    if (group.kind == "together" && given > 0 && given < size)
      refuse(group.flags[0], fmt::format("{} can only be given together", names));
    if (group.kind == "needs" && given > 0 && !is_given(group.needed))
      refuse(group.needed, fmt::format("{} is wanted with {}", group.needed, names));
    if (group.kind == "at_least_one" && given == 0)
      refuse(group.flags[0], fmt::format("one of {} is wanted", names));
  }
  if (command_.open) return;
  for (const Flag& flag : facts::gcloud::flags)
    if (flag.command == row_->id && flag.required && !is_given(flag.name))
      refuse(flag.name, fmt::format("{} is wanted", flag.name));
  if (row_->job && !command_.job)
    fault(GcloudFaultKind::operand, whole, "JOB", "the job's name is missing");
}

std::optional<GcloudCommand> Reader::read() {
  if (words_.empty() || !words_[0].known()) return std::nullopt;
  std::string_view program = words_[0].text;
  if (program.substr(program.rfind('/') + 1) != "gcloud") return std::nullopt;
  at_ = 1;
  if (!read_command_words()) return std::nullopt;
  auto kind = std::find(kinds.begin(), kinds.end(), row_->id);
  command_.kind = static_cast<GcloudKind>(kind - kinds.begin());
  read_words();
  if (has_switch("--help") || has_switch("-h")) return std::nullopt;
  check_combinations();
  return std::move(command_);
}

}  // namespace

const CommandWord* GcloudCommand::value_of(std::string_view flag) const {
  const CommandWord* last = nullptr;
  for (const GcloudFlag& given : flags)
    if (given.name == flag && given.value) last = &*given.value;
  return last;
}

std::vector<std::string> gcloud_flag_names(const GcloudCommand& command) {
  std::vector<std::string> names;
  for (const Flag& flag : facts::gcloud::flags) {
    bool here = flag.command.empty() || flag.command == kinds[static_cast<size_t>(command.kind)];
    if (here && (!flag.beta || command.beta)) names.emplace_back(flag.name);
  }
  return names;
}

std::optional<GcloudCommand> read_gcloud_command(std::span<const CommandWord> words) {
  return Reader(words).read();
}

}  // namespace trainlint
