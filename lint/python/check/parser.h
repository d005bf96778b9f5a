#pragma once

#include <optional>
#include <string>

#include "lint/python/check/ast.h"
#include "lint/python/check/token.h"

namespace trainlint {

// What a text lacks to be a program of some version of Python.
struct ParseFault {
  uint32_t token = 0;     // the first that cannot follow what stands before it
  std::string message;    // says why when it is a construct of a later version, or in a literal
  bool too_deep = false;  // nothing is known: nested beyond what this parser follows
};

// A construct that not every Python 3 has.
struct NewSyntax {
  int minor = 0;          // the first version 3.x that has it; 0 for none
  std::string_view what;  // "match statements"
};

// A recursive-descent parser of Python's grammar (docs.python.org/3/reference/grammar.html) for one
// version. It tells whether a text is in the language and makes the tree; which of its tokens
// CPython would complain about is the business of error_search.h. Functions return 0 once a fault
// is found; nothing is recovered.
class Parser {
 public:
  Parser(Tokens& tokens, AstTree& tree, PythonVersion version)
      : tokens_(tokens), tree_(tree), version_(version) {}

  NodeId module();
  // An expression as a statement or in an f-string's field, beginning at a token.
  NodeId expressions_at(uint32_t token);

  // For the search for errors: the tree of what a rule of the grammar with this name matches at a
  // token, 0 when it is no rule for expressions; the list of arguments between two tokens.
  NodeId part_at(uint32_t token, std::string_view rule);
  NodeId arguments_at(uint32_t begin, uint32_t end);

  const std::optional<ParseFault>& fault() const { return fault_; }
  uint32_t position() const { return at_; }
  // The newest construct met so far, the first of several.
  const NewSyntax& newest() const { return newest_; }
  uint32_t statement() const { return statement_; }  // first token of the last top-level statement

 private:
  using List = NodeList;
  struct Mark {
    uint32_t at;
    size_t nodes;
  };
  class Deeper;

  // Tokens.
  const Token& token(uint32_t ahead = 0) const { return tokens_.list[at_ + ahead]; }
  Tok kind(uint32_t ahead = 0) const { return tokens_.list[at_ + ahead].kind; }
  bool is(Tok wanted) const { return tokens_.list[at_].kind == wanted; }
  bool take(Tok wanted);
  bool expect(Tok wanted);
  bool is_word(std::string_view word) const;
  NodeId fail();
  NodeId fail(uint32_t token, std::string message);
  bool needs(int minor, std::string_view what);  // the construct at the current token
  bool before(int minor) const { return version_ < PythonVersion{3, minor}; }
  void note(int minor, std::string_view what) {
    if (minor > newest_.minor) newest_ = {minor, what};
  }

  // Nodes.
  NodeId node(Ast kind, uint32_t first, List children = {}, uint8_t flags = 0);
  void append(List& list, NodeId child);
  Mark mark() const { return {at_, tree_.nodes.size()}; }
  void reset(Mark mark);

  // Statements.
  bool statement_into(List& list);
  bool simple_statements(List& list);
  NodeId simple_statement();
  NodeId assignment_or_expression();
  NodeId finish_annotated(uint32_t first, NodeId target);
  NodeId finish_augmented(uint32_t first, NodeId target);
  NodeId finish_assignment(uint32_t first, NodeId target);
  NodeId return_statement();
  NodeId raise_statement();
  NodeId names_statement(Ast kind);
  NodeId delete_statement();
  NodeId assert_statement();
  NodeId import_statement();
  NodeId import_from_statement();
  bool imported_names(List& list);
  bool dotted_name();
  NodeId type_alias();
  NodeId block();
  NodeId if_statement();
  NodeId while_statement();
  NodeId for_statement(uint32_t first, uint8_t flags);
  NodeId with_statement(uint32_t first, uint8_t flags);
  bool parenthesized_items(List& items);
  NodeId with_item();
  NodeId try_statement();
  NodeId handler(bool& star, bool& first);
  bool optional_block(Tok keyword, Ast kind, List& parts);
  NodeId definition();
  NodeId function(uint32_t first, List parts, uint8_t flags);
  NodeId class_definition(uint32_t first, List parts);
  bool decorators(List& parts);
  bool type_parameters(List& parts);
  NodeId parameters(Tok closing);
  NodeId parameter(Tok closing, uint8_t flags);
  NodeId match_subject();
  NodeId match_cases(uint32_t first, NodeId subject);
  NodeId case_block();

  // Patterns.
  NodeId patterns();
  NodeId pattern();
  NodeId maybe_star_pattern();
  NodeId or_pattern();
  NodeId closed_pattern();
  NodeId name_pattern();
  NodeId number_pattern();
  NodeId bracket_pattern();
  NodeId mapping_pattern();
  NodeId class_pattern(uint32_t first);
  NodeId sequence_rest(uint32_t first, List items, Tok closing);

  // Expressions.
  // The versions 3.x that first take starred items, and any comma, where the list stands.
  struct Since {
    int star = 0;
    int comma = 0;
  };
  NodeId star_expressions(Since since = {0, 0});
  NodeId star_expression();
  NodeId star_named_expression();
  NodeId named_expression();
  NodeId expression();
  NodeId disjunction();
  NodeId conjunction();
  NodeId inversion();
  NodeId comparison();
  NodeId binary(int level);
  NodeId factor();
  NodeId power();
  NodeId primary();
  NodeId trailers(NodeId base, uint32_t first);
  NodeId call(NodeId base, uint32_t first);
  NodeId subscript(NodeId base, uint32_t first);
  NodeId slice();
  bool bare_walrus(NodeId value, uint32_t first) const;
  bool arguments(List& list, bool of_call);
  NodeId argument(int& stage);
  NodeId atom();
  NodeId strings();
  NodeId round();
  NodeId square();
  NodeId curly();
  NodeId set_item();
  NodeId dict_rest(uint32_t first, List items);
  NodeId dict_item();
  NodeId comprehension(Ast kind, uint32_t first, List head, Tok closing);
  bool clauses(List& list);
  NodeId lambda(bool in_condition = false);
  NodeId condition();
  NodeId yield_expression();
  NodeId star_targets();
  NodeId star_target();
  bool joined_fields(uint32_t literal, List& fields);
  bool joinable(uint32_t first, uint32_t count);
  bool starts_expression(Tok kind) const;

  enum class TargetKind : uint8_t { star, single, del };
  bool valid_target(NodeId node, TargetKind kind) const;

  Tokens& tokens_;
  AstTree& tree_;
  PythonVersion version_;
  uint32_t at_ = 0;
  uint32_t statement_ = 0;
  int depth_ = 0;
  std::optional<ParseFault> fault_;
  NewSyntax newest_;
};

// Counts how deep expressions, patterns and statements stand in each other.
class Parser::Deeper {
 public:
  explicit Deeper(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > max_depth && !parser_.fault_)
      parser_.fault_ = ParseFault{.token = parser_.at_, .message = {}, .too_deep = true};
  }
  ~Deeper() { --parser_.depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  explicit operator bool() const { return parser_.depth_ <= max_depth; }

 private:
  static constexpr int max_depth = 1500;
  Parser& parser_;
};

}  // namespace trainlint
