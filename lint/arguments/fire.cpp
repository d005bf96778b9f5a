// fire.Fire(function): each parameter is an option, and an argument in its place. fire runs the
// function before it complains of what is left over.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lint/arguments/convert.h"
#include "lint/arguments/libraries.h"

namespace trainlint {

namespace {

// Does the function give back nothing, whatever happens? fire goes on with what it gives back.
bool gives_nothing(const PyFunction& function) {
  const Syntax& tree = function.source->syntax;
  if (function.generator || tree.kind(function.node) == sym_lambda) return false;
  if (tree.text(function.node).starts_with("async")) return false;
  for (Syntax::Node i = function.node + 1; i < tree[function.node].next;) {
    const uint16_t kind = tree.kind(i);
    if (kind == sym_return_statement && tree.text(i) != "return" && tree.text(i) != "return None")
      return false;
    const bool inner =
        kind == sym_function_definition || kind == sym_lambda || kind == sym_class_definition;
    i = inner ? tree[i].next : i + 1;
  }
  return true;
}

// Each parameter becomes an option.
void read_parameters(const PyFunction& function, ArgumentParser& parser) {
  const Syntax& tree = function.source->syntax;
  const Syntax::Node list = tree.field(function.node, field_parameters);
  bool only_keyword = false;
  for (Syntax::Node child = list == Syntax::none ? Syntax::none : tree.first(list);
       child != Syntax::none; child = tree.sibling(child, list)) {
    if (!tree.named(child) || tree.kind(child) == sym_comment) continue;
    std::string_view text = tree.text(child);
    if (tree.kind(child) == sym_keyword_separator || text.starts_with("*")) {
      only_keyword = true;
      parser.ignores_unknown |= text.starts_with("**");
      parser.allows_extra |= !text.starts_with("**") && text != "*";
      continue;
    }
    if (tree.kind(child) == sym_positional_separator) continue;
    const std::string name(text.substr(0, text.find_first_of(" :=\t\n")));
    auto option = std::make_shared<Option>();
    option->place = {function.source->path, tree.span(child)};
    option->dest = name;
    auto preset = function.defaults.find(name);
    option->required = preset == function.defaults.end();
    if (!option->required) option->preset = preset->second;
    option->nargs = only_keyword ? Nargs::one : Nargs::optional;
    option->flags = {"--" + name};
    add_flag(parser, "--" + name, option);
    std::string dashed = name;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    if (dashed != name) add_flag(parser, "--" + dashed, option);
    parser.options.push_back(std::move(option));
  }
}

bool is_flag(const std::string& word) {
  if (word.size() < 2 || word[0] != '-') return false;
  return word[1] == '-' || std::isalpha(static_cast<unsigned char>(word[1])) != 0;
}

class FireReader : LibraryReader {
 public:
  explicit FireReader(const ArgumentParser& parser) : LibraryReader(parser) {}

  Judgement read(const std::vector<std::string>& words) {
    for (const std::string& word : words)
      if (word == "-" || word == "--" || word == "-h" || word == "--help")
        give_up("'" + word + "' is fire's own");
    if (parser_.open) give_up("the component is not known: " + *parser_.open);
    for (size_t i = 0; i < words.size() && !stopped(); ++i) {
      if (is_flag(words[i]))
        i = take_flag(words, i);
      else
        arguments_.push_back(words[i]);
    }
    if (!stopped()) fill();
    if (!stopped()) report_left();
    return std::move(judgement_);
  }

 private:
  const Option* named(const std::string& key) const {
    for (const std::shared_ptr<Option>& option : parser_.options)
      if (option->dest == key) return option.get();
    return nullptr;
  }

  // The parameter that a key means, "" for none: its name, or its first letter.
  std::string keyword_of(const std::string& word, const std::string& key, bool is_switch) {
    const bool negated = is_switch && key.starts_with("no") && named(key.substr(2)) != nullptr;
    if (named(key) != nullptr || negated || parser_.ignores_unknown) return key;
    if (key.size() != 1) return {};
    std::vector<std::string> matches;
    for (const std::shared_ptr<Option>& option : parser_.options)
      if (option->dest.starts_with(key)) matches.push_back(option->dest);
    if (matches.size() > 1)
      refuse(Refusal::other, word,
             fmt::format("The argument '{}' is ambiguous as it could refer to any of the following "
                         "arguments: ['{}']",
                         word, fmt::join(matches, "', '")));
    return matches.size() == 1 ? matches[0] : "";
  }

