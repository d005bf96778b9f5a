// Copies a tree-sitter tree into one flat array, in one pass over the library's own subtrees.
//
// The public cursor spends about a third of the parse on visiting every node, since it keeps a
// stack of parents and looks up aliases and positions on every step. Everything here is known while
// descending, so the copy costs a few per cent, and each later pass is a loop over plain memory.
// It reads tree-sitter's internal headers, which is safe only because the sources are pinned.
#include "lint/python/flatten.h"
#include "lint/python/flat_memory.h"

#include <stdlib.h>

#include "./language.h"
#include "./subtree.h"
#include "./tree.h"

typedef struct {
  const Subtree* children;  // of the subtree being copied
  uint32_t count;
  uint32_t index;             // next child to copy
  uint32_t structural_index;  // the same without extras: what fields and aliases are counted by
  uint32_t offset;            // byte position before the next child's padding
  uint32_t node;              // its place in the array, UINT32_MAX when it is invisible
  uint16_t production;
  uint8_t field;  // of the nearest invisible ancestors: passed on to visible children
} Frame;

// A subtree that is worth finding again has this many nodes below it.
#define LEAST_REMEMBERED 32

typedef struct {
  const void* subtree;
  uint32_t node;
} Remembered;

struct FlatMemory {
  Remembered* entries;  // in the order of the array
  uint32_t count, capacity;
  uint32_t* slots;  // open addressing: an entry's index + 1, or 0
  uint32_t mask;
  bool failed;  // no memory: it is known to hold nothing
};

typedef struct {
  const TSLanguage* language;
  const struct FlatMemory* before;
  const struct FlatNode* nodes_before;
  struct FlatMemory* after;  // null where nothing is to be remembered
  struct FlatNode* nodes;
  uint32_t count, capacity;
  Frame* frames;
  uint32_t depth, frame_capacity;
} Flattener;

static bool push_frame(Flattener* self, Frame frame) {
  if (self->depth == self->frame_capacity) {
    uint32_t capacity = self->frame_capacity ? self->frame_capacity * 2 : 256;
    Frame* grown = realloc(self->frames, capacity * sizeof(Frame));
    if (!grown) return false;
    self->frames = grown;
    self->frame_capacity = capacity;
  }
  self->frames[self->depth++] = frame;
  return true;
}

static uint32_t slot_of(const struct FlatMemory* memory, const void* subtree) {
  uint64_t hash = (uint64_t)(uintptr_t)subtree * UINT64_C(0x9E3779B97F4A7C15);
  return (uint32_t)(hash >> 32) & memory->mask;
}

static const Remembered* find_remembered(const struct FlatMemory* memory, const void* subtree) {
  if (!memory || !memory->slots) return NULL;
  for (uint32_t slot = slot_of(memory, subtree); memory->slots[slot];
       slot = (slot + 1) & memory->mask) {
    const Remembered* entry = &memory->entries[memory->slots[slot] - 1];
    if (entry->subtree == subtree) return entry;
  }
  return NULL;
}

static void remember(struct FlatMemory* memory, const void* subtree, uint32_t node) {
  if (memory->count == memory->capacity) {
    uint32_t capacity = memory->capacity ? memory->capacity * 2 : 256;
    Remembered* grown = realloc(memory->entries, capacity * sizeof(Remembered));
    if (!grown) {
      memory->failed = true;
      return;
    }
    memory->entries = grown;
    memory->capacity = capacity;
  }
  memory->entries[memory->count++] = (Remembered){.subtree = subtree, .node = node};
}

// Makes what was remembered findable.
static void index_memory(struct FlatMemory* memory) {
  uint32_t size = 16;
  while (size < 2 * memory->count) size *= 2;
  if (!memory->failed) memory->slots = calloc(size, sizeof(uint32_t));
  if (!memory->slots) return;
  memory->mask = size - 1;
  for (uint32_t i = 0; i < memory->count; ++i) {
    uint32_t slot = slot_of(memory, memory->entries[i].subtree);
    while (memory->slots[slot]) slot = (slot + 1) & memory->mask;
    memory->slots[slot] = i + 1;
  }
}

void free_flat_memory(struct FlatMemory* memory) {
  if (!memory) return;
  free(memory->entries);
  free(memory->slots);
  free(memory);
}

// Copies what is below a subtree from the array of the tree before. `node` is its own place now.
static bool copy_below(Flattener* self, const Remembered* old, uint32_t node) {
  const struct FlatNode* nodes = self->nodes_before;
  uint32_t end = nodes[old->node].next;
  if (end - old->node - 1 > self->capacity - self->count) return false;
  uint32_t bytes = self->nodes[node].begin - nodes[old->node].begin;  // may wrap around
  uint32_t places = node - old->node;
  for (uint32_t i = old->node + 1; i < end; ++i) {
    struct FlatNode copy = nodes[i];
    copy.begin += bytes;
    copy.end += bytes;
    copy.next += places;
    self->nodes[self->count++] = copy;
  }
  self->nodes[node].next = self->count;
  const Remembered* last = self->before->entries + self->before->count;
  for (const Remembered* entry = old + 1; entry < last && entry->node < end; ++entry)
    remember(self->after, entry->subtree, entry->node + places);
  return true;
}

