#include "lint/python/check/check.h"

#include "lint/python/check/parser.h"

namespace trainlint {

std::vector<SyntaxFault> check_source(const SourceText& source, std::string_view,
                                      PythonVersion target) {
  if (source.fault) return {*source.fault};
  Tokens tokens = tokenize(*source.text, target);
  AstTree tree;
  tree.nodes.reserve(tokens.list.size());
  Parser parser(tokens, tree, target);
  parser.module();
  if (parser.fault()) {
    const Token& token = tokens.list[parser.fault()->token];
    return {{.span = {token.begin, token.end},
             .message = parser.fault()->message.empty() ? "invalid syntax"
                                                        : parser.fault()->message}};
  }
  return {};
}

std::vector<SyntaxFault> check_syntax(const Syntax&, std::string_view bytes,
                                      PythonVersion target) {
  return check_source(decode_source(std::make_shared<const std::string>(bytes)), bytes, target);
}

}  // namespace trainlint
