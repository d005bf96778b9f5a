#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <tree_sitter/api.h>

#ifdef __cplusplus
extern "C" {
#endif

// One visible node of a syntax tree. All nodes of a tree stand in one array in source order
// (a node before its children), so that a walk is a loop: the first child of node i is i + 1 if
// next > i + 1, its next sibling is `next` unless that is the parent's `next`.
struct FlatNode {
  uint16_t kind;   // the grammar's symbol (aliases applied)
  uint8_t field;   // the field it fills in its parent, 0 for none
  uint8_t flags;   // FLAT_* below
  uint32_t begin;  // bytes
  uint32_t end;
  uint32_t next;  // index of the first node after this one's subtree
};

enum { FLAT_NAMED = 1, FLAT_MISSING = 2, FLAT_EXTRA = 4, FLAT_HAS_ERROR = 8 };

// Writes the visible nodes of `tree` to an array made with malloc, which the caller frees.
// Returns null when memory or the 32-bit count does not suffice; *count is the length.
struct FlatNode* flatten_tree(const TSTree* tree, uint32_t* count);

#ifdef __cplusplus
}
#endif
