// Primaries: names, literals, displays, calls, subscripts.
#include "lint/python/check/literal.h"
#include "lint/python/check/parser.h"

namespace trainlint {

NodeId Parser::primary() {
  uint32_t first = at_;
  NodeId base = atom();
  return base ? trailers(base, first) : 0;
}

NodeId Parser::trailers(NodeId base, uint32_t first) {
  for (;;) {
    switch (kind()) {
      case Tok::dot: {
        ++at_;
        if (!expect(Tok::name)) return 0;
        base = node(Ast::attribute, first, {base, base});
        tree_[base].extra = at_ - 1;
        break;
      }
      case Tok::left_round:
        base = call(base, first);
        break;
      case Tok::left_square:
        base = subscript(base, first);
        break;
      default:
        return base;
    }
    if (!base) return 0;
  }
}

NodeId Parser::call(NodeId base, uint32_t first) {
  Deeper deeper(*this);
  if (!deeper) return 0;
  List parts;
  append(parts, base);
  ++at_;
  if (!arguments(parts, true) || !expect(Tok::right_round)) return 0;
  return node(Ast::call, first, parts);
}

// Up to the closing bracket. The order is: positional and starred ones; then keywords and starred
// ones; then keywords and double-starred ones.
bool Parser::arguments(List& list, bool of_call) {
  uint32_t open = at_ - 1;
  int stage = 0;
  while (!is(Tok::right_round)) {
    NodeId one = argument(stage);
    if (!one) return false;
    bool keyword = tree_[one].kind == Ast::keyword;
    if (is(Tok::kw_for) || is(Tok::kw_async)) {
      // A generator expression shares the call's brackets only when it stands alone; up to 3.6 a
      // comma might follow.
      // (The list of a call begins with what is called.)
      bool alone = of_call && list.head == list.tail && tree_[one].kind != Ast::starred &&
                   tree_[one].kind != Ast::double_starred && !keyword;
      if (!alone) return fail(), false;
      List parts;
      append(parts, one);
      if (!clauses(parts)) return false;
      append(list, node(Ast::generator, open, parts));
      if (version_ < PythonVersion{3, 7}) take(Tok::comma);
      return is(Tok::right_round) || (fail(), false);
    }
    append(list, one);
    if (is(Tok::right_round)) break;
    if (!expect(Tok::comma)) return false;
  }
  return true;
}

NodeId Parser::argument(int& stage) {
  uint32_t first = at_;
  if (is(Tok::star)) {
    if (stage > 1) return fail();
    ++at_;
    NodeId value = expression();
    return value ? node(Ast::starred, first, {value, value}) : 0;
  }
  if (take(Tok::double_star)) {
    stage = 2;
    NodeId value = expression();
    return value ? node(Ast::double_starred, first, {value, value}) : 0;
  }
  if (is(Tok::name) && kind(1) == Tok::equal) {
    at_ += 2;
    stage = stage == 0 ? 1 : stage;
    NodeId value = expression();
    if (!value) return 0;
    NodeId keyword = node(Ast::keyword, first, {value, value});
    tree_[keyword].extra = first;
    return keyword;
  }
  NodeId value = named_expression();
  if (!value) return 0;
  if (stage > 0 || is(Tok::equal)) return fail();
  return value;
}

NodeId Parser::subscript(NodeId base, uint32_t first) {
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t open = ++at_;
  List parts;
  append(parts, base);
  List items;
  bool comma = false;
  do {
    if (items.head && is(Tok::right_square)) break;
    NodeId one = slice();
    if (!one) return 0;
    append(items, one);
    comma = is(Tok::comma);
  } while (take(Tok::comma));
  bool tuple = comma || items.head != items.tail || tree_[items.head].kind == Ast::starred;
  append(parts, tuple ? node(Ast::tuple, open, items) : items.head);
  if (!expect(Tok::right_square)) return 0;
  return node(Ast::subscript, first, parts);
}

static constexpr std::string_view bare_walrus_use =
    "assignment expressions without brackets in a set or an index";

// Whether the expression that began at `first` is an assignment expression without brackets.
bool Parser::bare_walrus(NodeId value, uint32_t first) const {
  return tree_[value].kind == Ast::named && tree_[value].first == first;
}

NodeId Parser::slice() {
  uint32_t first = at_;
  if (is(Tok::star)) {
    if (!needs(11, "starred expressions in an index")) return 0;
    ++at_;
    NodeId value = expression();
    return value ? node(Ast::starred, first, {value, value}) : 0;
  }
  List parts;
  if (!is(Tok::colon)) {
    NodeId value = named_expression();
    if (!value) return 0;
    if (bare_walrus(value, first) && (is(Tok::colon) || !needs(10, bare_walrus_use))) return fail();
    if (!is(Tok::colon)) return value;
    append(parts, value);
  }
  for (int colons = 0; colons < 2 && take(Tok::colon); ++colons) {
    if (!starts_expression(kind())) continue;
    NodeId value = expression();
    if (!value) return 0;
    append(parts, value);
  }
  return node(Ast::slice, first, parts);
}

NodeId Parser::atom() {
  uint32_t first = at_;
  Ast plain = Ast::none;
  switch (kind()) {
    case Tok::name:
      plain = Ast::name;
      break;
    case Tok::kw_true:
      plain = Ast::true_;
      break;
    case Tok::kw_false:
      plain = Ast::false_;
      break;
    case Tok::kw_none:
      plain = Ast::null;
      break;
    case Tok::ellipsis:
      plain = Ast::ellipsis;
      break;
    case Tok::number:
      if (auto problem = number_problem(tokens_.text_of(at_), version_)) return fail(at_, *problem);
      plain = Ast::number;
      break;
    case Tok::string:
      return strings();
    case Tok::left_round:
      return round();
    case Tok::left_square:
      return square();
    case Tok::left_curly:
      return curly();
    default:
      return fail();
  }
  ++at_;
  return node(plain, first);
}

// Adjacent literals are one; each is looked into here, as CPython does when it makes the constant.
NodeId Parser::strings() {
  uint32_t first = at_;
  List fields;
  bool bytes = token().flags & token_bytes, joined = false;
  uint32_t count = 0;
  for (; is(Tok::string); ++at_, ++count)
    if (static_cast<bool>(token().flags & token_bytes) != bytes)
      return fail(first, "cannot mix bytes and nonbytes literals");
  for (uint32_t i = first; i < first + count; ++i) {
    const Token literal = tokens_.list[i];
    if (auto problem = literal_problem(tokens_, literal, version_)) return fail(i, *problem);
    if (!(literal.flags & token_formatted)) continue;
    joined = true;
    if (!joined_fields(i, fields)) return 0;
  }
  at_ = first + count;
  return node(joined ? Ast::joined : Ast::string, first, fields,
              bytes ? uint8_t{ast_bytes} : uint8_t{0});
}

// The expressions in the fields of one f-string: their tokens are put behind all others.
bool Parser::joined_fields(uint32_t literal, List& fields) {
  FormattedString parts = formatted_string(tokens_, tokens_.list[literal], version_);
  uint32_t back = at_;
  for (const FormattedString::Field& part : parts.fields) {
    auto first = static_cast<uint32_t>(tokens_.list.size());
    tokenize_field(tokens_, part.begin, part.end - part.begin, version_);
    NodeId value = expressions_at(first);
    if (!value) return false;
    append(fields, node(Ast::field, first, {value, value}));
  }
  at_ = back;
  if (parts.problem) fail(literal, *parts.problem);
  return !parts.problem;
}

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
  if (tree_[one].kind == Ast::starred && tokens_.list[first + 1].kind == Tok::star) return fail();
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

NodeId Parser::curly() {
  Deeper deeper(*this);
  if (!deeper) return 0;
  uint32_t first = at_++;
  if (take(Tok::right_curly)) return node(Ast::dict, first);
  List items;
  if (is(Tok::double_star)) return dict_rest(first, items);
  NodeId one = star_named_expression();
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
    one = star_named_expression();
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
      NodeId condition = disjunction();
      if (!condition) return false;
      append(parts, condition);
    }
    append(list, node(Ast::clause, first, parts, flags));
  }
  return true;
}

}  // namespace trainlint
