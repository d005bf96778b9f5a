#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

namespace {

using Node = Syntax::Node;

// "gs://bucket\train" holds a tab; after a file's name one may well separate two columns.
bool has_swallowed_letter(std::string_view text) {
  const size_t at = text.find_first_of("\t\a\b\f\v");
  if (at == text.npos) return false;
  const size_t slash = text.rfind('/', at);
  return text.substr(slash, at - slash).find('.') == text.npos;
}

bool is_windows_path(std::string_view text) {
  if (!text.starts_with("gs://") || text.size() == 5) return false;
  if (text.find_first_of(" \n\r()[]^$|{}") != text.npos) return false;  // a sentence or a pattern
  return text.find('\\') != text.npos || has_swallowed_letter(text);
}

// os.path.join("gs://...", "a\\b") and path + "\\b" of such a path.
bool joins_backslash(const GcsFlow& flow, const Module& module, Node node) {
  const Syntax& syntax = module.syntax;
  std::optional<std::string> text = string_value(syntax, node);
  if (!text || text->find('\\') == text->npos ||
      text->find_first_of(" \n()[]^$|{}") != text->npos || text->starts_with("gs://"))
    return false;
  const Node parent = parent_of(syntax, node);
  Node first = Syntax::none;
  if (syntax.kind(parent) == sym_binary_operator &&
      syntax.text(syntax.field(parent, field_operator)) == "+")
    first = syntax.field(parent, field_left);
  if (syntax.kind(parent) == sym_argument_list) {
    const Node call = parent_of(syntax, parent);
    if (syntax.kind(call) == sym_call &&
        syntax.text(syntax.field(call, field_function)) == "os.path.join")
      first = named_children(syntax, parent).front();
  }
  return first != Syntax::none && first != node && flow.source_of(module, first).has_value();
}

void check(const Package& package, Report& report) {
  std::optional<GcsFlow> flow;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    const Syntax& syntax = module.syntax;
    for (Node node = 0; node < syntax.nodes().size(); ++node) {
      if (syntax.kind(node) != sym_string || syntax.text(node).find('\\') == std::string_view::npos)
        continue;
      std::optional<std::string> text = string_value(syntax, node);
      bool found = text && is_windows_path(*text);
      if (!found && text && syntax.kind(parent_of(syntax, node)) != sym_expression_statement) {
        if (!flow) flow.emplace(package);
        found = joins_backslash(*flow, module, node);
      }
      if (found)
        report({module.path, syntax.span(node)},
               "a backslash separates nothing on Cloud Storage: it is a letter of the object's "
               "name, or an escape of Python's")
            .note("write '/', on Windows too");
    }
  }
}

}  // namespace

extern constinit const Rule gcs_path_windows_separator = {
    .name = "gcs-path-windows-separator",
    .severity = Severity::warning,
    .summary = "a path on Cloud Storage is written with backslashes",
    .explanation = R"(
`gs://` paths have slashes on every system. `"gs://fares\data"` names an object in no folder, whose name
has a backslash in it; in `"gs://fares\train"` Python reads `\t` as a tab. Nothing is found there, and
what is written there is found by nobody.

Looked at are texts that begin with `gs://`, and what is joined to a path on Cloud Storage. Regular
expressions and sentences are left alone.

Source: [object names](https://cloud.google.com/storage/docs/objects#naming).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

rows = tf.data.TextLineDataset("gs://fares\\data\\rows.csv")
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

rows = tf.data.TextLineDataset("gs://fares/data/rows.csv")
)",
    .check = check,
};

}  // namespace trainlint
