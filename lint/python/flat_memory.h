#pragma once

#include "lint/python/flatten.h"

#ifdef __cplusplus
extern "C" {
#endif

// Where the larger subtrees of a flattened tree are in its array. A tree that was parsed by way of
// another one shares most of them; they are copied from that one's array, which is read in order,
// while the subtrees are scattered over the memory.
struct FlatMemory;

struct FlatMemory* new_flat_memory(void);  // null where memory runs out
void free_flat_memory(struct FlatMemory* memory);

struct Flattening {
  const struct FlatMemory* before;  // of the tree before, which must still exist; or null
  const struct FlatNode* nodes_before;
  struct FlatMemory* after;  // is filled with what is remembered of the tree flattened now; new
};

// What flatten_tree() does on this thread from now on; null: nothing but flatten.
void use_flat_memory(const struct Flattening* flattening);

#ifdef __cplusplus
}
#endif
