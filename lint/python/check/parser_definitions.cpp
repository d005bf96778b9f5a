// Functions, classes and their parameters.
#include "lint/python/check/parser.h"

namespace trainlint {

// Before 3.9 (PEP 614) a decorator was a dotted name without brackets, perhaps called once.
static bool old_decorator(const AstTree& tree, NodeId id) {
  if (tree[id].kind == Ast::call) id = tree[id].child;
  while (tree[id].kind == Ast::attribute) id = tree[id].child;
  return tree[id].kind == Ast::name;
}

bool Parser::decorators(List& parts) {
  while (is(Tok::at)) {
    uint32_t first = at_++;
    NodeId value = named_expression();
    if (!value) return false;
    bool old = tokens_.list[first + 1].kind == Tok::name && old_decorator(tree_, value);
    if (!old && !needs(9, "such decorators")) return false;
    append(parts, node(Ast::decorator, first, {value, value}));
    if (!expect(Tok::newline)) return false;
  }
  return true;
}

NodeId Parser::definition() {
  List parts;
  bool decorated = is(Tok::at);
  if (!decorators(parts)) return 0;
  uint32_t first = at_;
  if (is(Tok::kw_class)) return class_definition(first, parts);
  uint8_t flags = 0;
  if (take(Tok::kw_async)) {
    flags = ast_async;
    if (!decorated && is(Tok::kw_for)) return for_statement(first, flags);
    if (!decorated && is(Tok::kw_with)) return with_statement(first, flags);
  }
  return is(Tok::kw_def) ? function(first, parts, flags) : fail();
}

NodeId Parser::function(uint32_t first, List parts, uint8_t flags) {
  ++at_;
  uint32_t name = at_;
  if (!expect(Tok::name)) return 0;
  if (is(Tok::left_square) && !type_parameters(parts)) return 0;
  if (!expect(Tok::left_round)) return 0;
  NodeId list = parameters(Tok::right_round);
  if (!list || !expect(Tok::right_round)) return 0;
  append(parts, list);
  if (take(Tok::arrow)) {
    NodeId type = expression();
    if (!type) return 0;
    append(parts, node(Ast::returns, at_ - 1, {type, type}));
  }
  if (!expect(Tok::colon)) return 0;
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  NodeId result = node(Ast::function, first, parts, flags);
  tree_[result].extra = name;
  return result;
}

NodeId Parser::class_definition(uint32_t first, List parts) {
  ++at_;
  uint32_t name = at_;
  if (!expect(Tok::name)) return 0;
  if (is(Tok::left_square) && !type_parameters(parts)) return 0;
  List bases;
  uint32_t open = at_;
  if (take(Tok::left_round) && !(arguments(bases, false) && expect(Tok::right_round))) return 0;
  append(parts, node(Ast::arguments, open, bases));
  if (!expect(Tok::colon)) return 0;
  NodeId body = block();
  if (!body) return 0;
  append(parts, body);
  NodeId result = node(Ast::class_, first, parts);
  tree_[result].extra = name;
  return result;
}

// "[T: bound = default, *Ts, **P]" (PEP 695 and 696).
bool Parser::type_parameters(List& parts) {
  if (!needs(12, "type parameters")) return false;
  uint32_t open = at_++;
  List list;
  do {
    if (list.head && is(Tok::right_square)) break;
    uint32_t first = at_;
    bool star = take(Tok::star), plain = !star && !take(Tok::double_star);
    uint32_t name = at_;
    if (!expect(Tok::name)) return false;
    List children;
    if (plain && take(Tok::colon)) {
      NodeId bound = expression();
      if (!bound) return false;
      append(children, bound);
    }
    uint8_t flags = plain ? 0 : star ? ast_star : ast_double_star;
    if (is(Tok::equal)) {
      if (!needs(13, "defaults of type parameters")) return false;
      ++at_;
      NodeId value = star ? star_expression() : expression();
      if (!value) return false;
      append(children, value);
      flags |= ast_has_value;
    }
    NodeId parameter = node(Ast::type_parameter, first, children, flags);
    tree_[parameter].extra = name;
    append(list, parameter);
  } while (take(Tok::comma));
  if (!expect(Tok::right_square)) return false;
  append(parts, node(Ast::type_parameters, open, list));
  return true;
}

// One parameter with its annotation (not in a lambda) and default.
NodeId Parser::parameter(Tok closing, uint8_t flags) {
  uint32_t first = at_;
  if (!expect(Tok::name)) return 0;
  List parts;
  if (closing == Tok::right_round && take(Tok::colon)) {
    bool star = (flags & ast_star) && is(Tok::star);
    if (star && !needs(11, "starred annotations")) return 0;
    NodeId annotation = star ? star_expression() : expression();
    if (!annotation) return 0;
    append(parts, annotation);
    flags |= ast_simple;
  }
  if (is(Tok::equal)) {
    if (flags & (ast_star | ast_double_star)) return fail();
    ++at_;
    NodeId value = expression();
    if (!value) return 0;
    append(parts, value);
    flags |= ast_has_value;
  }
  NodeId result = node(Ast::parameter, first, parts, flags);
  tree_[result].extra = first;
  return result;
}

NodeId Parser::parameters(Tok closing) {
  uint32_t first = at_;
  List list;
  bool defaults = false, slash = false, star = false, double_star = false, name_due = false;
  while (!is(closing)) {
    if (double_star) return fail();
    uint8_t flags = 0;
    if (is(Tok::slash)) {
      if (slash || star || !list.head) return fail();
      if (!needs(8, "positional-only parameters")) return 0;
      ++at_;
      slash = true;
      for (NodeId p = list.head; p; p = tree_[p].next) tree_[p].flags |= ast_positional;
      if (!is(closing) && !expect(Tok::comma)) return 0;
      continue;
    }
    if (is(Tok::star)) {
      if (star) return fail();
      star = true;
      ++at_;
      if (is(Tok::comma)) {
        name_due = true;
        ++at_;
        if (!is(Tok::name)) return fail();
        continue;
      }
      flags = ast_star;
    } else if (take(Tok::double_star)) {
      if (name_due) return fail();
      double_star = true;
      flags = ast_double_star;
    }
    NodeId parameter = this->parameter(closing, flags);
    if (!parameter) return 0;
    append(list, parameter);
    name_due = false;
    bool has_default = tree_[parameter].flags & ast_has_value;
    if (!star && !double_star && defaults && !has_default) return fail();
    defaults = defaults || has_default;
    if (is(closing)) break;
    if (!is(Tok::comma)) return fail();
    if ((star || double_star) && kind(1) == closing &&
        !needs(6, "trailing commas after * parameters"))
      return 0;
    ++at_;
  }
  return node(Ast::parameters, first, list);
}

NodeId Parser::lambda(bool in_condition) {
  uint32_t first = at_++;
  List parts;
  NodeId list = parameters(Tok::colon);
  if (!list || !expect(Tok::colon)) return 0;
  append(parts, list);
  NodeId body = in_condition ? condition() : expression();
  if (!body) return 0;
  append(parts, body);
  return node(Ast::lambda, first, parts);
}

}  // namespace trainlint
