// What is to be reported when an alternative of the grammar has matched.
#include <fmt/format.h>

#include "lint/python/check/error_search.h"
#include "lint/python/check/literal.h"

namespace trainlint {

bool ErrorSearch::is_legacy(uint32_t begin, uint32_t end) const {
  if (end != begin + 1 || tokens_.list[begin].kind != Tok::name) return false;
  std::string_view name = tokens_.text_of(begin);
  return name == "print" || name == "exec";
}

// The tree of what a capture matched, when that is an expression.
NodeId ErrorSearch::parse(const Capture& capture) {
  const GrammarElement& element = grammar_.elements[capture.element];
  if (element.op != GrammarOp::rule) return 0;
  Parser parser(tokens_, tree_, version_);
  return parser.part_at(capture.begin, grammar_.rules[element.rule].name);
}

uint32_t ErrorSearch::first_token(const Capture& capture) {
  NodeId id = parse(capture);
  return id ? tree_[id].first : capture.begin;
}

static std::string_view description(Ast kind) {
  switch (kind) {
    case Ast::name:
      return "name";
    case Ast::number:
    case Ast::string:
      return "literal";
    case Ast::joined:
      return "f-string expression";
    case Ast::true_:
      return "True";
    case Ast::false_:
      return "False";
    case Ast::null:
      return "None";
    case Ast::ellipsis:
      return "ellipsis";
    case Ast::tuple:
      return "tuple";
    case Ast::list:
      return "list";
    case Ast::set:
      return "set display";
    case Ast::dict:
      return "dict literal";
    case Ast::attribute:
      return "attribute";
    case Ast::subscript:
      return "subscript";
    case Ast::call:
      return "function call";
    case Ast::starred:
      return "starred";
    case Ast::compare:
      return "comparison";
    case Ast::conditional:
      return "conditional expression";
    case Ast::lambda:
      return "lambda";
    case Ast::await:
      return "await expression";
    case Ast::yield:
    case Ast::yield_from:
      return "yield expression";
    case Ast::named:
      return "named expression";
    case Ast::list_comprehension:
      return "list comprehension";
    case Ast::set_comprehension:
      return "set comprehension";
    case Ast::dict_comprehension:
      return "dict comprehension";
    case Ast::generator:
      return "generator expression";
    default:
      return "expression";
  }
}

std::string ErrorSearch::describe(const Capture& capture) {
  const GrammarElement& element = grammar_.elements[capture.element];
  NodeId id = parse(capture);
  if (id) return std::string(description(tree_[id].kind));
  if (element.op == GrammarOp::rule)
    return grammar_.rules[element.rule].name == "list" ? "list" : "tuple";
  return std::string(tokens_.text_of(capture.begin));
}

// The first part of an expression that cannot be assigned to or deleted.
NodeId ErrorSearch::invalid_target(NodeId id, std::string_view kind) const {
  const AstNode& node = tree_[id];
  switch (node.kind) {
    case Ast::name:
    case Ast::attribute:
    case Ast::subscript:
      return 0;
    case Ast::tuple:
    case Ast::list:
      for (NodeId child = node.child; child; child = tree_[child].next)
        if (NodeId found = invalid_target(child, kind)) return found;
      return 0;
    case Ast::starred:
      return kind == "delete" ? id : invalid_target(node.child, kind);
    case Ast::compare:
      // "for x in y" looks like a comparison as far as it is an expression.
      if (kind != "for") return id;
      return node.flags & ast_in ? invalid_target(node.child, kind) : 0;
    default:
      return id;
  }
}

bool ErrorSearch::check_target(const GrammarAction& action, const Capture& capture) {
  NodeId id = parse(capture);
  NodeId wrong = id ? invalid_target(id, action.name) : 0;
  if (!wrong) return false;
  raise_at(tree_[wrong].first,
           fmt::format("cannot {} {}", action.name == "delete" ? "delete" : "assign to",
                       description(tree_[wrong].kind)));
  return false;
}

bool ErrorSearch::check_comma(const Captures& captures, uint32_t end) {
  if (is_legacy(captures.a.begin, captures.a.end) || tokens_.list[end - 1].level == 0) return false;
  raise_at(first_token(captures.a), "invalid syntax, perhaps a comma is missing");
  return false;
}

// "f(x, y for y in z)": only a single argument may be a generator expression without brackets.
bool ErrorSearch::check_generator(const Capture& capture) {
  Parser parser(tokens_, tree_, version_);
  uint32_t count = 0;
  NodeId last = 0;
  for (NodeId id = parser.arguments_at(capture.begin, capture.end); id; id = tree_[id].next) {
    if (tree_[id].kind == Ast::keyword || tree_[id].kind == Ast::double_starred) continue;
    ++count;
    last = id;
  }
  if (count <= 1) return false;
  raise_at(tree_[last].first, "generator expression must be parenthesized");
  return false;
}

bool ErrorSearch::check_arguments(const Capture& capture) {
  Parser parser(tokens_, tree_, version_);
  bool unpacked = false;
  for (NodeId id = parser.arguments_at(capture.begin, capture.end); id; id = tree_[id].next)
    unpacked |= tree_[id].kind == Ast::double_starred;
  raise_here(unpacked ? "positional argument follows keyword argument unpacking"
                      : "positional argument follows keyword argument");
  return false;
}

bool ErrorSearch::check_complex(std::string_view name, uint32_t token) {
  char last = tokens_.text_of(token).back();
  bool imaginary = last == 'j' || last == 'J';
  if (imaginary == (name == "imaginary")) return true;
  raise_at(token, fmt::format("{} number required in complex literal", name));
  return false;
}

bool ErrorSearch::check_strings(uint32_t begin, uint32_t end) {
  uint8_t first = tokens_.list[begin].flags;
  for (uint32_t i = begin; i < end; ++i) {
    const Token literal = tokens_.list[i];
    if (auto problem = literal_problem(tokens_, literal, version_)) {
      if (problem->starts_with("bytes"))
        raise_at(i, *problem);
      else
        raise_here(*problem);
      return false;
    }
    if ((literal.flags ^ first) & (token_bytes | token_template)) {
      raise_here((literal.flags ^ first) & token_bytes
                     ? "cannot mix bytes and nonbytes literals"
                     : "cannot mix t-string literals with string or bytes literals");
      return false;
    }
    if ((literal.flags & token_formatted) && !check_fields(literal)) return false;
  }
  return true;
}

bool ErrorSearch::check_fields(const Token& literal) {
  FormattedString parts = formatted_string(tokens_, literal, version_);
  for (const FormattedString::Field& part : parts.fields) {
    Tokens field;
    field.text = tokens_.text;
    field.error = tokenize_field(field, part.begin, part.end - part.begin, version_);
    AstTree tree;
    Parser parser(field, tree, version_);
    if (parser.expressions_at(0)) continue;
    error_ = ErrorSearch(field, lines_, version_).run("field", 0);
    if (!error_) continue;
    error_->message = "f-string: " + error_->message;
    return false;
  }
  // Since 3.12 the fields are part of the grammar (PEP 701).
  if (parts.problem && version_ >= PythonVersion{3, 12} && !error_)
    error_ = FoundError{parts.place, parts.place + 1, *parts.problem, "SyntaxError"};
  else if (parts.problem)
    raise_here(*parts.problem);
  return !parts.problem;
}

bool ErrorSearch::act(const GrammarAction& action, const Captures& captures, uint32_t end) {
  const Capture& capture = captures.named(action.capture);
  std::string message(action.message);
  size_t blank = message.find('%');
  if (action.name == "at") {
    if (blank != message.npos) message.replace(blank, 1, describe(capture));
    raise_at(first_token(capture), message);
  } else if (action.name == "here") {
    raise_here(message);
  } else if (action.name == "indent") {
    if (blank != message.npos) message.replace(blank, 1, std::to_string(line_of(capture.begin)));
    raise_here(message, "IndentationError");
  } else if (action.name == "comma") {
    return check_comma(captures, end);
  } else if (action.name == "legacy") {
    if (!is_legacy(capture.begin, capture.end)) return false;
    std::string name(tokens_.text_of(capture.begin));
    raise_at(capture.begin, fmt::format("missing parentheses in call to '{}'", name));
  } else if (action.name == "generator") {
    return check_generator(capture);
  } else if (action.name == "arguments") {
    return check_arguments(capture);
  } else if (action.name == "real" || action.name == "imaginary") {
    return check_complex(action.name, capture.begin);
  } else {
    return check_target(action, capture);
  }
  return false;
}

}  // namespace trainlint
