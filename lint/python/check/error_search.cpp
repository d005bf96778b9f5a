#include "lint/python/check/error_search.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace trainlint {

static constexpr int max_depth = 12000;  // about 2 MB of stack
static constexpr uint64_t max_steps = 30'000'000;

bool ErrorSearch::fetch(uint32_t at) {
  if (at > fetched_) fetched_ = at;
  if (tokens_.list[at].kind != Tok::error) return true;
  raise_tokenizer_error();
  return false;
}

void ErrorSearch::raise_tokenizer_error() {
  if (error_) return;
  const TokenError& error = tokens_.error;
  error_ = FoundError{error.begin, error.end, error.message, error.type};
  from_tokenizer_ = true;
}

uint32_t ErrorSearch::match(uint16_t index, uint32_t at) {
  if (error_ || gave_up_) return failed;
  if (++depth_ > max_depth || ++steps_ > max_steps) gave_up_ = true;
  const GrammarElement& element = grammar_.elements[index];
  uint32_t end = failed;
  bool cut = false;
  switch (element.op) {
    case GrammarOp::token:
    case GrammarOp::forced:
    case GrammarOp::word:
      end = match_token(element, at);
      break;
    case GrammarOp::rule:
      end = match_rule(element.rule, at);
      break;
    case GrammarOp::sequence:
      end = match_sequence(element, at, cut);
      break;
    case GrammarOp::choice:
      end = match_choice(element, at);
      break;
    case GrammarOp::optional:
      end = match(element.parts[0], at);
      if (end == failed) end = at;
      break;
    case GrammarOp::any:
      end = match_repeated(element, at, false);
      break;
    case GrammarOp::many:
      end = match_repeated(element, at, true);
      break;
    case GrammarOp::gather:
      end = match_gathered(element, at);
      break;
    case GrammarOp::ahead:
      end = match(element.parts[0], at) == failed ? failed : at;
      break;
    case GrammarOp::not_ahead:
      end = match(element.parts[0], at) == failed ? at : failed;
      break;
    case GrammarOp::cut:
      end = at;
      break;
  }
  --depth_;
  return error_ || gave_up_ ? failed : end;
}

static bool soft_keyword(std::string_view word, PythonVersion version) {
  return word == "_" || word == "match" || word == "case" ||
         (word == "type" && version >= PythonVersion{3, 12});
}

uint32_t ErrorSearch::match_token(const GrammarElement& element, uint32_t at) {
  if (!fetch(at)) return failed;
  const Token& token = tokens_.list[at];
  if (element.op == GrammarOp::word) {
    if (token.kind != Tok::name) return failed;
    std::string_view word = tokens_.text_of(at);
    bool same = element.word.empty() ? soft_keyword(word, version_) : word == element.word;
    return same ? at + 1 : failed;
  }
  if (token.kind == element.token) {
    if (token.kind == Tok::number) {
      if (auto problem = number_problem(tokens_.text_of(at), version_)) {
        raise_at(at, *problem);
        return failed;
      }
    }
    return at + 1;
  }
  if (element.op == GrammarOp::forced)
    raise_at(at, fmt::format("expected '{}'", spelling(element.token)));
  return failed;
}

uint32_t ErrorSearch::match_rule(uint16_t rule, uint32_t at) {
  const GrammarRule& described = grammar_.rules[rule];
  if (!described.memoized) {
    if (described.name != "expression_without_invalid") return match(described.body, at);
    bool before = std::exchange(seek_errors_, false);
    uint32_t end = match(described.body, at);
    seek_errors_ = before;
    return end;
  }
  std::vector<Memo>& memos = memos_[at - first_];
  for (const Memo& memo : memos)
    if (memo.rule == rule) return memo.end;
  uint32_t end = match(described.body, at);
  memos_[at - first_].push_back({rule, end});
  return end;
}

uint32_t ErrorSearch::match_choice(const GrammarElement& element, uint32_t at) {
  for (uint16_t part : element.parts) {
    const GrammarElement& alternative = grammar_.elements[part];
    if (alternative.errors_only && !seek_errors_) continue;
    if (alternative.since > 0 && version_ < PythonVersion{3, alternative.since}) continue;
    bool cut = false;
    uint32_t end = match_sequence(alternative, at, cut);
    if (end != failed || cut || error_ || gave_up_) return end;
  }
  return failed;
}

