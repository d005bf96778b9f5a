#include "lint/rule/user_arguments.h"

#include <algorithm>

#include "lint/launch/commands.h"
#include "lint/rule/tuning.h"
#include "lint/text/path.h"

namespace trainlint {

static bool takes_no_value(const Option& option) {
  return option.nargs == Nargs::number && option.count == 0 && !option.positional();
}

// A word that is left over because it follows an option that takes none: "--shuffle True".
static const Option* switch_before(const Parse& parse, const std::vector<std::string>& words,
                                   const std::string& extra) {
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] != extra || extra.starts_with("-")) continue;
    const Option* before = parse.parser->find(words[i - 1]);
    if (before != nullptr && takes_no_value(*before)) return before;
  }
  return nullptr;
}

bool rest_is_dropped(const Package& package, const Parse& parse) {
  const Module* module = package.module_at(parse.place.path);
  if (module == nullptr || !parse.place.span) return false;
  std::string_view text = module->text();
  if (text.substr(parse.place.span->end).starts_with("[0]")) return true;
  size_t line = text.rfind('\n', parse.place.span->begin) + 1;
  std::string_view before = text.substr(line, parse.place.span->begin - line);
  size_t comma = before.find(','), sign = before.find('=');
  if (comma == before.npos || sign == before.npos || sign < comma) return false;
  std::string_view name = before.substr(comma + 1, sign - comma - 1);
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  if (name == "_") return true;
  size_t uses = 0;
  for (Syntax::Node node = 0; node < module->syntax.nodes().size(); ++node)
    uses += module->syntax.kind(node) == sym_identifier && module->syntax.text(node) == name;
  return uses == 1;
}

static void explain_extras(const Package& package, const std::vector<std::string>& words,
                           JudgedArguments& judged) {
  const std::vector<std::string>& extras = judged.judgement.extras;
  for (const std::string& extra : extras) {
    judged.option = switch_before(*judged.parse, words, extra);
    if (judged.option == nullptr) continue;
    judged.fault = UserFault::value_for_switch;
    judged.word = extra;
    return;
  }
  bool strict =
      judged.parse->kind == ParseKind::strict || judged.parse->kind == ParseKind::intermixed;
  auto found = std::find_if(extras.begin(), extras.end(),
                            [](const std::string& word) { return word.starts_with("-"); });
  if (!strict && (found == extras.end() || !rest_is_dropped(package, *judged.parse))) return;
  judged.fault = strict ? UserFault::unknown_option : UserFault::swallowed;
  judged.word = found == extras.end() ? extras.front() : *found;
}

// Libraries other than argparse say themselves why they refuse.
static void judge_other_library(const Package& package, JudgedArguments& judged) {
  const Judgement& judgement = judged.judgement;
  judged.word = judgement.word;
  const std::vector<std::string>& extras = judgement.extras;
  auto unknown = std::find_if(extras.begin(), extras.end(),
                              [](const std::string& word) { return word.starts_with("-"); });
  if (judgement.outcome == Outcome::accepted && judged.parse->kind == ParseKind::known &&
      unknown != extras.end()) {
    const bool dropped = judged.parse->parser->library == ArgumentLibrary::tf_flags ||
                         rest_is_dropped(package, *judged.parse);
    if (dropped) judged.fault = UserFault::swallowed;
    judged.word = *unknown;
  }
  if (judgement.outcome != Outcome::refused) return;
  judged.fault = judgement.refusal == Refusal::unknown_option ? UserFault::unknown_option
                 : judgement.refusal == Refusal::missing      ? UserFault::missing
                                                              : UserFault::other;
}

static JudgedArguments judged_words(const Package& package, const Parse& parse,
                                    const std::vector<std::string>& words) {
  JudgedArguments judged;
  judged.parse = &parse;
  judged.place = first_line(package, parse.place);
  judged.judgement = judge(package.arguments(), parse, words);
  const Judgement& judgement = judged.judgement;
  judged.option = judgement.option;
  if (parse.parser->library != ArgumentLibrary::argparse) {
    judge_other_library(package, judged);
    return judged;
  }
  if (judgement.outcome != Outcome::accepted && judgement.outcome != Outcome::refused)
    return judged;
  if (!judgement.extras.empty() && (judgement.outcome == Outcome::accepted ||
                                    judgement.message.starts_with("unrecognized arguments"))) {
    explain_extras(package, words, judged);
    return judged;
  }
  if (judgement.outcome == Outcome::accepted) return judged;
  judged.fault = UserFault::other;
  if (judgement.message.starts_with("the following arguments are required"))
    judged.fault = UserFault::missing;
  if (judged.option && takes_no_value(*judged.option) &&
      judgement.message.find("ignored explicit argument") != std::string::npos)
    judged.fault = UserFault::value_for_switch;
  return judged;
}

