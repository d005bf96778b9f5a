// Compound statements, without definitions and match.
#include "lint/python/check/parser.h"

namespace trainlint {

bool Parser::statement_into(List& list) {
  Deeper deeper(*this);
  if (!deeper) return false;
  uint32_t first = at_;
  NodeId statement = 0;
  switch (kind()) {
    case Tok::kw_if:
      statement = if_statement();
      break;
    case Tok::kw_while:
      statement = while_statement();
      break;
    case Tok::kw_for:
      statement = for_statement(first, 0);
      break;
    case Tok::kw_with:
      statement = with_statement(first, 0);
      break;
    case Tok::kw_try:
      statement = try_statement();
      break;
    case Tok::kw_def:
    case Tok::kw_class:
    case Tok::kw_async:
    case Tok::at:
      statement = definition();
      break;
    case Tok::name:
      if (version_ >= PythonVersion{3, 10} && is_word("match")) {
        Mark before = mark();
        if (NodeId subject = match_subject()) {
          note(10, "match statements");
          statement = match_cases(first, subject);
          break;
        }
        if (fault_ && fault_->too_deep) return false;
        reset(before);
      }
      return simple_statements(list);
    default:
      return simple_statements(list);
  }
  append(list, statement);
  return statement != 0;
}

NodeId Parser::block() {
  uint32_t first = at_;
  List body;
  if (!take(Tok::newline)) {
    if (!simple_statements(body)) return 0;
    return node(Ast::block, first, body);
  }
  if (!expect(Tok::indent)) return 0;
  do {
    if (!statement_into(body)) return 0;
  } while (!is(Tok::dedent) && !is(Tok::end));
  if (!expect(Tok::dedent)) return 0;
  return node(Ast::block, first, body);
}

NodeId Parser::if_statement() {
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_++;
  List parts;
  NodeId test = named_expression();
  if (!test || !expect(Tok::colon)) return 0;
  append(parts, test);
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  if (is(Tok::kw_elif)) {
    NodeId other = if_statement();
    if (!other) return 0;
    append(parts, other);
  } else if (!optional_block(Tok::kw_else, Ast::else_, parts)) {
    return 0;
  }
  return node(Ast::if_, first, parts);
}

bool Parser::optional_block(Tok keyword, Ast kind, List& parts) {
  uint32_t first = at_;
  if (!take(keyword)) return true;
  if (!expect(Tok::colon)) return false;
  NodeId body = block();
  if (!body) return false;
  append(parts, node(kind, first, {body, body}));
  return true;
}

NodeId Parser::while_statement() {
  uint32_t first = at_++;
  List parts;
  NodeId test = named_expression();
  if (!test || !expect(Tok::colon)) return 0;
  append(parts, test);
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  if (!optional_block(Tok::kw_else, Ast::else_, parts)) return 0;
  return node(Ast::while_, first, parts);
}

NodeId Parser::for_statement(uint32_t first, uint8_t flags) {
  ++at_;
  List parts;
  NodeId target = star_targets();
  if (!target || !expect(Tok::kw_in)) return 0;
  append(parts, target);
  NodeId iterable = star_expressions({9, 0});
  if (!iterable || !expect(Tok::colon)) return 0;
  append(parts, iterable);
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  if (!optional_block(Tok::kw_else, Ast::else_, parts)) return 0;
  return node(Ast::for_, first, parts, flags);
}

NodeId Parser::with_item() {
  uint32_t first = at_;
  List parts;
  NodeId manager = expression();
  if (!manager) return 0;
  append(parts, manager);
  if (take(Tok::kw_as)) {
    NodeId target = star_target();
    if (!target) return 0;
    append(parts, target);
  }
  return node(Ast::item, first, parts);
}

// "(a as b, c as d,):"; false when the brackets belong to an expression.
bool Parser::parenthesized_items(List& items) {
  if (!take(Tok::left_round)) return false;
  do {
    if (items.head && is(Tok::right_round)) break;
    NodeId item = with_item();
    if (!item) return false;
    append(items, item);
  } while (take(Tok::comma));
  return take(Tok::right_round) && is(Tok::colon);
}

NodeId Parser::with_statement(uint32_t first, uint8_t flags) {
  ++at_;
  List items;
  Mark before = mark();
  // CPython's parser takes them since 3.9, though the language reference says 3.10.
  if (version_ >= PythonVersion{3, 9} && parenthesized_items(items)) {
    // One item without a name is also an expression in brackets.
    if (items.head != items.tail || tree_[tree_[items.head].child].next)
      note(9, "context managers in parentheses");
  } else {
    if (fault_ && fault_->too_deep) return 0;
    reset(before);
    items = {};
    do {
      NodeId item = with_item();
      if (!item) return 0;
      append(items, item);
    } while (take(Tok::comma));
  }
  if (!expect(Tok::colon)) return 0;
  NodeId body = block();
  if (!body) return 0;
  append(items, body);
  return node(Ast::with, first, items, flags);
}

NodeId Parser::handler(bool& star, bool& first_handler) {
  uint32_t first = at_++;
  bool starred = is(Tok::star);
  if (starred && !needs(11, "except* clauses")) return 0;
  if (!first_handler && starred != star) return fail();
  star = starred;
  first_handler = false;
  if (starred) ++at_;
  List parts;
  uint8_t flags = starred ? ast_star : 0;
  uint32_t name = 0;
  if (starred || !is(Tok::colon)) {
    NodeId type = expression();
    if (!type) return 0;
    append(parts, type);
    bool many = is(Tok::comma) && version_ >= PythonVersion{3, 14};
    if (many) note(14, "except clauses with several classes and no parentheses");
    while (many && take(Tok::comma) && !is(Tok::colon)) {
      type = expression();
      if (!type) return 0;
      append(parts, type);
    }
    if (!many && take(Tok::kw_as)) {
      name = at_;
      if (!expect(Tok::name)) return 0;
      flags |= ast_named;
    }
  }
  if (!expect(Tok::colon)) return 0;
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  NodeId result = node(Ast::handler, first, parts, flags);
  tree_[result].extra = name;
  return result;
}

NodeId Parser::try_statement() {
  uint32_t first = at_++;
  if (!expect(Tok::colon)) return 0;
  List parts;
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  bool star = false, none_yet = true;
  while (is(Tok::kw_except)) {
    NodeId clause = handler(star, none_yet);
    if (!clause) return 0;
    append(parts, clause);
  }
  if (none_yet && !is(Tok::kw_finally)) return fail();
  if (!none_yet && !optional_block(Tok::kw_else, Ast::else_, parts)) return 0;
  if (!optional_block(Tok::kw_finally, Ast::finally, parts)) return 0;
  return node(Ast::try_, first, parts);
}

}  // namespace trainlint
