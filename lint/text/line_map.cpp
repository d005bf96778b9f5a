#include "lint/text/line_map.h"

#include <algorithm>

namespace trainlint {

LineMap::LineMap(std::string_view text) : text_(text), starts_{0} {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    if (text[i] == '\n' || text[i] == '\r') starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

uint32_t LineMap::line_of(uint32_t offset) const {
  auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<uint32_t>(after - starts_.begin());
}

static bool continues_code_point(char byte) {
  return (byte & 0xC0) == 0x80;
}

Position LineMap::position(uint32_t offset) const {
  uint32_t line = line_of(offset);
  std::string_view before = text_.substr(starts_[line - 1]);
  before = before.substr(0, std::min<size_t>(before.size(), offset - starts_[line - 1]));
  auto points = std::count_if(before.begin(), before.end(),
                              [](char byte) { return !continues_code_point(byte); });
  return {line, static_cast<uint32_t>(points) + 1};
}

uint32_t LineMap::offset(Position position) const {
  if (position.line == 0) return 0;
  if (position.line > line_count()) return static_cast<uint32_t>(text_.size());
  std::string_view line = line_text(position.line);
  size_t at = 0;
  for (uint32_t column = 1; column < position.column && at < line.size(); ++column) {
    ++at;
    while (at < line.size() && continues_code_point(line[at])) ++at;
  }
  return line_begin(position.line) + static_cast<uint32_t>(at);
}

uint32_t LineMap::utf16_column(uint32_t offset) const {
  uint32_t line = line_of(offset);
  uint32_t units = 0;
  for (uint32_t i = starts_[line - 1]; i < offset && i < text_.size(); ++i) {
    if (!continues_code_point(text_[i])) ++units;
    if ((text_[i] & 0xF8) == 0xF0) ++units;  // four bytes are a surrogate pair
  }
  return units;
}

std::string_view LineMap::line_text(uint32_t line) const {
  uint32_t begin = starts_[line - 1];
  uint32_t end = line < starts_.size() ? starts_[line] : static_cast<uint32_t>(text_.size());
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return text_.substr(begin, end - begin);
}

}  // namespace trainlint
