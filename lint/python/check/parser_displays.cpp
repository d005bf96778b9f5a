// What stands in brackets: tuples, lists, sets, dictionaries and comprehensions.
#include "lint/python/check/parser.h"

namespace trainlint {

NodeId Parser::round() {
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_++;
  if (take(Tok::right_round)) return node(Ast::tuple, first);
  if (is(Tok::kw_yield)) {
    NodeId value = yield_expression();
    return value && expect(Tok::right_round) ? value : 0;
  }
  NodeId one = star_named_expression();
  if (!one) return 0;
  List items;
  append(items, one);
  if (is(Tok::comma)) {
    while (take(Tok::comma) && !is(Tok::right_round)) {
      one = star_named_expression();
      if (!one) return 0;
      append(items, one);
    }
    return expect(Tok::right_round) ? node(Ast::tuple, first, items) : 0;
  }
  if (tree_[one].kind == Ast::starred && tokens_.list[first + 1].kind == Tok::star) {
    // "(*a), b = c" was right as long as the brackets made no difference.
    return before(9) && expect(Tok::right_round) ? one : fail();
  }
  if (is(Tok::kw_for) || is(Tok::kw_async))
    return comprehension(Ast::generator, first, items, Tok::right_round);
  return expect(Tok::right_round) ? one : 0;
}

NodeId Parser::square() {
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_++;
  List items;
  while (!is(Tok::right_square)) {
    NodeId one = star_named_expression();
    if (!one) return 0;
    append(items, one);
    if (items.head == items.tail && (is(Tok::kw_for) || is(Tok::kw_async)))
      return tree_[one].kind == Ast::starred
                 ? fail()
                 : comprehension(Ast::list_comprehension, first, items, Tok::right_square);
    if (!is(Tok::right_square) && !expect(Tok::comma)) return 0;
  }
  ++at_;
  return node(Ast::list, first, items);
}

NodeId Parser::set_item() {
  uint32_t first = at_;
  NodeId item = star_named_expression();
  bool bare = item && bare_walrus(item, first) && !is(Tok::colon);
  return bare && !needs(9, "assignment expressions without brackets in a set") ? 0 : item;
}

NodeId Parser::curly() {
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_++;
  if (take(Tok::right_curly)) return node(Ast::dict, first);
  List items;
  if (is(Tok::double_star)) return dict_rest(first, items);
  NodeId one = set_item();
  if (!one) return 0;
  append(items, one);
  if (is(Tok::colon) && tree_[one].kind != Ast::starred) {
    if (bare_walrus(one, first + 1)) return fail();
    ++at_;
    NodeId value = expression();
    if (!value) return 0;
    append(items, value);
    if (is(Tok::kw_for) || is(Tok::kw_async))
      return comprehension(Ast::dict_comprehension, first, items, Tok::right_curly);
    if (!is(Tok::right_curly) && !expect(Tok::comma)) return 0;
    return dict_rest(first, items);
  }
  if (is(Tok::kw_for) || is(Tok::kw_async))
    return tree_[one].kind == Ast::starred
               ? fail()
               : comprehension(Ast::set_comprehension, first, items, Tok::right_curly);
  while (take(Tok::comma) && !is(Tok::right_curly)) {
    one = set_item();
    if (!one) return 0;
    append(items, one);
  }
  return expect(Tok::right_curly) ? node(Ast::set, first, items) : 0;
}

NodeId Parser::dict_rest(uint32_t first, List items) {
  while (!is(Tok::right_curly)) {
    uint32_t begin = at_;
    if (take(Tok::double_star)) {
      NodeId value = binary(0);
      if (!value) return 0;
      append(items, node(Ast::double_starred, begin, {value, value}));
    } else {
      NodeId key = expression();
      if (!key || !expect(Tok::colon)) return 0;
      append(items, key);
      NodeId value = expression();
      if (!value) return 0;
      append(items, value);
    }
    if (!is(Tok::right_curly) && !expect(Tok::comma)) return 0;
  }
  ++at_;
  return node(Ast::dict, first, items);
}

NodeId Parser::comprehension(Ast kind, uint32_t first, List head, Tok closing) {
  if (!clauses(head) || !expect(closing)) return 0;
  return node(kind, first, head);
}

// What follows `if` in a comprehension: up to 3.8 a lambda needs no brackets there.
NodeId Parser::condition() {
  return is(Tok::kw_lambda) && before(9) ? lambda(true) : disjunction();
}

bool Parser::clauses(List& list) {
  while (is(Tok::kw_for) || is(Tok::kw_async)) {
    uint32_t first = at_;
    uint8_t flags = 0;
    if (is(Tok::kw_async)) {
      if (!needs(6, "asynchronous comprehensions")) return false;
      ++at_;
      flags = ast_async;
    }
    if (!expect(Tok::kw_for)) return false;
    List parts;
    NodeId target = star_targets();
    if (!target || !expect(Tok::kw_in)) return false;
    append(parts, target);
    NodeId iterable = disjunction();
    if (!iterable) return false;
    append(parts, iterable);
    while (take(Tok::kw_if)) {
      NodeId test = condition();
      if (!test) return false;
      append(parts, test);
    }
    append(list, node(Ast::clause, first, parts, flags));
  }
  return true;
}

}  // namespace trainlint
