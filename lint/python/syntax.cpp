#include "lint/python/syntax.h"

#include "lint/python/parse_memory.h"

#include <cassert>

extern "C" const TSLanguage* tree_sitter_python(void);

namespace trainlint {

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* handle) const noexcept {
    release(handle);
  }
};
using ParserHandle = std::unique_ptr<TSParser, Releaser<ts_parser_delete>>;
using TreeHandle = std::unique_ptr<TSTree, Releaser<ts_tree_delete>>;

Syntax Syntax::parse(std::shared_ptr<const std::string> text) {
  Syntax syntax;
  syntax.text_ = std::move(text);
  ParseMemory memory;
  ParserHandle parser(ts_parser_new());
  [[maybe_unused]] bool accepted = ts_parser_set_language(parser.get(), tree_sitter_python());
  assert(accepted && "tree-sitter does not load this grammar's ABI");
  TreeHandle tree(ts_parser_parse_string(parser.get(), nullptr, syntax.text_->data(),
                                         static_cast<uint32_t>(syntax.text_->size())));
  if (tree) syntax.nodes_.reset(flatten_tree(tree.get(), &syntax.count_), FreeMemory());
  if (!syntax.nodes_) syntax.count_ = 0;
  // It goes with the memory, all at once.
  if (parse_memory_is_pooled) (void)tree.release();
  return syntax;
}

Syntax::Node Syntax::field(Node node, Field wanted) const {
  for (Node child = first(node); child != none; child = sibling(child, node))
    if (nodes_[child].field == wanted) return child;
  return none;
}

}  // namespace trainlint
