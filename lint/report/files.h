#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lint/rule/package.h"
#include "lint/source/cells.h"
#include "lint/text/line_map.h"

namespace trainlint {

// A cell of a notebook, and the notebook's path below the package's root ("../fares.ipynb").
struct CellPlace {
  std::string path;
  uint32_t cell = 1;
};

// The texts that a package's findings point into, each read and divided into lines once. Spans in
// modules count bytes of the decoded text, those in other files bytes of the file.
class Files {
 public:
  explicit Files(const Package& package) : package_(package) {}

  // Null for a file that is not there or cannot be read.
  const LineMap* lines(const std::string& path);
  // The cell in which a place begins; nullopt outside of notebooks.
  std::optional<CellPlace> cell(const Place& place);
  // Where a place begins, in its cell when it is in one; nullopt when it has no span or no text.
  std::optional<Position> begin(const Place& place);
  std::optional<Position> end(const Place& place);
  // The text that a place spans; "" when there is none.
  std::string_view spanned(const Place& place);

 private:
  struct Text {
    Bytes kept;
    std::string_view text;
    std::unique_ptr<LineMap> lines;
  };
  const Text& text(const std::string& path);
  std::optional<Position> position(const Place& place, bool at_end);
  std::optional<CellLine> cell_line(const Place& place, uint32_t line) const;

  const Package& package_;
  std::map<std::string, Text, std::less<>> texts_;
};

// How a file of a package is named in reports: the package's root as given, then the path below
// it. A root of "." (or none) is not written.
std::string shown_path(std::string_view root, std::string_view path);

}  // namespace trainlint
