#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace trainlint {

// Text of strangers, made safe for a terminal. File names and source lines may hold escape
// sequences, bidirectional overrides and bytes that are no UTF-8; none of them may reach the
// screen.

// What one code point, or one byte that belongs to none, looks like.
struct Glyph {
  size_t length = 1;     // bytes of the text it stands for, at least 1
  std::string shown;     // what to print; an escape such as "\x1b" or "\u202e" where need be
  uint32_t columns = 1;  // how many terminal columns that takes: 0 for combining marks
};

// The glyph at a byte offset of the text. Tabs are glyphs of one column; who lays out lines expands
// them.
Glyph glyph_at(std::string_view text, size_t offset);

// The whole text on one line: line ends and tabs are escaped like all other control characters.
std::string printable(std::string_view text);

}  // namespace trainlint
