#include "lint/rule/command_line.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  for (const WrittenOption& option : written_options(package)) {
    if (option.text(option.type) != "bool") continue;
    const Place place = option.place(option.type);
    report(place, "'{} False' gives True: bool() of any text but '' is True", option.name())
        .note(
            "for a flag without a value: action=\"store_true\"; Python 3.9 has "
            "argparse.BooleanOptionalAction, which makes a --no- form too")
        .note("for a value: type=lambda text: text.lower() in (\"true\", \"1\", \"yes\")")
        .fix({"read true, 1 and yes as True",
              false,
              {{place.path, *place.span,
                "lambda text: text.lower() in (\"true\", \"1\", \"yes\")"}}});
  }
}

extern constinit const Rule argparse_type_bool = {
    .name = "argparse-type-bool",
    .severity = Severity::warning,
    .summary = "type=bool makes True of every value, 'False' too",
    .explanation = R"(
`type=` is a function that argparse calls with the text from the command line, and `bool("False")`
is `True`, as is `bool("0")`. Only `--shuffle ''` gives `False`. The job runs, with the option
always on when it is named at all; a tuning job that tries both values tries one of them twice.

It is a warning since a command line that only ever says `--shuffle True` works.

Source: [argparse, type](https://docs.python.org/3/library/argparse.html#type).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--shuffle", type=bool, default=True)
print(parser.parse_args().shuffle)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--shuffle", action="store_true")
print(parser.parse_args().shuffle)
)",
    .check = check,
};

}  // namespace trainlint
