// Up to 3.7 CPython compiles nothing of a branch that a constant rules out, and so finds no fault
// in it; what is misplaced there only the symbol table could see.
#include "lint/python/check/placement.h"

namespace trainlint {

PlacementPass::Constant PlacementPass::constant(const AstNode& test) const {
  switch (test.kind) {
    case Ast::true_:
    case Ast::ellipsis:
      return Constant::truthy;
    case Ast::false_:
    case Ast::null:
      return Constant::falsy;
    case Ast::name:
      return word(test.first) == "__debug__" ? Constant::truthy : Constant::none;
    case Ast::number: {
      std::string_view text = word(test.first);
      if (text.find_first_not_of("0123456789_.jJ") != text.npos) return Constant::unknown;
      return text.find_first_of("123456789") == text.npos ? Constant::falsy : Constant::truthy;
    }
    case Ast::string:
      return Constant::unknown;
    case Ast::tuple:
    case Ast::subscript:
    case Ast::unary:
    case Ast::binary:
    case Ast::boolean:
    case Ast::compare:
    case Ast::conditional:
      // 3.7 computes what is made of constants only.
      for (NodeId id = test.child; id; id = at(id).next)
        if (constant(at(id)) == Constant::none) return Constant::none;
      return Constant::unknown;
    default:
      return Constant::none;
  }
}

void PlacementPass::if_statement(const AstNode& node) {
  Constant test = before(8) ? constant(at(node.child)) : Constant::none;
  if (test == Constant::none) return visit_all(node.child);
  NodeId body = at(node.child).next;
  if (test == Constant::truthy) visit(body);
  if (test == Constant::falsy && at(body).next) visit(at(body).next);
}

}  // namespace trainlint
