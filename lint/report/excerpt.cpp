#include "lint/report/excerpt.h"

#include <algorithm>
#include <vector>

#include "lint/report/printable.h"

namespace trainlint {

static constexpr size_t tab_width = 4;
static constexpr size_t widest = 120;      // terminal columns of source text
static constexpr size_t looked_at = 1024;  // bytes on either side of the span's begin
static constexpr std::string_view cut = "...";

struct Cell {
  size_t begin;  // byte offset in the line
  std::string shown;
  size_t columns;
};

static size_t code_point_begin(std::string_view line, size_t offset) {
  for (int i = 0; i < 3 && offset > 0 && offset < line.size(); ++i) {
    if ((line[offset] & 0xC0) != 0x80) break;
    --offset;
  }
  return offset;
}

// The cells of the bytes [begin, end) of a line.
static std::vector<Cell> cells_of(std::string_view line, size_t begin, size_t end) {
  std::vector<Cell> cells;
  size_t column = 0;
  while (begin < end) {
    Glyph glyph = glyph_at(line, begin);
    if (glyph.shown == "\t") {
      glyph.columns = static_cast<uint32_t>(tab_width - column % tab_width);
      glyph.shown.assign(glyph.columns, ' ');
    }
    column += glyph.columns;
    cells.push_back({begin, std::move(glyph.shown), glyph.columns});
    begin += glyph.length;
  }
  return cells;
}

struct Window {
  size_t first, last;  // cells [first, last)
};

// The cells around `begin` that fit: the span and what follows it get the larger part.
static Window fitting(const std::vector<Cell>& cells, size_t begin, size_t end) {
  size_t span = 0;
  for (size_t i = begin; i < end; ++i) span += cells[i].columns;
  size_t left_budget = (widest - std::min(span, widest / 2)) / 2;
  size_t first = begin, used = 0;
  while (first > 0 && used + cells[first - 1].columns <= left_budget)
    used += cells[--first].columns;
  size_t last = begin;
  while (last < cells.size() && used + cells[last].columns <= widest) used += cells[last++].columns;
  while (first > 0 && used + cells[first - 1].columns <= widest) used += cells[--first].columns;
  return {first, last};
}

static size_t cell_at(const std::vector<Cell>& cells, size_t offset) {
  auto found = std::lower_bound(cells.begin(), cells.end(), offset,
                                [](const Cell& cell, size_t value) { return cell.begin < value; });
  return static_cast<size_t>(found - cells.begin());
}

Excerpt excerpt_of(std::string_view line, size_t begin, size_t end) {
  begin = code_point_begin(line, std::min(begin, line.size()));
  end = std::clamp(end, begin, line.size());
  size_t from = begin > looked_at ? code_point_begin(line, begin - looked_at) : 0;
  size_t to = code_point_begin(line, std::min(line.size(), begin + looked_at));
  std::vector<Cell> cells = cells_of(line, from, to);
  size_t first_marked = cell_at(cells, begin), after_marked = cell_at(cells, end);
  Window window = fitting(cells, first_marked, after_marked);

  Excerpt result;
  if (from > 0 || window.first > 0) result.text = cut;
  result.indent = result.text.size();
  result.carets = 0;
  for (size_t i = window.first; i < window.last; ++i) {
    result.text += cells[i].shown;
    if (i < first_marked) result.indent += cells[i].columns;
    if (i >= first_marked && i < after_marked) result.carets += cells[i].columns;
  }
  if (to < line.size() || window.last < cells.size()) result.text += cut;
  result.carets = std::max<size_t>(result.carets, 1);
  return result;
}

}  // namespace trainlint