// ts_language_public_symbol(), which the compiler cannot inline from another file.
static TSSymbol public_symbol(const TSLanguage* language, TSSymbol symbol) {
  return symbol < language->symbol_count ? language->public_symbol_map[symbol] : symbol;
}

static uint8_t field_of(const TSLanguage* language, const Frame* frame, bool extra) {
  if (extra) return 0;
  const TSMapSlice slice = language->field_map_slices[frame->production];
  if (slice.length == 0) return frame->field;
  const TSFieldMapEntry* entry = &language->field_map_entries[slice.index];
  const TSFieldMapEntry* end = entry + slice.length;
  for (; entry < end; ++entry)
    if (!entry->inherited && entry->child_index == frame->structural_index)
      return (uint8_t)entry->field_id;
  return frame->field;
}

// Copies one subtree that begins (with its padding) at `offset` and opens a frame for its children.
static bool enter(Flattener* self, Subtree subtree, uint32_t offset, TSSymbol alias,
                  uint8_t field) {
  uint32_t begin = offset + ts_subtree_padding(subtree).bytes;
  uint32_t node = UINT32_MAX;
  TSSymbol symbol = ts_subtree_symbol(subtree);
  if (alias || ts_subtree_visible(subtree)) {
    if (self->count == self->capacity) {
      if (self->capacity > UINT32_MAX / 2) return false;
      uint32_t capacity = self->capacity ? self->capacity * 2 : 1024;
      struct FlatNode* grown = realloc(self->nodes, (size_t)capacity * sizeof(struct FlatNode));
      if (!grown) return false;
      self->nodes = grown;
      self->capacity = capacity;
    }
    node = self->count++;
    bool named = alias ? ts_language_symbol_metadata(self->language, alias).named
                       : ts_subtree_named(subtree);
    self->nodes[node] = (struct FlatNode){
        .kind = public_symbol(self->language, alias ? alias : symbol),
        .field = field,
        .flags =
            (uint8_t)((named ? FLAT_NAMED : 0) | (ts_subtree_missing(subtree) ? FLAT_MISSING : 0) |
                      (ts_subtree_extra(subtree) ? FLAT_EXTRA : 0) |
                      (ts_subtree_error_cost(subtree) > 0 ? FLAT_HAS_ERROR : 0)),
        .begin = begin,
        .end = begin + ts_subtree_size(subtree).bytes,
        .next = self->count,
    };
    field = 0;
    if (self->after && !subtree.data.is_inline &&
        ts_subtree_visible_descendant_count(subtree) >= LEAST_REMEMBERED) {
      const Remembered* old = find_remembered(self->before, subtree.ptr);
      remember(self->after, subtree.ptr, node);
      if (old) return copy_below(self, old, node);
    }
  }
  uint32_t children = ts_subtree_child_count(subtree);
  if (children == 0) return true;
  return push_frame(self, (Frame){
                              .children = ts_subtree_children(subtree),
                              .count = children,
                              .offset = offset,
                              .node = node,
                              .production = subtree.ptr->production_id,
                              .field = field,
                          });
}

static struct FlatNode* flatten(Flattener self, const TSTree* tree, uint32_t* count) {
  // The library knows how many nodes there will be, so the array is made once.
  self.capacity = ts_subtree_visible_descendant_count(tree->root) + 1;
  self.nodes = malloc((size_t)self.capacity * sizeof(struct FlatNode));
  bool fine = self.nodes && enter(&self, tree->root, 0, 0, 0);
  while (fine && self.depth > 0) {
    Frame* frame = &self.frames[self.depth - 1];
    if (frame->index == frame->count) {
      if (frame->node != UINT32_MAX) self.nodes[frame->node].next = self.count;
      --self.depth;
      continue;
    }
    Subtree child = frame->children[frame->index++];
    uint32_t offset = frame->offset;
    bool extra = ts_subtree_extra(child);
    TSSymbol alias =
        extra ? 0 : ts_language_alias_at(self.language, frame->production, frame->structural_index);
    uint8_t field = field_of(self.language, frame, extra);
    frame->offset += ts_subtree_total_bytes(child);
    if (!extra) ++frame->structural_index;
    fine = enter(&self, child, offset, alias, field);
  }
  free(self.frames);
  if (!fine) {
    free(self.nodes);
    return NULL;
  }
  *count = self.count;
  return self.nodes;
}

static _Thread_local const struct Flattening* current;

void use_flat_memory(const struct Flattening* flattening) {
  current = flattening;
}

struct FlatMemory* new_flat_memory(void) {
  return calloc(1, sizeof(struct FlatMemory));
}

struct FlatNode* flatten_tree(const TSTree* tree, uint32_t* count) {
  Flattener self = {.language = tree->language};
  if (current) {
    self.before = current->before;
    self.nodes_before = current->nodes_before;
    self.after = current->after;
  }
  struct FlatNode* nodes = flatten(self, tree, count);
  if (self.after) index_memory(self.after);
  return nodes;
}
