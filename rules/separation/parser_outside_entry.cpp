#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/roles.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

// What else the module is for, of the duties that are the model's.
static const Fulfilled* duty_of_model(const std::vector<Fulfilled>& roles, std::string_view path) {
  auto found = std::find_if(roles.begin(), roles.end(), [&](const Fulfilled& one) {
    return one.place.path == path && (one.duty == Duty::model || one.duty == Duty::training_loop ||
                                      one.duty == Duty::data_input);
  });
  return found == roles.end() ? nullptr : &*found;
}

// What is read when the module is imported is what import-time-work is about.
static bool is_in_function(const Module& module, const Place& place) {
  return std::any_of(module.calls.begin(), module.calls.end(), [&](const Call& call) {
    return place.span && module.syntax.span(call.node) == *place.span &&
           function_around(module.syntax, call.node) != Syntax::none;
  });
}

static void check(const Package& package, Report& report) {
  if (package.graph.entry == no_module) return;
  const Module& entry = package.modules[package.graph.entry];
  for (const Parse& parse : package.arguments().parses) {
    const Module* module = package.module_at(parse.place.path);
    if (parse.input != ParseInput::command_line || module == nullptr || module == &entry ||
        !is_in_function(*module, parse.place))
      continue;
    const std::vector<Fulfilled> roles = roles_of(package);
    const Fulfilled* other = duty_of_model(roles, module->path);
    if (other == nullptr) continue;
    report(first_line(package, parse.place),
           "'{}' reads the command line, and is the {} as well: no other program or test can use "
           "one without the other",
           module->path, to_string(other->duty))
        .note(fmt::format("{}: {}", to_string(other->duty), other->what),
              first_line(package, other->place))
        .note(fmt::format("the field reads it in the entry module, '{}', and hands on values",
                          entry.path));
    return;
  }
}

extern constinit const Rule parser_outside_entry = {
    .name = "parser-outside-entry",
    .severity = Severity::advice,
    .summary = "a module with the model, its data or its training reads the command line",
    .explanation = R"(
`task.py` is the contract with the service: it takes the command line and hands values on. A model that
parses `sys.argv` itself can be run in one way only. A notebook, a test, a second trainer that imports it
meets a parser that wants the arguments of another program.

A module that does nothing but take the command line is no finding. What is read as soon as the module is
imported is left to `import-time-work`.

Source: [packaging a trainer](https://cloud.google.com/ai-platform/training/docs/packaging-trainer).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import model

if __name__ == "__main__":
    model.run()
-- trainer/model.py --
import argparse

from sklearn.linear_model import LogisticRegression

def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inverse-penalty", type=float, default=1.0)
    args = parser.parse_args()
    LogisticRegression(C=args.inverse_penalty).fit([[0], [1]], [0, 1])
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

from trainer import model

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--inverse-penalty", type=float, default=1.0)
    model.run(parser.parse_args().inverse_penalty)
-- trainer/model.py --
from sklearn.linear_model import LogisticRegression

def run(inverse_penalty):
    LogisticRegression(C=inverse_penalty).fit([[0], [1]], [0, 1])
)",
    .check = check,
};

}  // namespace trainlint
