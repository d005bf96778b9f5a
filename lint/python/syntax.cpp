#include "lint/python/syntax.h"

#include "lint/python/parse_memory.h"
#include "lint/python/parser.h"

#include <cassert>
#include <mutex>

extern "C" const TSLanguage* tree_sitter_python(void);

namespace trainlint {

ParserHandle make_parser() {
  ParserHandle parser(ts_parser_new());
  [[maybe_unused]] bool accepted = ts_parser_set_language(parser.get(), tree_sitter_python());
  assert(accepted && "tree-sitter does not load this grammar's ABI");
  return parser;
}

Syntax Syntax::of_tree(std::shared_ptr<const std::string> text, const TSTree* tree) {
  Syntax syntax;
  syntax.text_ = std::move(text);
  if (tree) syntax.nodes_.reset(flatten_tree(tree, &syntax.count_), FreeMemory());
  if (!syntax.nodes_) syntax.count_ = 0;
  return syntax;
}

Syntax Syntax::parse(std::shared_ptr<const std::string> text) {
  // One large text at a time, however many threads there are: what each may need adds up.
  static std::mutex large;
  std::unique_lock<std::mutex> alone(large, std::defer_lock);
  if (text->size() > largest_parse_beside) alone.lock();
  ParseMemory memory;
  ParserHandle parser = make_parser();
  TreeHandle tree(parse_within_limits(parser.get(), nullptr, *text));
  Syntax syntax = of_tree(std::move(text), tree.get());
  // It goes with the memory, all at once.
  if (parse_memory_is_pooled) (void)tree.release();
  return syntax;
}

Syntax::Node Syntax::field(Node node, Field wanted) const {
  for (Node child = first(node); child != none; child = sibling(child, node))
    if (nodes_[child].field == wanted) return child;
  return none;
}

Syntax::Node parent_of(const Syntax& syntax, Syntax::Node node) {
  Syntax::Node parent = node;
  while (parent > 0 && syntax[--parent].next <= node) continue;
  return parent;
}

}  // namespace trainlint
