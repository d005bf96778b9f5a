// parse_intermixed_args(): the options are read first, as if nothing else were there, and then the
// positional arguments from what is left.
#include <algorithm>
#include <map>

#include "lint/arguments/reader.h"

namespace trainlint {

namespace {

bool is_any_positional(const std::shared_ptr<Option>& option) {
  return option->positional();
}

// What CPython answers with a TypeError.
bool cannot_be_intermixed(const ArgumentParser& parser) {
  const bool takes_rest =
      std::any_of(parser.options.begin(), parser.options.end(), [](const auto& option) {
        return option->positional() &&
               (option->nargs == Nargs::parser || option->nargs == Nargs::remainder);
      });
  return takes_rest ||
         std::any_of(parser.exclusive.begin(), parser.exclusive.end(), [](const auto& group) {
           return std::any_of(group.options.begin(), group.options.end(), is_any_positional);
         });
}

// A parser whose options are its own, each changed first.
template <class Change>
ArgumentParser changed(const ArgumentParser& parser, Change change) {
  ArgumentParser copy = parser;
  std::map<const Option*, std::shared_ptr<Option>> copies;
  auto own = [&](std::shared_ptr<Option>& option) {
    std::shared_ptr<Option>& made = copies[option.get()];
    if (!made) {
      made = std::make_shared<Option>(*option);
      change(*made);
    }
    option = made;
  };
  for (std::shared_ptr<Option>& option : copy.options) own(option);
  for (auto& [flag, option] : copy.flags) own(option);
  for (ExclusiveGroup& group : copy.exclusive)
    for (std::shared_ptr<Option>& option : group.options) own(option);
  return copy;
}

void drop_positional(Option& option) {
  if (!option.positional()) return;
  option.nargs = Nargs::suppress;
  option.no_default = true;
}

void drop_requirement(Option& option) {
  if (option.positional()) return;
  option.required = false;
  option.required_known = true;
}

}  // namespace

Judgement read_intermixed(const ArgumentParser& parser, Interpreter* interpreter,
                          const std::string& program, const std::vector<std::string>& words) {
  Judgement judgement;
  if (cannot_be_intermixed(parser)) {
    judgement.outcome = Outcome::not_known;
    judgement.message = "parse_intermixed_args() does not take such a parser";
    return judgement;
  }
  const ArgumentParser options = changed(parser, drop_positional);
  judgement = CommandLineReader(options, interpreter, program).read(words);
  if (judgement.outcome != Outcome::accepted) return judgement;
  std::erase_if(judgement.received, [&](const Received& received) {
    const bool empty = received.value.is(PyKind::list) && received.value.items->items.empty();
    return empty && std::any_of(parser.options.begin(), parser.options.end(), [&](const auto& one) {
             return one->positional() && one->dest == received.dest;
           });
  });
  ArgumentParser rest = changed(parser, drop_requirement);
  for (ExclusiveGroup& group : rest.exclusive) group.required = false;
  CommandLineReader reader(rest, interpreter, program);
  reader.start_with(std::move(judgement.received), std::move(judgement.given));
  return reader.read(judgement.extras);
}

}  // namespace trainlint
