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
      // The bases of a class were read like arguments up to 3.6.
      bool alone = of_call ? list.head == list.tail : !list.head && before(7);
      if (!alone || keyword || tree_[one].kind == Ast::starred ||
          tree_[one].kind == Ast::double_starred)
        return fail(), false;
      if (bare_walrus(one, open + 1) && !needs(9, "assignment expressions in such a place"))
        return false;
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
  if (is(Tok::equal) && before(8) && tree_[value].kind == Ast::name) {  // "f((x)=1)"
    uint32_t name = tree_[value].first;
    ++at_;
    stage = stage == 0 ? 1 : stage;
    value = expression();
    if (!value) return 0;
    NodeId keyword = node(Ast::keyword, first, {value, value});
    tree_[keyword].extra = name;
    return keyword;
  }
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
    bool bare = bare_walrus(value, first);
    if (bare && !needs(10, "assignment expressions without brackets in an index")) return 0;
    if (bare && is(Tok::colon)) return fail();
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

// Whether adjacent literals are of kinds that can be one.
bool Parser::joinable(uint32_t first, uint32_t count) {
  for (uint32_t i = first + 1; i < first + count; ++i) {
    uint8_t differs = tokens_.list[i].flags ^ tokens_.list[first].flags;
    if (differs & token_bytes) return fail(first, "cannot mix bytes and nonbytes literals"), false;
    if (differs & token_template)
      return fail(first, "cannot mix t-string literals with string or bytes literals"), false;
  }
  return true;
}

// Adjacent literals are one; each is looked into here, as CPython does when it makes the constant.
NodeId Parser::strings() {
  uint32_t first = at_;
  List fields;
  bool bytes = token().flags & token_bytes, joined = false;
  uint32_t count = 0;
  for (; is(Tok::string); ++at_) ++count;
  if (count > 1 && !joinable(first, count)) return 0;
  for (uint32_t i = first; i < first + count; ++i) {
    const Token literal = tokens_.list[i];
    if (auto problem = literal_problem(tokens_, literal, version_)) return fail(i, *problem);
    if (!(literal.flags & token_formatted)) continue;
    joined = true;
    note(literal.flags & token_template ? 14 : 6,
         literal.flags & token_template ? "t-strings" : "f-strings");
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

}  // namespace trainlint
