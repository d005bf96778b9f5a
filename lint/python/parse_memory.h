#pragma once

#include <cstddef>

namespace trainlint {

// While one is alive, what tree-sitter allocates on this thread comes from memory that is taken
// back as a whole when it ends: a tree that is only copied from need not be freed node by node, and
// an allocation is a few instructions. A tenth of the time of a parse.
//
// Everything tree-sitter makes in its lifetime (a parser, a tree) must be given up or simply left
// behind by its end, and nothing made before may be freed or grown in it. Not nested. Under
// AddressSanitizer it does nothing, so that each block is watched: there trees must be deleted.
class ParseMemory {
 public:
  ParseMemory();
  ~ParseMemory();
  ParseMemory(const ParseMemory&) = delete;
  ParseMemory& operator=(const ParseMemory&) = delete;
};

#if defined(__SANITIZE_ADDRESS__)  // g++
inline constexpr bool parse_memory_is_pooled = false;
#elif defined(__has_feature)  // clang
inline constexpr bool parse_memory_is_pooled = !__has_feature(address_sanitizer);
#else
inline constexpr bool parse_memory_is_pooled = true;
#endif

}  // namespace trainlint
