#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace trainlint {

// A position for people: both numbers start at 1; the column counts code points, a byte that is
// not valid UTF-8 counts as one.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

// Turns byte offsets of one text into lines and columns. Lines end as Python's do: at LF, CRLF or
// a lone CR. Keeps a view of the text, which must outlive it.
class LineMap {
 public:
  explicit LineMap(std::string_view text);

  uint32_t line_count() const { return static_cast<uint32_t>(starts_.size()); }
  // The 1-based line that holds the byte offset; an offset past the end is on the last line.
  uint32_t line_of(uint32_t offset) const;
  Position position(uint32_t offset) const;
  // The byte offset of a position; past the end of its line or text, that end.
  uint32_t offset(Position position) const;
  // Column in UTF-16 code units, 0-based, as the language server protocol counts.
  uint32_t utf16_column(uint32_t offset) const;
  // The text of a 1-based line without its line end.
  std::string_view line_text(uint32_t line) const;
  uint32_t line_begin(uint32_t line) const { return starts_[line - 1]; }

 private:
  std::string_view text_;
  std::vector<uint32_t> starts_;
};

}  // namespace trainlint
