#pragma once

#include <optional>
#include <string>

#include "lint/python/check/error_grammar.h"
#include "lint/python/check/literal.h"
#include "lint/python/check/parser.h"
#include "lint/python/check/token.h"
#include "lint/text/line_map.h"

namespace trainlint {

// Where and why CPython's parser gives up.
struct FoundError {
  uint32_t begin = 0;  // bytes in the text
  uint32_t end = 0;
  std::string message;
  std::string type = "SyntaxError";
};

// Finds the error that CPython reports for tokens that are not in the language, by doing what its
// parser does: once with the plain grammar, to see how far that looks; then, when nothing more
// particular is to be said, with the alternatives for known mistakes.
class ErrorSearch {
 public:
  ErrorSearch(Tokens& tokens, const LineMap& lines, PythonVersion version)
      : tokens_(tokens), lines_(lines), version_(version), grammar_(error_grammar()) {}

  // Parses from a token on with a rule ("file", or "field" for one in an f-string). Nullopt when
  // the grammar accepts the tokens after all, or when that cannot be told in reasonable time.
  std::optional<FoundError> run(std::string_view rule, uint32_t first);

 private:
  static constexpr uint32_t failed = UINT32_MAX;

  struct Capture {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint16_t element = 0;
  };
  struct Captures {
    Capture a, b;
    const Capture& named(char name) const { return name == 'b' ? b : a; }
  };

  uint32_t match(uint16_t element, uint32_t at);
  uint32_t match_token(const GrammarElement& element, uint32_t at);
  uint32_t match_rule(uint16_t rule, uint32_t at);
  uint32_t match_choice(const GrammarElement& element, uint32_t at);
  uint32_t match_sequence(const GrammarElement& element, uint32_t at, bool& cut);
  uint32_t match_repeated(const GrammarElement& element, uint32_t at, bool once);
  uint32_t match_gathered(const GrammarElement& element, uint32_t at);
  bool fetch(uint32_t at);
  void raise_tokenizer_error();

  // Actions; false when the alternative is to fail. See error_actions.cpp.
  bool act(const GrammarAction& action, const Captures& captures, uint32_t end);
  bool check_target(const GrammarAction& action, const Capture& capture);
  bool check_comma(const Captures& captures, uint32_t end);
  bool check_generator(const Capture& capture);
  bool check_arguments(const Capture& capture);
  bool check_strings(uint32_t begin, uint32_t end);
  bool check_fields(const Token& literal);
  bool check_complex(std::string_view name, uint32_t token);
  bool is_legacy(uint32_t begin, uint32_t end) const;
  uint32_t first_token(const Capture& capture);
  std::string describe(const Capture& capture);
  NodeId parse(const Capture& capture);
  NodeId invalid_target(NodeId id, std::string_view kind) const;

  void raise_at(uint32_t token, std::string message, std::string type = "SyntaxError");
  void raise_here(std::string message, std::string type = "SyntaxError");
  std::optional<FoundError> conclude(uint32_t last_token);
  bool check_rest();  // what the tokenizer would still find; true when it replaces the error
  uint32_t line_of(uint32_t token) const;

  Tokens& tokens_;
  const LineMap& lines_;
  PythonVersion version_;
  const ErrorGrammar& grammar_;
  AstTree tree_;
  bool seek_errors_ = false;
  bool from_tokenizer_ = false;
  uint32_t first_ = 0;
  uint32_t fetched_ = 0;
  int depth_ = 0;
  uint64_t steps_ = 0;
  bool gave_up_ = false;
  std::optional<FoundError> error_;
  struct Memo {
    uint16_t rule;
    uint32_t end;
  };
  std::vector<std::vector<Memo>> memos_;  // by token, from first_
};

}  // namespace trainlint