  // Gives the index of the last word taken.
  size_t take_flag(const std::vector<std::string>& words, size_t at) {
    const std::string& word = words[at];
    const size_t sign = word.find('='), dashes = word.find_first_not_of('-');
    const bool attached = sign != std::string::npos;
    if (dashes == std::string::npos || (attached && dashes > sign)) {
      give_up("'" + word + "' is not followed");
      return at;
    }
    std::string key = word.substr(dashes, attached ? sign - dashes : sign);
    std::replace(key.begin(), key.end(), '-', '_');
    const bool is_switch = !attached && (at + 1 == words.size() || is_flag(words[at + 1]));
    std::string keyword = keyword_of(word, key, is_switch);
    const bool takes_next = !attached && !is_switch;
    if (keyword.empty()) {
      left_.push_back(word);
      if (takes_next) left_.push_back(words[at + 1]);
      return takes_next ? at + 1 : at;
    }
    std::string value = attached ? word.substr(sign + 1) : takes_next ? words[at + 1] : "True";
    if (is_switch && named(keyword) == nullptr && keyword.starts_with("no")) {
      keyword = keyword.substr(2);
      value = "False";
    }
    values_[keyword] = value;
    return takes_next ? at + 1 : at;
  }

  // Words become Python's literals where they are such.
  static PyValue literal(const std::string& word) {
    if (word == "True" || word == "False") return py_bool(word == "True");
    const bool digits = !word.empty() && word.size() < 10 && word[0] != '0' &&
                        word.find_first_not_of("0123456789") == std::string::npos;
    if (digits) return python_int(word).value_or(py_none());
    return py_unknown("a literal of Python's", {});
  }

  void fill() {
    for (const std::shared_ptr<Option>& option : parser_.options) {
      auto given = values_.find(option->dest);
      PyValue value = option->preset;
      if (given != values_.end()) {
        value = literal(given->second);
        judgement_.given.push_back(option->dest);
        values_.erase(given);
      } else if (option->nargs == Nargs::optional && !arguments_.empty()) {
        value = literal(arguments_.front());
        judgement_.given.push_back(option->dest);
        arguments_.erase(arguments_.begin());
      } else if (option->required) {
        return refuse(
            Refusal::missing, "",
            option->nargs == Nargs::optional
                ? "The function received no value for the required argument: " + option->dest
                : "Missing required flags: {'" + option->dest + "'}",
            option.get());
      }
      judgement_.received.push_back({option->dest, std::move(value)});
    }
    for (const auto& [name, word] : values_) judgement_.received.push_back({name, literal(word)});
    if (parser_.allows_extra) arguments_.clear();
  }

  void report_left() {
    arguments_.insert(arguments_.end(), left_.begin(), left_.end());
    if (arguments_.empty()) return;
    if (!parser_.doubt.empty()) return give_up(parser_.doubt);
    refuse(arguments_[0].starts_with("-") ? Refusal::unknown_option : Refusal::other, arguments_[0],
           "Could not consume arg: " + arguments_[0]);
  }

  std::map<std::string, std::string> values_;
  std::vector<std::string> arguments_, left_;
};

}  // namespace

std::optional<PyValue> call_fire(Interpreter& interpreter, Arguments& result,
                                 const PyArguments& arguments) {
  ArgumentParser parser;
  parser.library = ArgumentLibrary::fire;
  parser.abbreviations = false;
  const PyValue* component = arguments.get(0, "component");
  const PyValue* command = arguments.get(1, "command");
  if (component == nullptr || !component->is(PyKind::function) || arguments.lost) {
    open_up(parser, "what fire is given is no plain function of the package", arguments.place);
  } else {
    read_parameters(*component->function, parser);
    if (!gives_nothing(*component->function))
      parser.doubt = "what is left is tried on what the function gives back";
  }
  note_parse(interpreter, result, std::move(parser), arguments, ParseKind::strict,
             command == nullptr || command->is(PyKind::none) ? ParseInput::command_line
                                                             : ParseInput::other);
  return py_unknown("what fire's component gives", arguments.place);
}

Judgement judge_fire(const ArgumentParser& parser, const std::vector<std::string>& words) {
  return FireReader(parser).read(words);
}

}  // namespace trainlint
