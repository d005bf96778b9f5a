#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "lint/python/flatten.h"
#include "lint/python/kinds.h"
#include "lint/text/span.h"

namespace trainlint {

struct FreeMemory {
  void operator()(void* memory) const noexcept { ::free(memory); }
};

// A parsed file: its text and the nodes of its tree-sitter tree in source order (see flatten.h).
// Nodes are named by their index in `nodes()`; node 0 is the module. Views of the text stay valid
// while the Syntax lives, also when it is moved; copies share text and nodes.
class Syntax {
 public:
  using Node = uint32_t;
  static constexpr Node none = UINT32_MAX;

  // Parses UTF-8 text of less than 4 GiB; tree-sitter recovers from every error, so this gives a
  // tree of at least one node, except where a limit was met (lint/python/parse_memory.h).
  static Syntax parse(std::shared_ptr<const std::string> text);
  // Of a tree of this text, which is only read; an empty one for null.
  static Syntax of_tree(std::shared_ptr<const std::string> text, const TSTree* tree);

  // "" where there was nothing to parse.
  std::string_view text() const { return text_ ? std::string_view(*text_) : std::string_view(); }
  std::span<const FlatNode> nodes() const { return {nodes_.get(), count_}; }
  bool has_error() const { return count_ == 0 || (nodes_[0].flags & FLAT_HAS_ERROR); }

  const FlatNode& operator[](Node node) const { return nodes_[node]; }
  uint16_t kind(Node node) const { return nodes_[node].kind; }
  bool named(Node node) const { return nodes_[node].flags & FLAT_NAMED; }
  Span span(Node node) const { return {nodes_[node].begin, nodes_[node].end}; }
  std::string_view text(Node node) const {
    return text().substr(nodes_[node].begin, nodes_[node].end - nodes_[node].begin);
  }

  // A node's children in order, anonymous ones (keywords, punctuation) and comments included:
  //   for (Node child = first(node); child != none; child = sibling(child, node))
  Node first(Node node) const { return nodes_[node].next > node + 1 ? node + 1 : none; }
  Node sibling(Node child, Node parent) const {
    return nodes_[child].next < nodes_[parent].next ? nodes_[child].next : none;
  }
  // The first child that fills the field, or none.
  Node field(Node node, Field wanted) const;

 private:
  std::shared_ptr<const std::string> text_;
  std::shared_ptr<const FlatNode[]> nodes_;
  uint32_t count_ = 0;
};

// The node around another one; the root's is the root.
Syntax::Node parent_of(const Syntax& syntax, Syntax::Node node);

}  // namespace trainlint
