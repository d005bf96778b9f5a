#include <algorithm>

#include "lint/rule/command_line.h"

namespace trainlint {

// Arguments that are counts wherever they are met, and for which a float raises TypeError.
static bool takes_count(std::string_view callee, const Argument& argument, uint32_t position) {
  size_t dot = callee.rfind('.');
  std::string_view last = callee.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (callee == "range") return argument.keyword.empty();
  if (last == "fit")
    return argument.keyword == "epochs" || argument.keyword == "batch_size" ||
           argument.keyword == "steps_per_epoch";
  bool dataset = last == "batch" || last == "repeat" || last == "prefetch";
  return dataset && dot != std::string_view::npos && argument.keyword.empty() && position == 0;
}

// args.dest, params["dest"]: the value as it came.
static bool reads(const Module& module, Syntax::Node value, const std::string& dest) {
  std::string_view text = module.syntax.text(value);
  uint16_t kind = module.syntax.kind(value);
  if (kind == sym_attribute) return text.ends_with("." + dest);
  if (kind != sym_subscript) return false;
  return text.ends_with("[\"" + dest + "\"]") || text.ends_with("['" + dest + "']");
}

static std::optional<Place> count_use(const Package& package, const std::string& dest) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls)
      for (uint32_t i = 0; i < call.argument_count; ++i) {
        const Argument& argument = module.arguments[call.first_argument + i];
        if (takes_count(call.callee, argument, i) && reads(module, argument.value, dest))
          return Place{module.path, module.syntax.span(argument.value)};
      }
  }
  return std::nullopt;
}

static void check(const Package& package, Report& report) {
  std::vector<WrittenOption> options = written_options(package);
  for (const WrittenOption& option : options) {
    if (option.text(option.type) != "float" || option.nargs != Syntax::none) continue;
    bool only = std::count_if(options.begin(), options.end(), [&](const WrittenOption& other) {
                  return other.dest == option.dest;
                }) == 1;
    std::optional<Place> use = only ? count_use(package, option.dest) : std::nullopt;
    if (!use) continue;
    report(option.place(option.type),
           "'{}' is a count, and a float where it is used: \"'float' object cannot be interpreted "
           "as an integer\"",
           option.name())
        .note("used here", use)
        .note("write type=int");
  }
}

extern constinit const Rule float_for_count = {
    .name = "float-for-count",
    .severity = Severity::warning,
    .summary = "an option that is used as a count has type=float",
    .explanation = R"(
`range(args.num_epochs)`, `model.fit(epochs=...)` and `dataset.batch(...)` take integers. An option
with `type=float` gives `5.0` for `--num-epochs 5`, which is a `TypeError` there, although a
default that is an integer works.

Only said where the option's value reaches such a place as it is; `int(args.num_epochs)` is fine,
and so are scale factors.

Source: [range](https://docs.python.org/3/library/stdtypes.html#range).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=float, default=5)
args = parser.parse_args()
for epoch in range(args.num_epochs):
    print(epoch)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=5)
args = parser.parse_args()
for epoch in range(args.num_epochs):
    print(epoch)
)",
    .check = check,
};

}  // namespace trainlint
