// docs.python.org/2.7/reference: what its grammar and tokenizer do not have.
#include "lint/python/check/python2_target.h"

#include <algorithm>

namespace trainlint {

namespace {

class Search {
 public:
  explicit Search(const Program& program)
      : tokens_(program.tokens), tree_(program.tree), module_(program.module) {}

  std::optional<NewerThanPython2> run() {
    for (NodeId id = tree_[module_].child; id; id = tree_[id].next)
      print_is_function_ = print_is_function_ || imports_print(tree_[id]);
    for (uint32_t i = 0; i < tokens_.list.size(); ++i) look_at_token(i);
    for (NodeId id = 1; id < tree_.nodes.size(); ++id) look_at_node(tree_[id]);
    return first_;
  }

 private:
  void found(uint32_t token, int minor, std::string_view what) {
    const Token& at = tokens_.list[token];
    if (!first_ || at.begin < first_->begin) first_ = {at.begin, at.end, minor, what};
  }

  bool imports_print(const AstNode& node) const {
    if (node.kind != Ast::import_from || !(node.flags & ast_simple)) return false;
    for (NodeId name = node.child; name; name = tree_[name].next)
      if (tokens_.text_of(tree_[name].first) == "print_function") return true;
    return false;
  }

  void look_at_token(uint32_t i) {
    const Token& token = tokens_.list[i];
    std::string_view text = tokens_.text_of(token);
    switch (token.kind) {
      case Tok::string:
        if (token.flags & token_formatted)
          found(i, token.flags & token_template ? 14 : 6,
                token.flags & token_template ? "t-strings" : "f-strings");
        else if ((text[0] == 'r' || text[0] == 'R') && (text[1] == 'b' || text[1] == 'B'))
          found(i, 3, "strings with the prefix 'rb'");
        break;
      case Tok::number:
        if (text.find('_') != std::string_view::npos) found(i, 6, "underscores in numbers");
        break;
      case Tok::name:
        if (token.flags & token_not_ascii) found(i, 0, "names in other letters than ASCII's");
        break;
      case Tok::arrow:
        found(i, 0, "annotations of functions");
        break;
      case Tok::at_equal:
        found(i, 5, "matrix multiplications");
        break;
      default:
        break;
    }
  }

  NodeId child_of(const AstNode& node, Ast kind) const {
    for (NodeId id = node.child; id; id = tree_[id].next)
      if (tree_[id].kind == kind) return id;
    return 0;
  }

  void look_at_node(const AstNode& node) {
    switch (node.kind) {
      case Ast::nonlocal:
        return found(node.first, 0, "'nonlocal' statements");
      case Ast::yield_from:
        return found(node.first, 3, "'yield from' expressions");
      case Ast::await:
        return found(node.first, 5, "'await' expressions");
      case Ast::named:
        return found(node.first, 8, "assignment expressions");
      case Ast::annotated:
        return found(node.first, 6, "annotations of variables");
      case Ast::match:
        return found(node.first, 10, "match statements");
      case Ast::type_alias:
        return found(node.first, 12, "type statements");
      case Ast::type_parameters:
        return found(node.first, 12, "type parameters");
      case Ast::for_:
      case Ast::with:
        if (node.flags & ast_async) found(node.first, 5, "'async' statements");
        return;
      case Ast::raise:
        if (node.child && tree_[node.child].next)
          found(node.first, 0, "'raise ... from ...' statements");
        return;
      case Ast::handler:
        if (node.flags & ast_star) found(node.first, 11, "'except*' clauses");
        return;
      case Ast::function:
        return look_at_function(node);
      case Ast::class_:
        return look_at_class(node);
      case Ast::parameters:
        return look_at_parameters(node);
      case Ast::call:
        return look_at_call(node);
      case Ast::tuple:
      case Ast::list:
      case Ast::set:
        if (NodeId star = child_of(node, Ast::starred))
          found(tree_[star].first, 0, "starred items of lists and tuples");
        return;
      case Ast::dict:
        if (NodeId star = child_of(node, Ast::double_starred))
          found(tree_[star].first, 5, "starred items of dictionaries");
        return;
      default:
        return;
    }
  }

  void look_at_function(const AstNode& node) {
    if (node.flags & ast_async) found(node.first, 5, "'async' functions");
    const NodeId list = child_of(node, Ast::parameters);
    for (NodeId id = list ? tree_[list].child : 0; id; id = tree_[id].next) {
      uint32_t name = tree_[id].first;
      if (tokens_.list[name].kind != Tok::name) ++name;  // the stars
      if (name + 1 < tokens_.list.size() && tokens_.list[name].kind == Tok::name &&
          tokens_.list[name + 1].kind == Tok::colon)
        found(tree_[id].first, 0, "annotations of functions");
    }
  }

  // class A(Base, metaclass=Meta)
  void look_at_class(const AstNode& node) {
    const NodeId list = child_of(node, Ast::arguments);
    for (NodeId id = list ? tree_[list].child : 0; id; id = tree_[id].next)
      if (tree_[id].kind == Ast::keyword)
        found(tree_[id].first, 0, "keywords in the bases of a class");
  }

  void look_at_parameters(const AstNode& node) {
    bool after_star = false;
    for (NodeId id = node.child; id; id = tree_[id].next) {
      const AstNode& parameter = tree_[id];
      if (parameter.flags & ast_positional) found(parameter.first, 8, "positional-only parameters");
      // A bare * is no parameter of its own.
      const bool bare = parameter.first >= 2 &&
                        tokens_.list[parameter.first - 1].kind == Tok::comma &&
                        tokens_.list[parameter.first - 2].kind == Tok::star;
      if ((after_star || bare) && !(parameter.flags & ast_double_star))
        found(parameter.first, 0, "keyword-only parameters");
      after_star = after_star || (parameter.flags & ast_star);
    }
  }

  // f(*items, item), f(**options, option=1) and print(text, end=""), where print is a statement
  // with brackets around what it prints.
  void look_at_call(const AstNode& node) {
    const NodeId function = node.child;
    const bool prints = !print_is_function_ && function && tree_[function].kind == Ast::name &&
                        tokens_.text_of(tree_[function].first) == "print";
    bool starred = false, double_starred = false;
    for (NodeId id = function ? tree_[function].next : 0; id; id = tree_[id].next) {
      const AstNode& argument = tree_[id];
      if (prints && argument.kind == Ast::keyword)
        found(argument.first, 0,
              "options of 'print', without 'from __future__ import print_function',");
      const bool positional = argument.kind != Ast::keyword && argument.kind != Ast::double_starred;
      if (double_starred || (starred && positional))
        found(argument.first, 5, "arguments after starred ones");
      starred = starred || argument.kind == Ast::starred;
      double_starred = double_starred || argument.kind == Ast::double_starred;
    }
  }

  const Tokens& tokens_;
  const AstTree& tree_;
  NodeId module_;
  bool print_is_function_ = false;
  std::optional<NewerThanPython2> first_;
};

}  // namespace

std::optional<NewerThanPython2> newer_than_python2(const Program& program) {
  return Search(program).run();
}

}  // namespace trainlint