// The job file that a command hands to gcloud; null where it is not seen, or not the only one of
// its name.
static const JobFile* job_file_of(const Package& package, const GcloudCommand& command) {
  const CommandWord* config = command.value_of("--config");
  if (config == nullptr || !config->known()) return nullptr;
  const JobFile* found = nullptr;
  for (const JobFile& file : package.launch.job_files) {
    if (file_name(file.path) != file_name(config->text)) continue;
    if (found != nullptr || file.binding == JobBinding::folder) return nullptr;
    found = &file;
  }
  return found;
}

// What the file of --config adds: its `args` where the command has none of its own, and the tuned
// parameters. False where that is not known.
static bool add_job_words(const Package& package, const GcloudCommand& command,
                          std::vector<std::string>& words) {
  if (command.value_of("--config") == nullptr) return true;
  const JobFile* file = job_file_of(package, command);
  if (file == nullptr) return false;
  const JobArguments arguments = arguments_of(package, *file);
  if (!arguments.complete) return false;
  if (command.user_arguments.empty())
    words.insert(words.end(), arguments.args.begin(), arguments.args.end());
  return add_tuned_words(package, *parser_for(package, *file), arguments.tuned, words);
}

// Whether what stands behind this word is its value: it is an option, and none that takes none.
static bool awaits_value(const ArgumentParser& parser, const std::string& word) {
  if (!word.starts_with('-') || word.find('=') != word.npos) return false;
  const Option* option = parser.find(word);
  return option == nullptr || !takes_no_value(*option);
}

// The trainer's words of a command in a script, with "1" for what only the running shell knows;
// nullopt where such a word may be an option. The value of an option is taken to be one word, also
// where nobody has put it in quotes.
static std::optional<std::vector<std::string>> words_of(const GcloudCommand& command,
                                                        const ArgumentParser& parser,
                                                        bool& all_known) {
  std::vector<std::string> words;
  for (const CommandWord& word : command.user_arguments) {
    if (word.known()) {
      words.push_back(word.text);
      continue;
    }
    all_known = false;
    const size_t sign = word.text.find('=');
    const bool has_value = word.text.starts_with('-') && sign < word.unknown_from;
    if (has_value) {
      words.push_back(word.text.substr(0, sign + 1) + "1");
    } else if (!words.empty() && awaits_value(parser, words.back())) {
      if (word.text.starts_with('-') && word.unknown_from > 0) return std::nullopt;
      words.emplace_back("1");
    } else if (word.splits || word.unknown_from == 0 || word.text.starts_with('-')) {
      return std::nullopt;
    } else {
      words.emplace_back("1");
    }
  }
  // The service adds its own --job-dir.
  if (command.value_of("--job-dir") != nullptr && parser.find("--job-dir") != nullptr)
    words.insert(words.end(), {"--job-dir", "1"});
  return words;
}

static bool starts_entry(const Package& package, const GcloudCommand& command) {
  if (!command.faults.empty()) return false;
  const std::optional<CommandWord> module = module_of(command);
  return module && module->text == package.launch.module;
}

std::optional<CommandWord> cut_off_by_comma(const GcloudCommand& command) {
  if (command.kind != GcloudKind::custom_job) return std::nullopt;
  for (const GcloudFlag& flag : command.flags) {
    // Who names a separator of their own knows.
    if (flag.name != "--args" || !flag.value || flag.value->text.starts_with('^')) continue;
    const std::vector<std::string_view> parts = gcloud_list(flag.value->text);
    for (size_t i = 0; i + 1 < parts.size() && flag.value->known(); ++i)
      if (parts[i].starts_with("--") && parts[i].find('=') != parts[i].npos &&
          !parts[i + 1].empty() && !parts[i + 1].starts_with('-'))
        return CommandWord{.text = std::string(parts[i + 1]), .span = flag.value->span};
  }
  return std::nullopt;
}

// Is this the word that is refused, or the option whose value is?
static bool is_about(const JudgedArguments& judged, const std::string& word) {
  if (!judged.word.empty() || judged.option == nullptr) return word == judged.word;
  const std::vector<std::string>& flags = judged.option->flags;
  return std::find(flags.begin(), flags.end(), word.substr(0, word.find('='))) != flags.end();
}

