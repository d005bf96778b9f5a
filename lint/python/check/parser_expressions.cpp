// Expressions down to operators.
#include "lint/python/check/parser.h"

namespace trainlint {

bool Parser::starts_expression(Tok kind) const {
  switch (kind) {
    case Tok::name:
    case Tok::number:
    case Tok::string:
    case Tok::left_round:
    case Tok::left_square:
    case Tok::left_curly:
    case Tok::minus:
    case Tok::plus:
    case Tok::tilde:
    case Tok::ellipsis:
    case Tok::kw_false:
    case Tok::kw_none:
    case Tok::kw_true:
    case Tok::kw_await:
    case Tok::kw_lambda:
    case Tok::kw_not:
      return true;
    default:
      return false;
  }
}

NodeId Parser::star_expressions(Since since) {
  constexpr std::string_view stars = "starred expressions without brackets in such a place";
  uint32_t first = at_;
  if (is(Tok::star) && !needs(since.star, stars)) return 0;
  NodeId one = star_expression();
  if (!one || !is(Tok::comma)) return one;
  if (!needs(since.comma, "tuples without brackets after an annotation")) return 0;
  List items;
  append(items, one);
  while (take(Tok::comma) && (starts_expression(kind()) || is(Tok::star))) {
    if (is(Tok::star) && !needs(since.star, stars)) return 0;
    one = star_expression();
    if (!one) return 0;
    append(items, one);
  }
  return node(Ast::tuple, first, items);
}

NodeId Parser::star_expression() {
  if (!is(Tok::star)) return expression();
  uint32_t first = at_++;
  NodeId value = binary(0);
  return value ? node(Ast::starred, first, {value, value}) : 0;
}

NodeId Parser::star_named_expression() {
  return is(Tok::star) ? star_expression() : named_expression();
}

NodeId Parser::named_expression() {
  if (!is(Tok::name) || kind(1) != Tok::walrus) {
    NodeId value = expression();
    return value && is(Tok::walrus) ? fail() : value;
  }
  uint32_t first = at_;
  List parts;
  ++at_;
  append(parts, node(Ast::name, first));
  if (!needs(8, "assignment expressions")) return 0;
  ++at_;
  NodeId value = expression();
  if (!value) return 0;
  append(parts, value);
  return node(Ast::named, first, parts);
}

NodeId Parser::expression() {
  Deeper deeper(*this);
  if (!deeper) return 0;
  if (is(Tok::kw_lambda)) return lambda();
  uint32_t first = at_;
  NodeId value = disjunction();
  if (!value || !is(Tok::kw_if)) return value;
  List parts;
  append(parts, value);
  ++at_;
  NodeId test = disjunction();
  if (!test || !expect(Tok::kw_else)) return 0;
  append(parts, test);
  NodeId other = expression();
  if (!other) return 0;
  append(parts, other);
  return node(Ast::conditional, first, parts);
}

NodeId Parser::disjunction() {
  uint32_t first = at_;
  NodeId one = conjunction();
  if (!one || !is(Tok::kw_or)) return one;
  List parts;
  append(parts, one);
  while (take(Tok::kw_or)) {
    one = conjunction();
    if (!one) return 0;
    append(parts, one);
  }
  return node(Ast::boolean, first, parts);
}

NodeId Parser::conjunction() {
  uint32_t first = at_;
  NodeId one = inversion();
  if (!one || !is(Tok::kw_and)) return one;
  List parts;
  append(parts, one);
  while (take(Tok::kw_and)) {
    one = inversion();
    if (!one) return 0;
    append(parts, one);
  }
  return node(Ast::boolean, first, parts);
}

NodeId Parser::inversion() {
  if (!is(Tok::kw_not)) return comparison();
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_++;
  NodeId value = inversion();
  return value ? node(Ast::unary, first, {value, value}) : 0;
}

// How many tokens the comparison operator at `kind` has; 0 for none.
static uint32_t comparison_length(Tok kind, Tok after) {
  switch (kind) {
    case Tok::is_equal:
    case Tok::not_equal:
    case Tok::less:
    case Tok::less_equal:
    case Tok::greater:
    case Tok::greater_equal:
    case Tok::kw_in:
      return 1;
    case Tok::kw_is:
      return after == Tok::kw_not ? 2 : 1;
    case Tok::kw_not:
      return after == Tok::kw_in ? 2 : 0;
    default:
      return 0;
  }
}

NodeId Parser::comparison() {
  uint32_t first = at_;
  NodeId one = binary(0);
  if (!one) return 0;
  uint32_t length = is(Tok::end) ? 0 : comparison_length(kind(), kind(1));
  if (length == 0) return one;
  uint8_t flags = is(Tok::kw_in) ? ast_in : 0;
  List parts;
  append(parts, one);
  while (length > 0) {
    at_ += length;
    one = binary(0);
    if (!one) return 0;
    append(parts, one);
    length = comparison_length(kind(), kind(1));
  }
  return node(Ast::compare, first, parts, flags);
}

// Binding strength of binary operators; -1 for other tokens.
static int level_of(Tok kind) {
  switch (kind) {
    case Tok::bar:
      return 0;
    case Tok::caret:
      return 1;
    case Tok::ampersand:
      return 2;
    case Tok::left_shift:
    case Tok::right_shift:
      return 3;
    case Tok::plus:
    case Tok::minus:
      return 4;
    case Tok::star:
    case Tok::slash:
    case Tok::double_slash:
    case Tok::percent:
    case Tok::at:
      return 5;
    default:
      return -1;
  }
}

NodeId Parser::binary(int level) {
  uint32_t first = at_;
  NodeId left = factor();
  if (!left) return 0;
  for (int found = level_of(kind()); found >= level; found = level_of(kind())) {
    ++at_;
    NodeId right = binary(found + 1);
    if (!right) return 0;
    List parts;
    append(parts, left);
    append(parts, right);
    left = node(Ast::binary, first, parts);
  }
  return left;
}

NodeId Parser::factor() {
  if (!is(Tok::minus) && !is(Tok::plus) && !is(Tok::tilde)) return power();
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_++;
  NodeId value = factor();
  return value ? node(Ast::unary, first, {value, value}) : 0;
}

NodeId Parser::power() {
  uint32_t first = at_;
  NodeId base = 0;
  if (take(Tok::kw_await)) {
    NodeId value = primary();
    if (!value) return 0;
    base = node(Ast::await, first, {value, value});
  } else {
    base = primary();
  }
  if (!base || !is(Tok::double_star)) return base;
  Deeper deeper(*this);
  if (!deeper) return 0;
  ++at_;
  NodeId exponent = factor();
  if (!exponent) return 0;
  List parts;
  append(parts, base);
  append(parts, exponent);
  return node(Ast::binary, first, parts);
}

NodeId Parser::yield_expression() {
  uint32_t first = at_++;
  if (take(Tok::kw_from)) {
    NodeId value = expression();
    return value ? node(Ast::yield_from, first, {value, value}) : 0;
  }
  NodeId value = 0;
  if (starts_expression(kind()) || is(Tok::star)) {
    value = star_expressions({8, 0});
    if (!value) return 0;
  }
  return node(Ast::yield, first, {value, value});
}

NodeId Parser::star_target() {
  uint32_t first = at_;
  bool star = take(Tok::star);
  if (star && is(Tok::star)) return fail();
  NodeId target = primary();
  if (!target) return 0;
  if (!valid_target(target, TargetKind::star)) return fail();
  return star ? node(Ast::starred, first, {target, target}) : target;
}

NodeId Parser::star_targets() {
  uint32_t first = at_;
  NodeId one = star_target();
  if (!one || !is(Tok::comma)) return one;
  List items;
  append(items, one);
  while (take(Tok::comma) && (starts_expression(kind()) || is(Tok::star))) {
    one = star_target();
    if (!one) return 0;
    append(items, one);
  }
  return node(Ast::tuple, first, items);
}

}  // namespace trainlint
