#include "lint/rule/user_arguments.h"

#include <algorithm>

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

// "args, rest = parser.parse_known_args()": is `rest` a name that is used nowhere else?
static bool rest_is_dropped(const Package& package, const Parse& parse) {
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

static void explain_extras(const Package& package, JudgedArguments& judged) {
  const std::vector<std::string>& words = package.launch.user_arguments;
  const std::vector<std::string>& extras = judged.judgement.extras;
  for (const std::string& extra : extras) {
    judged.option = switch_before(*judged.parse, words, extra);
    if (judged.option == nullptr) continue;
    judged.fault = UserFault::value_for_switch;
    judged.word = extra;
    return;
  }
  bool strict = judged.parse->kind == ParseKind::strict;
  auto found = std::find_if(extras.begin(), extras.end(),
                            [](const std::string& word) { return word.starts_with("-"); });
  if (!strict && (found == extras.end() || !rest_is_dropped(package, *judged.parse))) return;
  judged.fault = strict ? UserFault::unknown_option : UserFault::swallowed;
  judged.word = found == extras.end() ? extras.front() : *found;
}

std::optional<JudgedArguments> judge_user_arguments(const Package& package) {
  const std::vector<std::string>& words = package.launch.user_arguments;
  const Parse* parse = words.empty() ? nullptr : closed_parse(package);
  if (parse == nullptr) return std::nullopt;
  JudgedArguments judged;
  judged.parse = parse;
  judged.judgement = judge(package.arguments(), *parse, words);
  const Judgement& judgement = judged.judgement;
  if (judgement.outcome != Outcome::accepted && judgement.outcome != Outcome::refused)
    return std::nullopt;
  judged.option = judgement.option;
  if (!judgement.extras.empty() && (judgement.outcome == Outcome::accepted ||
                                    judgement.message.starts_with("unrecognized arguments"))) {
    explain_extras(package, judged);
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

}  // namespace trainlint
