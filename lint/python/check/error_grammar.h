#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/python/check/token.h"

namespace trainlint {

// Python's grammar in the form of CPython's own parser: alternatives are tried in order, and the
// first that matches is taken (a parsing expression grammar, PEP 617). Where CPython's error lies
// follows from that order, and from how far ahead it has looked, so a second description of the
// language is needed besides parser.h. It is used only for text that is known to be wrong.
//
// The notation of the grammar's text:
//   rule: this that | other ;       sequence, ordered choice
//   'if' "match" NAME NEWLINE       keyword or operator, soft keyword, other tokens
//   [x]  x*  x+  ','.x+             optional, repeated, repeated with separators
//   &x  !x  ~  &&':'                lookahead, commitment to this alternative, must follow
//   ?x                              the alternative is tried only when looking for an error
//   <12 x                           the alternative exists since Python 3.12
//   a:x                             a capture for the action
//   { ... }                         what to report when the alternative has matched:
//     at a "message"                at the first token of the capture; '%' stands for what it is
//     here "message"                at the last token looked at
//     indent a "message"            an IndentationError there; '%' is the line of the capture
//     assign a, for a, delete a     at the part of the capture that is no target, if any
//     legacy a, comma a, arguments a, generator a, strings, number, real, imaginary
//                                   see error_actions.cpp
enum class GrammarOp : uint8_t {
  token,
  word,
  rule,
  sequence,
  choice,
  optional,
  any,
  many,
  gather,
  ahead,
  not_ahead,
  cut,
  forced,
};

struct GrammarElement {
  GrammarOp op = GrammarOp::token;
  Tok token = Tok::end;      // token, forced
  char capture = 0;          // 'a', 'b' or none
  bool errors_only = false;  // an alternative
  uint8_t since = 0;         // an alternative: minor version
  uint16_t rule = 0;
  int16_t action = -1;  // an alternative
  std::string_view word;
  std::vector<uint16_t> parts;
};

struct GrammarAction {
  std::string_view name;
  char capture = 0;
  std::string_view message;
};

struct GrammarRule {
  std::string_view name;
  uint16_t body = 0;
  bool memoized = false;
};

struct ErrorGrammar {
  std::vector<GrammarElement> elements;
  std::vector<GrammarRule> rules;
  std::vector<GrammarAction> actions;

  uint16_t rule_named(std::string_view name) const;
};

// Made on first use, from the texts below.
const ErrorGrammar& error_grammar();

extern const std::string_view statement_grammar;
extern const std::string_view definition_grammar;
extern const std::string_view pattern_grammar;
extern const std::string_view expression_grammar;

}  // namespace trainlint
