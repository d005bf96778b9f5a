#include "lint/arguments/convert.h"
#include "lint/rule/command_line.h"

namespace trainlint {

static bool is_number(const WrittenOption& option) {
  if (option.preset == Syntax::none) return false;
  uint16_t kind = option.module->syntax.kind(option.preset);
  if (kind == sym_unary_operator) {
    std::string_view text = option.text(option.preset);
    return text.size() > 1 && text[0] == '-' &&
           text.find_first_not_of("0123456789.e_-") == text.npos;
  }
  return kind == sym_integer || kind == sym_float;
}

// int(args.steps), float(params["rate"]), args.rate * 1.0: the package converts it later.
static bool converted_later(const Package& package, const WrittenOption& option) {
  for (const Module& module : package.modules)
    for (const Call& call : module.calls) {
      bool converts = call.callee == "int" || call.callee == "float" || call.callee == "bool" ||
                      call.callee == "eval" || call.callee.ends_with("literal_eval");
      if (converts && module.syntax.text(call.node).find(option.dest) != std::string_view::npos)
        return true;
    }
  return false;
}

// argparse converts a default that is a text, so a wrong one ends every run that does not name the
// option. Nothing converts the default of an option that has no type.
static void check_text(const WrittenOption& option, Report& report) {
  std::optional<std::string> preset = string_value(option.module->syntax, option.preset);
  if (!preset || *preset == "==SUPPRESS==" || option.text(option.required) == "True") return;
  std::string_view type = option.text(option.type);
  if ((type == "int" && python_int(*preset)) || (type == "float" && python_float(*preset))) return;
  if (type != "int" && type != "float") return;
  if (option.nargs != Syntax::none) {
    std::optional<std::string> nargs = string_value(option.module->syntax, option.nargs);
    if (!option.flags.front().starts_with("-") && nargs == "*") return;  // taken as it is
  }
  report(option.place(option.preset),
         "every run without '{}' ends with \"invalid {} value: '{}'\": argparse converts a default "
         "that is a text",
         option.name(), type, *preset)
      .severity(Severity::error);
}

static void check(const Package& package, Report& report) {
  for (const WrittenOption& option : written_options(package)) {
    if (option.preset == Syntax::none || option.unpacked) continue;
    std::string_view type = option.text(option.type);
    uint16_t kind = option.module->syntax.kind(option.preset);
    if (type == "int" && kind == sym_float) {
      report(option.place(option.preset),
             "'{} {}' is refused with \"invalid int value\", although it is the default",
             option.name(), option.text(option.preset))
          .note("type=float takes both", option.place(option.type));
    } else if (type == "int" || type == "float") {
      check_text(option, report);
    } else if (option.type == Syntax::none && option.action == Syntax::none && is_number(option) &&
               !converted_later(package, option)) {
      report(option.place(option.preset),
             "without type= '{}' is a text when it is given and a number when it is not",
             option.name())
          .note(fmt::format("add type={}", kind == sym_float ? "float" : "int"));
    }
  }
}

extern constinit const Rule argparse_default_type = {
    .name = "argparse-default-type",
    .severity = Severity::warning,
    .summary = "an option's default is not of the type that the option gives",
    .explanation = R"(
Three ways in which a default hides that the option itself does not work:

- `type=int, default=0.001`: as soon as the option is given, `invalid int value: '0.001'`.
- `default=100` without `type=`: the number from the command line arrives as the text `"100"`, and
  `range(args.steps)` or a comparison fails, though every run with the default works. Not reported
  where the package converts it later, as in `int(args.steps)`.
- `type=int, default="many"`: argparse converts a default that is a text, so that every run without
  the option ends at once. This one is an error.

Source: [argparse, default](https://docs.python.org/3/library/argparse.html#default).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=int, default=0.001)
print(parser.parse_args().learning_rate)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.001)
print(parser.parse_args().learning_rate)
)",
    .check = check,
};

}  // namespace trainlint