uint32_t ErrorSearch::match_sequence(const GrammarElement& element, uint32_t at, bool& cut) {
  Captures captures;
  uint32_t begin = at;
  for (uint16_t index : element.parts) {
    const GrammarElement& part = grammar_.elements[index];
    uint32_t end = match(index, at);
    if (end == failed) return failed;
    if (part.op == GrammarOp::cut) cut = true;
    if (part.capture) (part.capture == 'b' ? captures.b : captures.a) = {at, end, index};
    at = end;
  }
  if (element.action < 0) return at;
  const GrammarAction& action = grammar_.actions[static_cast<size_t>(element.action)];
  if (action.name == "strings") return check_strings(begin, at) ? at : failed;
  return act(action, captures, at) ? at : failed;
}

uint32_t ErrorSearch::match_repeated(const GrammarElement& element, uint32_t at, bool once) {
  uint32_t count = 0;
  for (;;) {
    uint32_t end = match(element.parts[0], at);
    if (end == failed) break;
    ++count;
    if (end == at) break;
    at = end;
  }
  return once && count == 0 ? failed : at;
}

uint32_t ErrorSearch::match_gathered(const GrammarElement& element, uint32_t at) {
  uint32_t end = match(element.parts[1], at);
  if (end == failed) return failed;
  for (;;) {
    uint32_t separator = match(element.parts[0], end);
    if (separator == failed) return end;
    uint32_t next = match(element.parts[1], separator);
    if (next == failed) return end;
    end = next;
  }
}

uint32_t ErrorSearch::line_of(uint32_t token) const {
  return lines_.line_of(tokens_.list[token].begin);
}

void ErrorSearch::raise_at(uint32_t token, std::string message, std::string type) {
  if (error_) return;
  const Token& place = tokens_.list[token];
  error_ = FoundError{place.begin, place.end, std::move(message), std::move(type)};
}

void ErrorSearch::raise_here(std::string message, std::string type) {
  raise_at(fetched_, std::move(message), std::move(type));
}

bool ErrorSearch::check_rest() {
  if (from_tokenizer_ || version_ < PythonVersion{3, 10}) return false;
  const std::vector<Token>& list = tokens_.list;
  auto last = std::find_if(list.begin() + fetched_, list.end(), [](const Token& token) {
    return token.kind == Tok::end || token.kind == Tok::error;
  });
  if (last == list.end() || last->kind == Tok::end) return false;
  if (tokens_.error.overrides) {
    error_.reset();
    raise_tokenizer_error();
    return true;
  }
  if (tokens_.open.empty()) return false;
  uint32_t bracket = tokens_.open.back();
  if (line_of(fetched_) <= lines_.line_of(bracket)) return false;
  error_ = FoundError{bracket, bracket + 1,
                      fmt::format("'{}' was never closed", tokens_.text[bracket]), "SyntaxError"};
  return true;
}

std::optional<FoundError> ErrorSearch::conclude(uint32_t last_token) {
  if (error_) {
    check_rest();
    return error_;
  }
  Tok kind = tokens_.list[last_token].kind;
  if (kind == Tok::indent || kind == Tok::dedent) {
    raise_here(kind == Tok::indent ? "unexpected indent" : "unexpected unindent",
               "IndentationError");
    return error_;
  }
  raise_at(last_token, "invalid syntax");
  check_rest();
  return error_;
}

std::optional<FoundError> ErrorSearch::run(std::string_view rule, uint32_t first) {
  first_ = fetched_ = first;
  uint16_t start = grammar_.rule_named(rule);
  memos_.assign(tokens_.list.size() - first, {});
  if (match_rule(start, first) != failed || gave_up_) return std::nullopt;
  uint32_t last_token = fetched_;
  // The alternatives for mistakes came with 3.10, a few of them with 3.9.
  if (!error_ && version_ >= PythonVersion{3, 9}) {
    seek_errors_ = true;
    memos_.assign(tokens_.list.size() - first, {});
    match_rule(start, first);
    if (gave_up_) return std::nullopt;
  }
  return conclude(last_token);
}

}  // namespace trainlint
