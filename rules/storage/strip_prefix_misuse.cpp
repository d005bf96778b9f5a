#include <algorithm>
#include <set>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A text that is meant as a whole: a scheme, a folder or an ending.
static bool meant_as_whole(std::string_view method, std::string_view text) {
  auto letters = static_cast<size_t>(std::count_if(text.begin(), text.end(), is_letter));
  if (letters < 2) return false;
  bool scheme = text.find("://") != text.npos;
  bool folder = text.size() > 3 && text.find('/') != text.npos;
  bool ending = method == "rstrip" && text[0] == '.' && letters + 1 >= text.size() - 1;
  return scheme || folder || ending;
}

static void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    const Syntax& syntax = module.syntax;
    for (const Call& call : module.calls) {
      Syntax::Node function = syntax.field(call.node, field_function);
      if (function == Syntax::none || syntax.kind(function) != sym_attribute) continue;
      std::string_view method = syntax.text(syntax.field(function, field_attribute));
      if (method != "strip" && method != "lstrip" && method != "rstrip") continue;
      std::vector<Syntax::Node> given = positional_arguments(module, call);
      std::optional<std::string> text =
          given.size() == 1 ? string_value(syntax, given[0]) : std::nullopt;
      if (!text || !meant_as_whole(method, *text)) continue;
      bool end = method == "rstrip";
      std::set<char> set(text->begin(), text->end());
      report({module.path, syntax.span(call.node)},
             "{}() takes away every {} character that is one of '{}', not the text '{}'", method,
             end ? "last" : "first", std::string(set.begin(), set.end()), *text)
          .note(end ? fmt::format("write removesuffix(\"{}\") (Python 3.9), or cut it off after "
                                  "endswith()",
                                  *text)
                    : fmt::format("write removeprefix(\"{}\") (Python 3.9), or cut it off after "
                                  "startswith()",
                                  *text));
    }
  }
}

extern constinit const Rule strip_prefix_misuse = {
    .name = "strip-prefix-misuse",
    .severity = Severity::warning,
    .summary = "strip() with a text that is meant as a whole takes away single characters",
    .explanation = R"(
`path.lstrip("gs://")` removes every leading `g`, `s`, `:` and `/`, so that `gs://sales-data`
becomes `ales-data`, a bucket that does not exist. `name.rstrip(".csv")` turns `basics.csv` into
`basi`. It goes well for most names, and wrong for the next one.

Reported for a scheme such as `gs://`, a folder, and for `rstrip()` of an ending.

Source: [str.lstrip](https://docs.python.org/3/library/stdtypes.html#str.lstrip).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import sys

bucket = sys.argv[1].lstrip("gs://").split("/")[0]
print(bucket)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import sys

bucket = sys.argv[1].removeprefix("gs://").split("/")[0]
print(bucket)
)",
    .check = check,
};

}  // namespace trainlint
