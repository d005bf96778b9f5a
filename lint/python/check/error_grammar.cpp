// Reads the grammar's texts into a table of elements.
#include "lint/python/check/error_grammar.h"

#include <cassert>

namespace trainlint {

namespace {

constexpr std::string_view token_names[] = {"END",  "NEWLINE", "INDENT", "DEDENT",
                                            "NAME", "NUMBER",  "STRING"};

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class GrammarReader {
 public:
  GrammarReader(ErrorGrammar& grammar, std::string_view text) : grammar_(grammar), text_(text) {}

  void declare_rules() {
    for (skip(); at_ < text_.size(); skip()) {
      std::string_view name = word();
      bool memoized = take('*');
      grammar_.rules.push_back({name, 0, memoized});
      while (text_[at_] != ';' || text_[at_ - 1] == '\'') ++at_;
      ++at_;
    }
    at_ = 0;
  }

  void read_rules() {
    for (skip(); at_ < text_.size(); skip()) {
      uint16_t rule = grammar_.rule_named(word());
      take('*');
      expect(':');
      uint16_t body = choice();
      grammar_.rules[rule].body = body;
      expect(';');
    }
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  char peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void expect([[maybe_unused]] char c) {
    [[maybe_unused]] bool found = take(c);
    assert(found && "the grammar's text is malformed");
  }
  std::string_view word() {
    skip();
    size_t begin = at_;
    while (at_ < text_.size() && is_word_char(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::string_view until(char quote) {
    size_t begin = at_;
    while (text_[at_] != quote) at_ += text_[at_] == '\\' ? 2 : 1;
    return text_.substr(begin, at_++ - begin);
  }

  uint16_t add(GrammarElement element) {
    grammar_.elements.push_back(std::move(element));
    return static_cast<uint16_t>(grammar_.elements.size() - 1);
  }
  uint16_t wrap(GrammarOp op, uint16_t part) {
    GrammarElement element;
    element.op = op;
    element.parts = {part};
    return add(std::move(element));
  }

  uint16_t choice() {
    GrammarElement element;
    element.op = GrammarOp::choice;
    do element.parts.push_back(alternative());
    while (take('|'));
    return add(std::move(element));
  }

  uint16_t alternative() {
    GrammarElement element;
    element.op = GrammarOp::sequence;
    for (;;) {
      if (take('?')) {
        element.errors_only = true;
      } else if (take('<')) {
        element.since = static_cast<uint8_t>(std::stoi(std::string(word())));
      } else {
        break;
      }
    }
    for (char c = peek(); c != '|' && c != ';' && c != ')' && c != ']' && c != '{'; c = peek())
      element.parts.push_back(item());
    if (take('{')) element.action = action();
    return add(std::move(element));
  }

  int16_t action() {
    GrammarAction action;
    action.name = word();
    if (peek() == '-') ++at_;
    if (peek() != '"' && peek() != '}') action.capture = word()[0];
    if (take('"')) action.message = until('"');
    expect('}');
    grammar_.actions.push_back(action);
    return static_cast<int16_t>(grammar_.actions.size() - 1);
  }

  uint16_t item() {
    char capture = 0;
    if (peek() >= 'a' && text_[at_ + 1] == ':') {
      capture = text_[at_];
      at_ += 2;
    }
    uint16_t part = 0;
    if (take('&')) {
      if (take('&')) {
        part = item();
        grammar_.elements[part].op = GrammarOp::forced;
      } else {
        part = wrap(GrammarOp::ahead, item());
      }
    } else if (take('!')) {
      part = wrap(GrammarOp::not_ahead, item());
    } else {
      part = repeated();
    }
    grammar_.elements[part].capture = capture;
    return part;
  }

  uint16_t repeated() {
    uint16_t part = atom();
    if (text_[at_] == '.') {
      ++at_;
      GrammarElement element;
      element.op = GrammarOp::gather;
      element.parts = {part, atom()};
      expect('+');
      return add(std::move(element));
    }
    if (text_[at_] == '*') return ++at_, wrap(GrammarOp::any, part);
    if (text_[at_] == '+') return ++at_, wrap(GrammarOp::many, part);
    return part;
  }

  uint16_t atom() {
    if (take('(')) {
      uint16_t part = choice();
      expect(')');
      return part;
    }
    if (take('[')) {
      uint16_t part = choice();
      expect(']');
      return wrap(GrammarOp::optional, part);
    }
    GrammarElement element;
    if (take('~')) {
      element.op = GrammarOp::cut;
    } else if (take('\'')) {
      element.token = spelled(until('\''));
    } else if (take('"')) {
      element.op = GrammarOp::word;
      element.word = until('"');
    } else {
      named(element, word());
    }
    return add(std::move(element));
  }

  static Tok spelled(std::string_view text) {
    for (int kind = 0; kind <= static_cast<int>(Tok::kw_yield); ++kind)
      if (spelling(static_cast<Tok>(kind)) == text) return static_cast<Tok>(kind);
    assert(false && "the grammar names an unknown token");
    return Tok::error;
  }

  void named(GrammarElement& element, std::string_view name) {
    if (name == "SOFT_KEYWORD") {
      element.op = GrammarOp::word;
      return;
    }
    for (size_t kind = 0; kind < std::size(token_names); ++kind) {
      if (token_names[kind] != name) continue;
      element.token = static_cast<Tok>(kind);
      return;
    }
    element.op = GrammarOp::rule;
    element.rule = grammar_.rule_named(name);
  }

  ErrorGrammar& grammar_;
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

uint16_t ErrorGrammar::rule_named(std::string_view name) const {
  for (size_t i = 0; i < rules.size(); ++i)
    if (rules[i].name == name) return static_cast<uint16_t>(i);
  assert(false && "the grammar names an unknown rule");
  return 0;
}

static ErrorGrammar read_grammar() {
  ErrorGrammar grammar;
  const std::string_view texts[] = {statement_grammar, definition_grammar, pattern_grammar,
                                    expression_grammar};
  for (std::string_view text : texts) GrammarReader(grammar, text).declare_rules();
  for (std::string_view text : texts) GrammarReader(grammar, text).read_rules();
  return grammar;
}

const ErrorGrammar& error_grammar() {
  static const ErrorGrammar grammar = read_grammar();
  return grammar;
}

}  // namespace trainlint
