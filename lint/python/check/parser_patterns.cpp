// The match statement and its patterns (PEP 634).
#include "lint/python/check/parser.h"

namespace trainlint {

// "match SUBJECT:" and the start of a block of cases; 0 when `match` is a name here.
NodeId Parser::match_subject() {
  ++at_;
  if (!starts_expression(kind()) && !is(Tok::star)) return fail();
  uint32_t first = at_;
  List parts;
  do {
    if (parts.head && is(Tok::colon)) break;
    NodeId part = star_named_expression();
    if (!part) return 0;
    append(parts, part);
  } while (take(Tok::comma));
  bool tuple = parts.head != parts.tail || tokens_.list[at_ - 1].kind == Tok::comma;
  if (!tuple && tree_[parts.head].kind == Ast::starred) return fail();
  if (!is(Tok::colon) || kind(1) != Tok::newline || kind(2) != Tok::indent) return fail();
  at_ += 3;
  if (!is_word("case")) return fail();
  return tuple ? node(Ast::tuple, first, parts) : parts.head;
}

NodeId Parser::match_cases(uint32_t first, NodeId subject) {
  List parts;
  append(parts, subject);
  do {
    NodeId one = case_block();
    if (!one) return 0;
    append(parts, one);
  } while (is_word("case"));
  if (!expect(Tok::dedent)) return 0;
  return node(Ast::match, first, parts);
}

NodeId Parser::case_block() {
  uint32_t first = at_++;
  List parts;
  NodeId shape = patterns();
  if (!shape) return 0;
  append(parts, shape);
  uint8_t flags = 0;
  if (take(Tok::kw_if)) {
    NodeId guard = named_expression();
    if (!guard) return 0;
    append(parts, guard);
    flags = ast_has_value;
  }
  if (!expect(Tok::colon)) return 0;
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  return node(Ast::case_, first, parts, flags);
}

NodeId Parser::patterns() {
  uint32_t first = at_;
  NodeId one = maybe_star_pattern();
  if (!one) return 0;
  if (!is(Tok::comma)) return tree_[one].kind == Ast::pattern_star ? fail() : one;
  List items;
  append(items, one);
  while (take(Tok::comma) && !is(Tok::colon) && !is(Tok::kw_if)) {
    one = maybe_star_pattern();
    if (!one) return 0;
    append(items, one);
  }
  return node(Ast::pattern_sequence, first, items);
}

NodeId Parser::maybe_star_pattern() {
  if (!is(Tok::star)) return pattern();
  uint32_t first = at_++;
  uint8_t flags = is_word("_") ? 0 : ast_named;
  if (!expect(Tok::name)) return 0;
  if (flags && (is(Tok::dot) || is(Tok::left_round) || is(Tok::equal))) return fail();
  NodeId star = node(Ast::pattern_star, first, {}, flags);
  tree_[star].extra = at_ - 1;
  return star;
}

NodeId Parser::pattern() {
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_;
  NodeId shape = or_pattern();
  if (!shape || !take(Tok::kw_as)) return shape;
  if (is_word("_")) return fail();
  if (!expect(Tok::name)) return 0;
  if (is(Tok::dot) || is(Tok::left_round) || is(Tok::equal)) return fail();
  NodeId result = node(Ast::pattern_as, first, {shape, shape}, ast_named);
  tree_[result].extra = at_ - 1;
  return result;
}

NodeId Parser::or_pattern() {
  uint32_t first = at_;
  List choices;
  do {
    NodeId one = closed_pattern();
    if (!one) return 0;
    append(choices, one);
  } while (take(Tok::bar));
  return choices.head == choices.tail ? choices.head : node(Ast::pattern_or, first, choices);
}

NodeId Parser::closed_pattern() {
  uint32_t first = at_;
  switch (kind()) {
    case Tok::name:
      return name_pattern();
    case Tok::number:
    case Tok::minus:
      return number_pattern();
    case Tok::string: {
      NodeId text = strings();
      return text ? node(Ast::pattern_value, first, {text, text}) : 0;
    }
    case Tok::kw_none:
    case Tok::kw_true:
    case Tok::kw_false:
      ++at_;
      return node(Ast::pattern_value, first);
    case Tok::left_round:
    case Tok::left_square:
      return bracket_pattern();
    case Tok::left_curly:
      return mapping_pattern();
    default:
      return fail();
  }
}

NodeId Parser::name_pattern() {
  uint32_t first = at_++;
  while (is(Tok::dot)) {
    ++at_;
    if (!expect(Tok::name)) return 0;
  }
  if (is(Tok::left_round)) return class_pattern(first);
  if (is(Tok::equal)) return fail();
  if (at_ - first > 1) return node(Ast::pattern_value, first);
  NodeId capture = node(Ast::pattern_capture, first, {},
                        tokens_.text_of(first) == "_" ? uint8_t{0} : uint8_t{ast_named});
  tree_[capture].extra = first;
  return capture;
}

static bool imaginary(std::string_view number) {
  return number.back() == 'j' || number.back() == 'J';
}

// A number, perhaps with a sign, or a complex one as a sum.
NodeId Parser::number_pattern() {
  uint32_t first = at_;
  take(Tok::minus);
  if (!expect(Tok::number)) return 0;
  if (is(Tok::plus) || is(Tok::minus)) {
    if (imaginary(tokens_.text_of(at_ - 1)))
      return fail(at_ - 1, "real number required in complex literal");
    ++at_;
    if (!expect(Tok::number)) return 0;
    if (!imaginary(tokens_.text_of(at_ - 1)))
      return fail(at_ - 1, "imaginary number required in complex literal");
  }
  return node(Ast::pattern_value, first);
}

NodeId Parser::bracket_pattern() {
  Tok closing = is(Tok::left_round) ? Tok::right_round : Tok::right_square;
  uint32_t first = at_++;
  List items;
  bool comma = false;
  while (!is(closing)) {
    NodeId one = maybe_star_pattern();
    if (!one) return 0;
    append(items, one);
    comma = take(Tok::comma);
    if (!comma && !is(closing)) return fail();
  }
  ++at_;
  bool group = closing == Tok::right_round && items.head && items.head == items.tail && !comma;
  if (!group) return node(Ast::pattern_sequence, first, items);
  return tree_[items.head].kind == Ast::pattern_star ? fail() : items.head;
}

NodeId Parser::mapping_pattern() {
  uint32_t first = at_++;
  List items;
  uint32_t rest = 0;
  while (!is(Tok::right_curly)) {
    if (rest) return fail();
    if (take(Tok::double_star)) {
      if (is_word("_") || !is(Tok::name)) return fail();
      rest = at_++;
      if (is(Tok::dot) || is(Tok::left_round) || is(Tok::equal)) return fail();
    } else {
      uint32_t begin = at_;
      bool named = is(Tok::name);
      NodeId key = is(Tok::left_round) || is(Tok::left_square) || is(Tok::left_curly)
                       ? fail()
                       : closed_pattern();
      if (!key) return 0;
      if (named && tree_[key].kind != Ast::pattern_value) return fail(begin, {});
      append(items, key);
      if (!expect(Tok::colon)) return 0;
      NodeId value = pattern();
      if (!value) return 0;
      append(items, value);
    }
    if (!take(Tok::comma) && !is(Tok::right_curly)) return fail();
  }
  ++at_;
  NodeId result = node(Ast::pattern_mapping, first, items, rest ? uint8_t{ast_named} : uint8_t{0});
  tree_[result].extra = rest;
  return result;
}

NodeId Parser::class_pattern(uint32_t first) {
  ++at_;
  List items;
  bool keywords = false;
  while (!is(Tok::right_round)) {
    uint32_t begin = at_;
    bool keyword = is(Tok::name) && kind(1) == Tok::equal;
    if (keywords && !keyword) return fail();
    if (keyword) at_ += 2;
    keywords = keyword;
    NodeId value = pattern();
    if (!value) return 0;
    if (keyword) {
      value = node(Ast::pattern_keyword, begin, {value, value});
      tree_[value].extra = begin;
    }
    append(items, value);
    if (!take(Tok::comma) && !is(Tok::right_round)) return fail();
  }
  ++at_;
  return node(Ast::pattern_class, first, items);
}

}  // namespace trainlint
