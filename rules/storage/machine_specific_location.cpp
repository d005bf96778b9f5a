#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

// A folder of somebody's own machine or notebook.
static bool is_own_machine(std::string_view text) {
  constexpr std::string_view folders[] = {"/home/", "/Users/", "/content/"};
  for (std::string_view folder : folders)
    if (text.size() > folder.size() && text.starts_with(folder)) return true;
  bool drive = text.size() > 3 && text[1] == ':' && (text[2] == '\\' || text[2] == '/');
  return drive && ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z')) &&
         text[3] != '/';
}

// The place of a text in the code that looks whether it is there at all.
static bool is_asked_for(const Module& module, const Call& call) {
  std::string_view last = last_of(call.callee);
  constexpr std::string_view questions[] = {"exists", "isdir",   "isfile",   "startswith", "append",
                                            "insert", "replace", "endswith", "print"};
  return std::find(std::begin(questions), std::end(questions), last) != std::end(questions) &&
         module.syntax[call.node].next > call.node;
}

// A text is a value where it is given to a call, assigned, or listed; a docstring is not.
static bool is_value(const Module& module, Syntax::Node node) {
  const Syntax& syntax = module.syntax;
  uint8_t field = syntax[node].field;
  if (field == field_right) return true;
  for (const Call& call : module.calls)
    for (uint32_t i = 0; i < call.argument_count; ++i) {
      const Argument& argument = module.arguments[call.first_argument + i];
      if (argument.value != node) continue;
      return argument.keyword != "help" && argument.keyword != "description" &&
             !is_asked_for(module, call);
    }
  return false;
}

static void check(const Package& package, Report& report) {
  if (package.launch.route == Route::container) return;  // the image may have such folders
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    const Syntax& syntax = module.syntax;
    for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
      if (syntax.kind(node) != sym_string) continue;
      std::string_view raw = syntax.text(node);
      if (raw.find("/home/") == raw.npos && raw.find("/Users/") == raw.npos &&
          raw.find("/content/") == raw.npos && raw.find(':') == raw.npos)
        continue;
      std::optional<std::string> text = string_value(syntax, node);
      if (!text || text->find('\n') != text->npos || !is_own_machine(*text)) continue;
      if (!is_value(module, node)) continue;
      report({module.path, syntax.span(node)}, "'{}' is on the author's machine, not on the worker",
             *text)
          .note("take it from an option, and give a gs:// path on the service");
    }
  }
}

extern constinit const Rule machine_specific_location = {
    .name = "machine-specific-location",
    .severity = Severity::warning,
    .summary = "a path of the author's own machine is written into the code",
    .explanation = R"(
`/home/anna/data.csv`, `/Users/anna/...`, `/content/drive/...` (Colab) and `C:\...` are not there
on the worker: reading fails with `No such file or directory`, and what is written there is gone
with the machine. As an option's default such a path waits for the first run that does not name the
option.

Only texts that are used as values count. Code that is copied into an image of its own, where such
folders may be, is not looked at, nor are texts that are only asked for (`os.path.exists`).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--train-file", default="/home/anna/fares/train.csv")
print(open(parser.parse_args().train_file).read())
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--train-file", required=True)
print(open(parser.parse_args().train_file).read())
)",
    .check = check,
};

}  // namespace trainlint