static void judge_command(const Package& package, const Parse& parse, const ScriptCommand& script,
                          std::vector<JudgedArguments>& all) {
  const GcloudCommand& command = script.command;
  bool all_known = true;
  if (!starts_entry(package, command)) return;
  std::optional<std::vector<std::string>> words = words_of(command, *parse.parser, all_known);
  if (!words) return;
  const bool job_known = add_job_words(package, command, *words);
  JudgedArguments judged = judged_words(package, parse, *words);
  if (judged.fault == UserFault::none || (judged.fault == UserFault::other && !all_known)) return;
  if (!all_known && judged.word == "1") return;
  if (!job_known && judged.fault == UserFault::missing) return;
  const std::optional<CommandWord> cut = cut_off_by_comma(command);
  if (cut && judged.fault == UserFault::unknown_option && judged.word == cut->text) return;
  if (!all_known && judged.fault == UserFault::unknown_option &&
      parse.parser->library == ArgumentLibrary::argparse)
    judged.judgement.message = "unrecognized arguments: " + judged.word;
  Span span = module_of(command)->span;
  for (size_t i = 0; i < command.user_arguments.size(); ++i) {
    if (!is_about(judged, (*words)[i])) continue;
    span = command.user_arguments[i].span;
    if (command.user_arguments[i].known()) break;
    judged.word.resize(std::min(judged.word.find('='), judged.word.size()));  // without our "1"
    break;
  }
  judged.place = {script.path, span};
  all.push_back(std::move(judged));
}

// A job file that starts the entry module itself, with arguments of its own.
static void judge_job(const Package& package, const Parse& parse, const JobFile& file,
                      std::vector<JudgedArguments>& all) {
  if (file.binding == JobBinding::folder && file.kind == JobKind::training) return;
  JobArguments arguments = arguments_of(package, file);
  if (!arguments.complete || !arguments.has_args) return;
  const bool overridden =
      file.kind == JobKind::training &&
      (!package.launch.user_arguments.empty() ||
       std::any_of(
           package.launch.commands.begin(), package.launch.commands.end(),
           [](const ScriptCommand& script) { return !script.command.user_arguments.empty(); }));
  if (overridden) return;
  std::vector<std::string> words = arguments.args;
  if (!add_tuned_words(package, parse, arguments.tuned, words)) return;
  if (file.kind == JobKind::training && parse.parser->find("--job-dir") != nullptr)
    words.insert(words.end(), {"--job-dir", "1"});
  JudgedArguments judged = judged_words(package, parse, words);
  if (judged.fault == UserFault::none) return;
  judged.place = arguments.places.front();
  for (size_t i = 0; i < arguments.args.size(); ++i)
    if (arguments.args[i] == judged.word) judged.place = arguments.places[i];
  all.push_back(std::move(judged));
}

// The arguments on trainlint's own command line, with what --job-config tunes.
static void judge_own(const Package& package, const Parse& parse,
                      std::vector<JudgedArguments>& all) {
  std::vector<std::string> words = package.launch.user_arguments;
  for (const JobFile& file : package.launch.job_files) {
    if (file.binding != JobBinding::given) continue;
    add_tuned_words(package, parse, arguments_of(package, file).tuned, words);
  }
  all.push_back(judged_words(package, parse, words));
}

std::vector<JudgedArguments> judge_user_arguments(const Package& package) {
  std::vector<JudgedArguments> all;
  const Launch& launch = package.launch;
  if (launch.user_arguments.empty() && launch.commands.empty() && launch.job_files.empty())
    return all;
  const Parse* parse = closed_reader(package);
  if (parse == nullptr) return all;
  if (!launch.user_arguments.empty()) judge_own(package, *parse, all);
  for (const ScriptCommand& command : launch.commands) judge_command(package, *parse, command, all);
  for (const JobFile& file : launch.job_files) judge_job(package, *parse, file, all);
  return all;
}

void report_refusals(const Package& package, Report& report, UserFault fault) {
  for (const JudgedArguments& judged : judge_user_arguments(package)) {
    if (judged.fault != fault) continue;
    Report::Added added = report(judged.place, "the trainer ends with \"{}\"",
                                 last_words(*judged.parse->parser, judged.judgement));
    if (judged.option) added.note("added here", first_line(package, judged.option->place));
  }
}

}  // namespace trainlint
