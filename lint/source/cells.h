#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/source/tree.h"

namespace trainlint {

// A line of a notebook's cell. Both count from 1, cells of all kinds together.
struct CellLine {
  uint32_t cell = 1;
  uint32_t line = 1;
};

// Where a text comes from that the cells of a notebook write or run.
struct CellText {
  std::string notebook;         // its path, from the folder of the text's file
  std::vector<CellLine> lines;  // of the text's lines; never empty
};

// A source tree in which files may be there because a notebook's cells say so.
class TreeOfCells : public SourceTree {
 public:
  // Null for a file that is there by itself.
  virtual const CellText* cells(std::string_view path) const = 0;
  // A file outside of the part that the tree shows: "../submit.sh".
  virtual Result<Bytes> read_around(std::string_view path) const { return read(path); }
};

// The same for any tree.
const CellText* cells_of(const SourceTree& tree, std::string_view path);
Result<Bytes> read_around(const SourceTree& tree, std::string_view path);

}  // namespace trainlint
