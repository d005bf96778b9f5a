#include "lint/python/module.h"
#include "lint/python/source_text.h"

namespace trainlint {

std::vector<SyntaxFault> check_syntax(const Syntax& syntax, std::string_view bytes, PythonVersion) {
  SourceText source = decode_source(std::make_shared<const std::string>(bytes));
  if (source.fault) return {*source.fault};
  if (!syntax.has_error()) return {};
  for (const FlatNode& node : syntax.nodes())
    if (node.kind == kind_error || (node.flags & FLAT_MISSING))
      return {{.span = {node.begin, node.end}, .message = "invalid syntax"}};
  return {{.span = {0, 0}, .message = "invalid syntax"}};
}

}  // namespace trainlint
