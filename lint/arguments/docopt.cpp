// docopt(): the options that the text names. How the usage lines fit is not followed.
#include <algorithm>
#include <cctype>

#include "lint/arguments/libraries.h"

namespace trainlint {

// "--learning-rate" of "--learning-rate=RATE" at the place; "" where no option stands there.
static std::string option_at(const std::string& text, size_t at) {
  size_t end = text.find_first_not_of('-', at);
  if (end == std::string::npos || end - at > 2) return {};
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                               text[end] == '-' || text[end] == '_'))
    ++end;
  std::string option = text.substr(at, end - at);
  return option.find_first_not_of('-') == std::string::npos ? "" : option;
}

static void read_text(ArgumentParser& parser, const std::string& text, const Place& place) {
  for (size_t at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || std::isspace(static_cast<unsigned char>(text[at - 1])) != 0 ||
                        std::string_view("[(|,").find(text[at - 1]) != std::string_view::npos;
    if (text[at] != '-' || !begins) continue;
    const std::string flag = option_at(text, at);
    if (flag.empty()) continue;
    at += flag.size();
    if (parser.find(flag) != nullptr) continue;
    auto option = std::make_shared<Option>();
    option->flags = {flag};
    option->dest = flag;
    option->nargs = Nargs::unknown;
    option->place = place;
    add_flag(parser, flag, option);
    parser.options.push_back(std::move(option));
  }
}

std::optional<PyValue> call_docopt(Interpreter& interpreter, Arguments& result,
                                   const PyArguments& arguments) {
  ArgumentParser parser;
  parser.library = ArgumentLibrary::docopt;
  parser.doubt = "how the usage lines fit is not followed";
  const PyValue* text = arguments.get(0, "doc");
  if (text != nullptr && text->is(PyKind::string) && !arguments.lost)
    read_text(parser, text->text, arguments.place);
  else
    open_up(parser, "the text is not known", arguments.place);
  const PyValue* words = arguments.get(1, "argv");
  const bool whole = words == nullptr || words->is(PyKind::none) ||
                     (!words->known() && words->text == "reads sys.argv" && words->number == 1);
  note_parse(interpreter, result, std::move(parser), arguments, ParseKind::strict,
             whole ? ParseInput::command_line : ParseInput::other);
  return py_unknown("what docopt gives", arguments.place);
}

// A long option that the text does not name, and none begins with, fits no usage.
Judgement judge_docopt(const ArgumentParser& parser, const std::vector<std::string>& words) {
  Judgement judgement;
  judgement.outcome = Outcome::not_known;
  judgement.message = parser.open ? *parser.open : parser.doubt;
  // docopt's own options end the program before anything is matched.
  auto may_help = [](const std::string& word) {
    return word.starts_with("--h") || word.starts_with("--v") ||
           (word.starts_with("-") && !word.starts_with("--") &&
            word.find('h') != std::string::npos);
  };
  if (parser.open || std::any_of(words.begin(), words.end(), may_help)) return judgement;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") break;
    if (!word.starts_with("--")) continue;
    const std::string flag = word.substr(0, word.find('='));
    const bool known = std::any_of(parser.flags.begin(), parser.flags.end(),
                                   [&](const auto& one) { return one.first.starts_with(flag); });
    // A word after an option may be its value.
    const bool may_be_value =
        i > 0 && words[i - 1].starts_with("-") && words[i - 1].find('=') == std::string::npos;
    if (known || may_be_value) continue;
    judgement.outcome = Outcome::refused;
    judgement.refusal = Refusal::unknown_option;
    judgement.word = word;
    judgement.message = "prints its usage";
    return judgement;
  }
  return judgement;
}

}  // namespace trainlint
