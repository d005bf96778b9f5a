#include "lint/rule/command_line.h"

namespace trainlint {

// A text where the option gives a list: also where the code tells the two apart, which is rare.
static bool text_for_list(const WrittenOption& option) {
  if (option.nargs == Syntax::none || option.preset == Syntax::none) return false;
  const Syntax& syntax = option.module->syntax;
  std::optional<std::string> nargs = string_value(syntax, option.nargs);
  bool list = syntax.kind(option.nargs) == sym_integer || nargs == "+" || nargs == "*";
  if (!list || option.text(option.required) == "True") return false;
  std::optional<std::string> preset = string_value(syntax, option.preset);
  return preset && !preset->empty() && *preset != "==SUPPRESS==";
}

// args.dest or params["dest"], as it is.
static bool reads(const Syntax& syntax, Syntax::Node node, const std::string& dest) {
  std::string_view text = node == Syntax::none ? std::string_view() : syntax.text(node);
  return text.ends_with("." + dest) || text.ends_with("[\"" + dest + "\"]") ||
         text.ends_with("['" + dest + "']");
}

// Where the package takes the value's items: a loop over it, or an index.
static std::optional<Place> item_use(const Package& package, const std::string& dest) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    const Syntax& syntax = module.syntax;
    for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
      uint16_t kind = syntax.kind(node);
      bool loop = kind == sym_for_statement || kind == sym_for_in_clause;
      if (!loop && kind != sym_subscript) continue;
      Syntax::Node list = syntax.field(node, loop ? field_right : field_value);
      if (reads(syntax, list, dest)) return Place{module.path, syntax.span(list)};
    }
  }
  return std::nullopt;
}

// isinstance(args.train_files, str), or the like, anywhere in the package.
static bool told_apart(const Package& package, const WrittenOption& option) {
  for (const Module& module : package.modules)
    for (const Call& call : module.calls) {
      if (call.callee != "isinstance" && call.callee != "type") continue;
      if (module.syntax.text(call.node).find(option.dest) != std::string_view::npos) return true;
    }
  return false;
}

static void check(const Package& package, Report& report) {
  for (const WrittenOption& option : written_options(package)) {
    if (!text_for_list(option)) continue;
    std::optional<Place> use = item_use(package, option.dest);
    if (!use || told_apart(package, option)) continue;
    report(option.place(option.preset),
           "the default of '{}' is a text, not a list: what goes through its items meets single "
           "letters",
           option.name())
        .note("its items are taken here", use)
        .note(fmt::format("write [{}]", option.text(option.preset)));
  }
}

extern constinit const Rule argparse_nargs_string_default = {
    .name = "argparse-nargs-string-default",
    .severity = Severity::warning,
    .summary = "an option with nargs='+' has a text as its default",
    .explanation = R"(
With `nargs="+"`, `"*"` or a number the option's value is a list, but argparse uses a default as it
is. Code that goes through the files then goes through letters: `g`, `s`, `:` - and "file not
found: g" is what the log says, only in the runs that do not name the option.

Only said where the package goes through the items or takes one by its index: many functions
(`tf.io.gfile.glob`, `tf.data.TFRecordDataset`) take both. A package that asks
`isinstance(args.train_files, str)` is not reported, nor is a required option.

Source: [argparse, default](https://docs.python.org/3/library/argparse.html#default).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--train-files", nargs="+", default="gs://fares/train.csv")
for path in parser.parse_args().train_files:
    print(path)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--train-files", nargs="+", default=["gs://fares/train.csv"])
for path in parser.parse_args().train_files:
    print(path)
)",
    .check = check,
};

}  // namespace trainlint
