#pragma once

#include <cstddef>
#include <string_view>

#include <tree_sitter/api.h>

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

// What one parse may take at most, less for a small text: no file that somebody wrote comes near.
// Within a ParseMemory both hold, otherwise the time alone, which is the thread's own.
inline constexpr int longest_parse = 10;                           // seconds
inline constexpr size_t largest_parse = size_t{96} << 20;          // bytes
inline constexpr size_t largest_parse_beside = size_t{128} << 10;  // bytes of text, see below

// The tree of a text of less than 4 GiB; null when a limit was met. `before` is an edited tree of
// an earlier text, or null.
TSTree* parse_within_limits(TSParser* parser, const TSTree* before, std::string_view text);

#if defined(__SANITIZE_ADDRESS__)  // g++
inline constexpr bool parse_memory_is_pooled = false;
#elif defined(__has_feature)  // clang
inline constexpr bool parse_memory_is_pooled = !__has_feature(address_sanitizer);
#else
inline constexpr bool parse_memory_is_pooled = true;
#endif

}  // namespace trainlint
