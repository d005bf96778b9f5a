#include <algorithm>

#include "lint/python/lower.h"

namespace trainlint {

void Lowering::attempt(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  uint32_t body = suite(syntax.field(node, field_body));
  uint32_t otherwise = empty_block();
  uint32_t last = empty_block();
  std::vector<uint32_t> handlers;
  for (Node child = syntax.first(node); child != Syntax::none;
       child = syntax.sibling(child, node)) {
    if (nodes[child].kind == sym_except_clause) {
      handlers.push_back(except_clause(child));
    } else if (nodes[child].kind == sym_else_clause) {
      otherwise = suite(syntax.field(child, field_body));
    } else if (nodes[child].kind == sym_finally_clause) {
      Node block = first_named(child);
      last = suite(block);
    }
  }
  Step& step = add(StepKind::attempt, node);
  attach(step, {body, otherwise, last});
  module.block_lists.insert(module.block_lists.end(), handlers.begin(), handlers.end());
  step.block_count += static_cast<uint32_t>(handlers.size());
}

// One block: the handler step, the steps of the class expression, the body, the name unbound.
uint32_t Lowering::except_clause(Node clause) {
  Nested nested(*this);
  statement = clause;
  OpenBlock block = open();
  uint8_t catches = catches_nothing;
  bool bare = true;
  bool star = false;
  Node alias = Syntax::none;
  Node body = Syntax::none;
  for (Node child = syntax.first(clause); child != Syntax::none;
       child = syntax.sibling(child, clause)) {
    if (nodes[child].kind == anon_sym_STAR2) star = true;
    if (nodes[child].kind == sym_block && nodes[child].field == field_none) body = child;
    if (nodes[child].field == field_alias) alias = child;
    if (nodes[child].field != field_value || !meaningful(child)) continue;
    bare = false;
    bool named = nodes[child].kind == sym_as_pattern;
    if (named) alias = syntax.field(child, field_alias);
    Node caught = named ? first_named(child) : child;
    if (caught != Syntax::none) catches |= caught_by(caught);
  }
  if (alias != Syntax::none && nodes[alias].kind != sym_identifier) alias = first_named(alias);
  Step& handler = add(StepKind::handler, clause);
  handler.catches = bare ? static_cast<uint8_t>(catches_everything) : catches;
  handler.star = star;
  if (alias != Syntax::none) handler.bound = syntax.text(alias);
  for (Node child = syntax.first(clause); child != Syntax::none;
       child = syntax.sibling(child, clause))
    if (nodes[child].field == field_value && meaningful(child))
      expression(nodes[child].kind == sym_as_pattern ? first_named(child) : child);
  if (alias != Syntax::none) target(alias, Syntax::none);
  if (body != Syntax::none) statements(body);
  statement = clause;
  if (alias != Syntax::none) remove(alias);
  return close(block);
}

// The built-in exceptions that are no import's own failure
// (docs.python.org/3/library/exceptions.html), sorted.
static constexpr std::string_view other_exceptions[] = {
    "ArithmeticError",
    "AssertionError",
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "EOFError",
    "EnvironmentError",
    "ExceptionGroup",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "GeneratorExit",
    "IOError",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "NotADirectoryError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PermissionError",
    "ProcessLookupError",
    "RecursionError",
    "ReferenceError",
    "RuntimeError",
    "StopAsyncIteration",
    "StopIteration",
    "SystemError",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "ValueError",
    "WindowsError",
    "ZeroDivisionError",
};

static uint8_t caught_by_name(std::string_view name) {
  if (name == "ImportError") return catches_import | catches_module_not_found;
  if (name == "ModuleNotFoundError") return catches_module_not_found;
  if (name == "AttributeError") return catches_attribute;
  if (name == "SyntaxError") return catches_syntax;
  if (name == "NameError" || name == "UnboundLocalError") return catches_name;
  if (name == "Exception") return catches_exceptions;
  if (name == "BaseException") return catches_everything;
  if (name == "SystemExit") return catches_exit;
  bool known = std::binary_search(std::begin(other_exceptions), std::end(other_exceptions), name);
  return known ? uint8_t{catches_other} : uint8_t{catches_unknown};
}

uint8_t Lowering::caught_by(Node expression) const {
  switch (nodes[expression].kind) {
    case sym_identifier:
      return caught_by_name(syntax.text(expression));
    case sym_tuple:
    case sym_parenthesized_expression: {
      uint8_t catches = catches_nothing;
      for (Node child = first_named(expression); child != Syntax::none;
           child = next_named(child, expression)) {
        bool plain = nodes[child].kind == sym_identifier;
        catches |= plain ? caught_by_name(syntax.text(child)) : uint8_t{catches_unknown};
      }
      return catches;
    }
    default:
      return catches_unknown;
  }
}

// One or more `manager as target`; the first opens the block, since what its __exit__ swallows is
// all that comes after it.
void Lowering::with_item(Node value, WithBlock& with) {
  Nested nested(*this);
  if (value == Syntax::none || !nested.fits(value)) return;
  Node inner = first_named(value);
  uint16_t kind = nodes[value].kind;
  if ((kind == sym_parenthesized_expression || kind == sym_tuple) && inner != Syntax::none &&
      nodes[inner].kind == sym_as_pattern) {  // with (a as b):
    for (; inner != Syntax::none; inner = next_named(inner, value)) with_item(inner, with);
    return;
  }
  bool named = kind == sym_as_pattern;
  Node manager = named ? inner : value;
  if (manager == Syntax::none) return;
  expression(manager);
  with.catches |= swallowed_by(manager);
  if (!with.block) with.block = open();
  Node alias = named ? syntax.field(value, field_alias) : Syntax::none;
  if (alias != Syntax::none) target(alias, Syntax::none);
}

void Lowering::with(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  Node clause = first_named(node);
  WithBlock with;
  for (Node item = clause == Syntax::none ? clause : first_named(clause); item != Syntax::none;
       item = next_named(item, clause))
    with_item(syntax.field(item, field_value), with);
  if (!with.block) with.block = open();
  if (Node body = syntax.field(node, field_body); body != Syntax::none) statements(body);
  statement = node;
  uint32_t body = close(*with.block);
  Step& step = add(StepKind::with, node);
  step.catches = with.catches;
  attach(step, {body});
}

// Makers of context managers that let every exception pass, by the last part of their name: what
// code imports under (warnings, sessions, scopes, files). Any other one may swallow what it likes.
static constexpr std::string_view passing_managers[] = {
    "ChDir",
    "File",
    "GFile",
    "GradientTape",
    "Graph",
    "Lock",
    "NamedTemporaryFile",
    "Pool",
    "Popen",
    "ProcessPoolExecutor",
    "RLock",
    "Session",
    "TemporaryDirectory",
    "TemporaryFile",
    "ThreadPoolExecutor",
    "ZipFile",
    "as_default",
    "autocast",
    "catch_warnings",
    "chdir",
    "closing",
    "control_dependencies",
    "custom_object_scope",
    "device",
    "name_scope",
    "no_grad",
    "nullcontext",
    "open",
    "popen",
    "redirect_stderr",
    "redirect_stdout",
    "scope",
    "urlopen",
    "variable_scope",
};

uint8_t Lowering::swallowed_by(Node expression) const {
  if (nodes[expression].kind != sym_call) return catches_unknown;
  Node function = first_named(expression);
  Node arguments = syntax.field(expression, field_arguments);
  if (function == Syntax::none || arguments == Syntax::none) return catches_unknown;
  std::string_view callee = callee_text(function);
  if (callee == "suppress" || callee == "contextlib.suppress") {
    uint8_t catches = catches_nothing;
    for (Node child = first_named(arguments); child != Syntax::none;
         child = next_named(child, arguments))
      catches |= caught_by(child);
    return catches;
  }
  Node last =
      nodes[function].kind == sym_attribute ? syntax.field(function, field_attribute) : function;
  if (last == Syntax::none) return catches_unknown;
  bool passes = std::binary_search(std::begin(passing_managers), std::end(passing_managers),
                                   syntax.text(last));
  return passes ? uint8_t{catches_nothing} : uint8_t{catches_unknown};
}

}  // namespace trainlint
