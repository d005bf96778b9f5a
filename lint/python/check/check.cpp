#include "lint/python/check/check.h"

#include "lint/python/check/error_search.h"
#include "lint/python/check/parser.h"

namespace trainlint {

// A place on the last line where the text has ended: CPython counts no line after the last.
static Span place_in(std::string_view text, uint32_t begin, uint32_t end) {
  if (begin >= text.size() && begin > 0) {
    auto last = static_cast<uint32_t>(text.size() - 1);
    if (text[last] == '\n' && last > 0 && text[last - 1] == '\r') --last;
    return {last, last};
  }
  return {begin, std::max(begin, end)};
}

static std::optional<SyntaxFault> parse_fault(Tokens& tokens, const Parser& parser,
                                              PythonVersion target) {
  const ParseFault& fault = *parser.fault();
  if (fault.too_deep) return std::nullopt;
  const Token& token = tokens.list[fault.token];
  if (target < PythonVersion{3, 9} || fault.message.find(" need Python ") != std::string::npos)
    return SyntaxFault{.span = place_in(tokens.text, token.begin, token.end),
                       .message = fault.message.empty() ? "invalid syntax" : fault.message};
  LineMap lines(tokens.text);
  std::optional<FoundError> found =
      ErrorSearch(tokens, lines, target).run("file", parser.statement());
  if (!found) return std::nullopt;
  return SyntaxFault{.span = place_in(tokens.text, found->begin, found->end),
                     .message = std::move(found->message),
                     .python2 = false,
                     .kind = std::move(found->type)};
}

std::vector<SyntaxFault> check_source(const SourceText& source, std::string_view,
                                      PythonVersion target) {
  if (source.fault) return {*source.fault};
  Tokens tokens = tokenize(*source.text, target);
  AstTree tree;
  tree.nodes.reserve(tokens.list.size());
  Parser parser(tokens, tree, target);
  parser.module();
  if (!parser.fault()) return {};
  if (auto fault = parse_fault(tokens, parser, target)) return {*fault};
  return {};
}

std::vector<SyntaxFault> check_syntax(const Syntax&, std::string_view bytes, PythonVersion target) {
  return check_source(decode_source(std::make_shared<const std::string>(bytes)), bytes, target);
}

}  // namespace trainlint
