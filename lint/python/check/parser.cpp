#include "lint/python/check/parser.h"

#include <fmt/format.h>

namespace trainlint {

bool Parser::take(Tok wanted) {
  if (!is(wanted)) return false;
  ++at_;
  return true;
}

bool Parser::expect(Tok wanted) {
  if (take(wanted)) return true;
  fail();
  return false;
}

bool Parser::is_word(std::string_view word) const {
  return is(Tok::name) && tokens_.text_of(at_) == word;
}

NodeId Parser::fail() {
  return fail(at_, {});
}

NodeId Parser::fail(uint32_t token, std::string message) {
  if (!fault_) fault_ = ParseFault{token, std::move(message), false};
  return 0;
}

bool Parser::needs(int minor, std::string_view what) {
  if (!before(minor)) {
    note(minor, what);
    return true;
  }
  fail(at_, fmt::format("{} need Python 3.{} or later, not {}", what, minor, to_string(version_)));
  return false;
}

NodeId Parser::node(Ast kind, uint32_t first, List children, uint8_t flags) {
  tree_.nodes.push_back({kind, flags, first, at_ > first ? at_ - 1 : first, 0, children.head, 0});
  return static_cast<NodeId>(tree_.nodes.size() - 1);
}

void Parser::append(List& list, NodeId child) {
  if (!child) return;
  if (list.tail)
    tree_[list.tail].next = child;
  else
    list.head = child;
  list.tail = child;
}

void Parser::reset(Mark mark) {
  at_ = mark.at;
  tree_.nodes.resize(mark.nodes);
  fault_.reset();
}

NodeId Parser::module() {
  List body;
  while (!is(Tok::end)) {
    statement_ = at_;
    if (!statement_into(body)) return 0;
  }
  return node(Ast::module, 0, body);
}

NodeId Parser::expressions_at(uint32_t token) {
  at_ = token;
  return is(Tok::kw_yield) ? yield_expression() : star_expressions();
}

NodeId Parser::part_at(uint32_t token, std::string_view rule) {
  at_ = token;
  if (rule == "star_expressions" || rule == "yield_expr") return expressions_at(token);
  if (rule == "star_named_expression") return star_named_expression();
  if (rule == "expression" || rule == "expression_without_invalid") return expression();
  if (rule == "disjunction") return disjunction();
  if (rule == "bitwise_or") return binary(0);
  return rule == "starred_expression" ? star_expression() : 0;
}

NodeId Parser::arguments_at(uint32_t begin, uint32_t end) {
  at_ = begin;
  List list;
  int stage = 0;
  while (at_ < end) {
    NodeId one = argument(stage);
    if (!one) break;
    append(list, one);
    if (!take(Tok::comma)) break;
  }
  return list.head;
}

// Which expressions may stand before "=", an augmented assignment, or after `del`.
bool Parser::valid_target(NodeId id, TargetKind kind) const {
  const AstNode& target = tree_[id];
  switch (target.kind) {
    case Ast::name:
    case Ast::attribute:
    case Ast::subscript:
      return true;
    case Ast::starred:
      return kind == TargetKind::star && valid_target(target.child, kind) &&
             tree_[target.child].kind != Ast::starred;
    case Ast::tuple:
    case Ast::list:
      if (kind == TargetKind::single) return false;
      for (NodeId child = target.child; child; child = tree_[child].next)
        if (!valid_target(child, kind)) return false;
      return true;
    default:
      return false;
  }
}

}  // namespace trainlint
