// Simple statements.
#include "lint/python/check/parser.h"

namespace trainlint {

bool Parser::simple_statements(List& list) {
  do {
    NodeId statement = simple_statement();
    if (!statement) return false;
    append(list, statement);
  } while (take(Tok::semicolon) && !is(Tok::newline));
  return expect(Tok::newline);
}

NodeId Parser::simple_statement() {
  uint32_t first = at_;
  switch (kind()) {
    case Tok::kw_return:
      return return_statement();
    case Tok::kw_import:
      return import_statement();
    case Tok::kw_from:
      return import_from_statement();
    case Tok::kw_raise:
      return raise_statement();
    case Tok::kw_pass:
      ++at_;
      return node(Ast::pass, first);
    case Tok::kw_del:
      return delete_statement();
    case Tok::kw_assert:
      return assert_statement();
    case Tok::kw_break:
      ++at_;
      return node(Ast::break_, first);
    case Tok::kw_continue:
      ++at_;
      return node(Ast::continue_, first);
    case Tok::kw_global:
      return names_statement(Ast::global);
    case Tok::kw_nonlocal:
      return names_statement(Ast::nonlocal);
    case Tok::name:
      // Two names in a row begin nothing else.
      if (kind(1) == Tok::name && is_word("type") && version_ >= PythonVersion{3, 12})
        return type_alias();
      return assignment_or_expression();
    default:
      return assignment_or_expression();
  }
}

static bool augments(Tok kind) {
  return kind >= Tok::plus_equal && kind <= Tok::at_equal;
}

NodeId Parser::assignment_or_expression() {
  uint32_t first = at_;
  NodeId value = is(Tok::kw_yield) ? yield_expression() : star_expressions();
  if (!value) return 0;
  if (is(Tok::equal)) return finish_assignment(first, value);
  if (is(Tok::colon)) return finish_annotated(first, value);
  if (augments(kind())) return finish_augmented(first, value);
  return node(Ast::expression, first, {value, value});
}

NodeId Parser::finish_assignment(uint32_t first, NodeId target) {
  List parts;
  append(parts, target);
  NodeId last = target;
  while (is(Tok::equal)) {
    if (!valid_target(last, TargetKind::star)) return fail();
    ++at_;
    last = is(Tok::kw_yield) ? yield_expression() : star_expressions();
    if (!last) return 0;
    append(parts, last);
  }
  return node(Ast::assign, first, parts);
}

NodeId Parser::finish_augmented(uint32_t first, NodeId target) {
  if (!valid_target(target, TargetKind::single)) return fail();
  ++at_;
  NodeId value = is(Tok::kw_yield) ? yield_expression() : star_expressions({9, 0});
  if (!value) return 0;
  List parts;
  append(parts, target);
  append(parts, value);
  return node(Ast::augmented, first, parts);
}

NodeId Parser::finish_annotated(uint32_t first, NodeId target) {
  if (!valid_target(target, TargetKind::single)) return fail();
  if (!needs(6, "variable annotations")) return 0;
  bool simple = tree_[target].kind == Ast::name && tree_[target].first == first;
  ++at_;
  List parts;
  append(parts, target);
  NodeId annotation = expression();
  if (!annotation) return 0;
  append(parts, annotation);
  uint8_t flags = simple ? ast_simple : 0;
  if (take(Tok::equal)) {
    if (is(Tok::kw_yield) && !needs(8, "yields without brackets after an annotation")) return 0;
    NodeId value = is(Tok::kw_yield) ? yield_expression() : star_expressions({8, 8});
    if (!value) return 0;
    append(parts, value);
    flags |= ast_has_value;
  }
  return node(Ast::annotated, first, parts, flags);
}

NodeId Parser::return_statement() {
  uint32_t first = at_++;
  NodeId value = 0;
  if (starts_expression(kind()) || is(Tok::star)) {
    value = star_expressions({8, 0});
    if (!value) return 0;
  }
  return node(Ast::return_, first, {value, value});
}

NodeId Parser::raise_statement() {
  uint32_t first = at_++;
  List parts;
  if (starts_expression(kind())) {
    NodeId error = expression();
    if (!error) return 0;
    append(parts, error);
    if (take(Tok::kw_from)) {
      NodeId cause = expression();
      if (!cause) return 0;
      append(parts, cause);
    }
  }
  return node(Ast::raise, first, parts);
}

NodeId Parser::names_statement(Ast kind) {
  uint32_t first = at_++;
  List names;
  do {
    if (!is(Tok::name)) return fail();
    ++at_;
    append(names, node(Ast::name, at_ - 1));
  } while (take(Tok::comma));
  return node(kind, first, names);
}

NodeId Parser::delete_statement() {
  uint32_t first = at_++;
  List targets;
  do {
    if (targets.head && (is(Tok::newline) || is(Tok::semicolon))) break;
    NodeId target = primary();
    if (!target) return 0;
    if (!valid_target(target, TargetKind::del)) return fail();
    append(targets, target);
  } while (take(Tok::comma));
  if (!is(Tok::newline) && !is(Tok::semicolon)) return fail();
  return node(Ast::del, first, targets);
}

NodeId Parser::assert_statement() {
  uint32_t first = at_++;
  List parts;
  do {
    NodeId part = expression();
    if (!part) return 0;
    append(parts, part);
  } while (parts.head == parts.tail && take(Tok::comma));
  return node(Ast::assert, first, parts);
}

bool Parser::dotted_name() {
  do {
    if (!expect(Tok::name)) return false;
  } while (take(Tok::dot));
  return true;
}

NodeId Parser::import_statement() {
  uint32_t first = at_++;
  List names;
  do {
    uint32_t begin = at_;
    if (!dotted_name()) return 0;
    uint32_t bound = begin;
    if (take(Tok::kw_as)) {
      bound = at_;
      if (!expect(Tok::name)) return 0;
    }
    NodeId alias = node(Ast::alias, begin);
    tree_[alias].extra = bound;
    append(names, alias);
  } while (take(Tok::comma));
  return node(Ast::import, first, names);
}

bool Parser::imported_names(List& list) {
  bool round = take(Tok::left_round);
  do {
    if (round && list.head && is(Tok::right_round)) break;
    uint32_t begin = at_;
    if (!expect(Tok::name)) return false;
    uint32_t bound = begin;
    if (take(Tok::kw_as)) {
      bound = at_;
      if (!expect(Tok::name)) return false;
    }
    NodeId alias = node(Ast::alias, begin);
    tree_[alias].extra = bound;
    append(list, alias);
  } while (take(Tok::comma));
  return !round || expect(Tok::right_round);
}

NodeId Parser::import_from_statement() {
  uint32_t first = at_++;
  bool dots = false;
  while (take(Tok::dot) || take(Tok::ellipsis)) dots = true;
  uint32_t module = at_;
  if (!dots || is(Tok::name)) {
    if (!dotted_name()) return 0;
  }
  // Until 3.12 CPython took "from .__future__" for it as well.
  bool future =
      at_ == module + 1 && tokens_.text_of(module) == "__future__" && (!dots || before(13));
  if (!expect(Tok::kw_import)) return 0;
  List names;
  uint8_t flags = future ? ast_simple : 0;
  if (take(Tok::star))
    flags |= ast_star;
  else if (!imported_names(names))
    return 0;
  return node(Ast::import_from, first, names, flags);
}

NodeId Parser::type_alias() {
  uint32_t first = at_++;
  List parts;
  ++at_;
  append(parts, node(Ast::name, at_ - 1));
  if (is(Tok::left_square) && !type_parameters(parts)) return 0;
  if (!expect(Tok::equal)) return 0;
  NodeId value = expression();
  if (!value) return 0;
  append(parts, value);
  return node(Ast::type_alias, first, parts);
}

}  // namespace trainlint
