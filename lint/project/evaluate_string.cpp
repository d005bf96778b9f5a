// String literals, f-strings, and text that exec runs.
#include "lint/project/interpreter.h"
#include "lint/project/literal.h"

namespace trainlint {

// "rb'" says how the rest is to be read.
struct StringPrefix {
  bool raw = false, bytes = false, format = false;
};

static StringPrefix prefix_of(std::string_view start) {
  StringPrefix prefix;
  for (char c : start) {
    prefix.raw |= c == 'r' || c == 'R';
    prefix.bytes |= c == 'b' || c == 'B';
    prefix.format |= c == 'f' || c == 'F';
  }
  return prefix;
}

static std::string without_doubled_braces(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); i++) {
    out.push_back(text[i]);
    if ((text[i] == '{' || text[i] == '}') && i + 1 < text.size() && text[i + 1] == text[i]) i++;
  }
  return out;
}

PyValue Interpreter::interpolation(Node node) {
  const Syntax& tree = syntax();
  Node expression = tree.field(node, field_expression);
  Node conversion = tree.field(node, field_type_conversion);
  Node specification = tree.field(node, field_format_specifier);
  PyValue value = evaluate(expression);
  if (!value.known()) return value;
  std::string format;
  if (specification != Syntax::none) {
    if (tree[specification].next > specification + 2)
      return unknown("a format that is not evaluated", node);
    format = tree.text(specification).substr(1);
  }
  bool repr = conversion != Syntax::none && tree.text(conversion) == "!r";
  // f'{name=}' also shows the name.
  std::string_view text = tree.text(node);
  bool shows_name =
      conversion == Syntax::none && format.empty() && text.find("=}") != std::string_view::npos;
  std::optional<std::string> shown;
  if (!shows_name) shown = repr ? python_repr(value) : format_value(value, format);
  if (shown) return py_string(*shown);
  if (auto why = first_unknown(value)) return *why;
  return value.is(PyKind::library) ? unknown("uses " + value.text, node)
                                   : unknown("a format that is not evaluated", node);
}

PyValue Interpreter::string_literal(Node node) {
  const Syntax& tree = syntax();
  StringPrefix prefix;
  std::string out;
  for (Node child = tree.first(node); child != Syntax::none; child = tree.sibling(child, node)) {
    switch (tree.kind(child)) {
      case sym_string_start:
        prefix = prefix_of(tree.text(child));
        break;
      case sym_string_content: {
        std::optional<std::string> text =
            decode_literal(tree.text(child), prefix.raw, prefix.bytes);
        if (!text) return unknown("a string that is not evaluated", child);
        out += prefix.format ? without_doubled_braces(*text) : *text;
        break;
      }
      case sym_interpolation: {
        PyValue part = interpolation(child);
        if (!part.is(PyKind::string)) return part;
        out += part.text;
        break;
      }
      default:
        break;
    }
  }
  PyValue value = py_string(std::move(out), place(node));
  if (prefix.bytes) value.kind = PyKind::bytes;
  return value;
}

PyValue Interpreter::joined_string(Node node) {
  PyValue result;
  for (Node child : children(node)) {
    PyValue part = evaluate(child);
    if (!part.is(PyKind::string) && !part.is(PyKind::bytes)) return part;
    if (result.is(PyKind::none))
      result = part;
    else
      result.text += part.text;
  }
  result.place = place(node);
  return result;
}

// Places in the text are exact where it is the whole content of a file.
void Interpreter::execute_text(const PyValue& text, PyScope* scope) {
  bool whole_file =
      text.place.span && text.place.span->begin == 0 && text.place.span->end == text.text.size();
  std::string path = whole_file ? text.place.path : std::string(source_ ? source_->path : "");
  if (sources_.size() > 500 || depth_ > 150) {
    scope->opaque = true;
    return;
  }
  const PySource& source =
      add_source(std::move(path), std::make_shared<const std::string>(text.text));
  if (!whole_file) sources_.back().maker = text.place;
  bool flawed = source.syntax.has_error();
  depth_ += 8;
  run_source(source, scope);
  depth_ -= 8;
  if (flawed) scope->opaque = true;
}

}  // namespace trainlint
