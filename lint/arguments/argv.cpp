// Programs that read elements of sys.argv themselves.
#include <algorithm>

#include "lint/arguments/libraries.h"

namespace trainlint {

// Is something inside a try statement, where an IndexError may be caught?
static bool is_tried(const Syntax& tree, const Span& span) {
  for (Syntax::Node node = 0; node < tree.nodes().size(); ++node) {
    if (tree.kind(node) != sym_try_statement) continue;
    const Span statement = tree.span(node);
    if (statement.begin <= span.begin && span.end <= statement.end) return true;
  }
  return false;
}

void ArgumentLibraries::reads_argv(Interpreter& interpreter, const PyValue& index,
                                   const Place& place) {
  if (result_ == nullptr || !index.is(PyKind::integer) || index.number < 1 || index.number > 99)
    return;
  const Syntax* tree = parsed(place.path);
  const bool sure = tree != nullptr && place.span && !is_tried(*tree, *place.span) &&
                    !interpreter.may_have_returned;
  result_->elements.push_back({index.number, sure, place});
}

// Every mention of sys.argv in these modules is one of the elements that were read.
static bool all_mentions_seen(const std::vector<Module>& modules, const Arguments& arguments) {
  size_t mentions = 0;
  for (const Module& module : modules) {
    std::string_view text = module.text();
    for (size_t at = text.find("sys.argv["); at != text.npos; at = text.find("sys.argv[", at + 1))
      ++mentions;
    size_t all = 0;
    for (size_t at = text.find("argv"); at != text.npos; at = text.find("argv", at + 1)) ++all;
    for (size_t at = text.find("sys.argv["); at != text.npos; at = text.find("sys.argv[", at + 1))
      --all;
    if (all != 0) return false;
  }
  std::vector<std::pair<std::string, uint32_t>> places;
  for (const ArgvElement& element : arguments.elements)
    places.emplace_back(element.place.path, element.place.span->begin);
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places.size() == mentions;
}

void note_argv(const std::vector<Module>& modules, Arguments& arguments) {
  if (arguments.elements.empty() || !arguments.parses.empty()) return;
  ArgumentParser parser;
  parser.library = ArgumentLibrary::argv;
  parser.allows_extra = true;
  if (!all_mentions_seen(modules, arguments))
    open_up(parser, "sys.argv is read elsewhere too", arguments.elements[0].place);
  int64_t count = 0;
  for (const ArgvElement& element : arguments.elements) {
    if (element.sure) count = std::max(count, element.index);
    if (!element.sure) parser.doubt = "it depends on what the program meets before";
  }
  for (int64_t i = 1; i <= count; ++i) {
    auto option = std::make_shared<Option>();
    option->dest = "sys.argv[" + std::to_string(i) + "]";
    option->required = true;
    option->place = arguments.elements[0].place;
    for (const ArgvElement& element : arguments.elements)
      if (element.index == i) option->place = element.place;
    parser.options.push_back(std::move(option));
  }
  Parse parse;
  parse.place = arguments.elements[0].place;
  if (!parser.options.empty()) parse.place = parser.options.back()->place;
  parser.place = parse.place;
  parse.parser = std::make_shared<const ArgumentParser>(std::move(parser));
  arguments.parses.push_back(std::move(parse));
}

Judgement judge_argv(const ArgumentParser& parser, const std::vector<std::string>& words) {
  Judgement judgement;
  for (size_t i = 0; i < parser.options.size(); ++i) {
    if (i < words.size()) {
      judgement.received.push_back({parser.options[i]->dest, py_string(words[i])});
      judgement.given.push_back(parser.options[i]->dest);
      continue;
    }
    judgement.outcome = Outcome::refused;
    judgement.refusal = Refusal::missing;
    judgement.message = "IndexError: list index out of range";
    judgement.option = parser.options[i].get();
    return judgement;
  }
  if (parser.open || !parser.doubt.empty()) {
    judgement.outcome = Outcome::not_known;
    judgement.message = parser.open.value_or(parser.doubt);
  }
  return judgement;
}

}  // namespace trainlint
