#include "lint/python/reparse.h"

#include <algorithm>
#include <string_view>

#include "lint/python/flat_memory.h"
#include "lint/python/parse_memory.h"
#include "lint/python/parser.h"

namespace trainlint {

using MemoryHandle = std::unique_ptr<FlatMemory, Releaser<free_flat_memory>>;

// The last text without an error, which the next one is compared with.
struct Reparser::Kept {
  Syntax syntax;
  TreeHandle tree;
  MemoryHandle memory;
};

Reparser::Reparser() : kept_(std::make_unique<Kept>()) {}
Reparser::~Reparser() = default;

// tree-sitter counts columns in bytes.
static TSPoint point_at(std::string_view text, size_t offset) {
  std::string_view before = text.substr(0, offset);
  size_t line = before.rfind('\n');
  auto row = std::count(before.begin(), before.end(), '\n');
  return {static_cast<uint32_t>(row),
          static_cast<uint32_t>(line == std::string_view::npos ? offset : offset - line - 1)};
}

static TSInputEdit edit_between(std::string_view before, std::string_view after) {
  size_t shorter = std::min(before.size(), after.size());
  size_t begin = static_cast<size_t>(
      std::mismatch(before.begin(), before.begin() + static_cast<ptrdiff_t>(shorter), after.begin())
          .first -
      before.begin());
  size_t same = 0;
  while (same < shorter - begin &&
         before[before.size() - 1 - same] == after[after.size() - 1 - same])
    ++same;
  size_t old_end = before.size() - same, new_end = after.size() - same;
  return {static_cast<uint32_t>(begin),   static_cast<uint32_t>(old_end),
          static_cast<uint32_t>(new_end), point_at(before, begin),
          point_at(before, old_end),      point_at(after, new_end)};
}

// In memory of its own, since the tree is kept.
static TreeHandle parse_tree(const std::string& text, const TSTree* before) {
  thread_local ParserHandle parser = make_parser();
  return TreeHandle(parse_within_limits(parser.get(), before, text));
}

// Bytes. Memory for a tree that is kept has no limit but this.
static constexpr size_t largest_kept = size_t{512} << 10;

Syntax Reparser::parse(std::shared_ptr<const std::string> text) {
  if (text->size() > largest_kept) return Syntax::parse(std::move(text));
  TreeHandle tree;
  if (kept_->tree) {
    TSInputEdit edit = edit_between(kept_->syntax.text(), *text);
    TreeHandle edited(ts_tree_copy(kept_->tree.get()));
    ts_tree_edit(edited.get(), &edit);
    tree = parse_tree(*text, edited.get());
    if (tree && ts_node_has_error(ts_tree_root_node(tree.get()))) tree.reset();
  }
  if (!tree) tree = parse_tree(*text, nullptr);
  MemoryHandle memory(new_flat_memory());
  const Flattening flattening{kept_->memory.get(), kept_->syntax.nodes().data(), memory.get()};
  use_flat_memory(&flattening);
  Syntax syntax = Syntax::of_tree(std::move(text), tree.get());
  use_flat_memory(nullptr);
  if (!syntax.has_error()) *kept_ = {syntax, std::move(tree), std::move(memory)};
  return syntax;
}

}  // namespace trainlint
