#include "lint/report/printable.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace trainlint {

struct Range {
  uint32_t first, last;
};

// Combining marks and other characters without a width of their own, by block: a caret may be off
// by one under a rare mark, which is all that is at stake.
static constexpr Range zero_columns[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x06D6, 0x06DC},   {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF},
    {0x302A, 0x302D},   {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF},
    {0xE0100, 0xE01EF},
};

// East Asian wide and fullwidth characters and emoji (Unicode Standard Annex 11), by block.
static constexpr Range two_columns[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},
    {0x26A1, 0x26A1},   {0x2705, 0x2705},   {0x2728, 0x2728},   {0x274C, 0x274C},
    {0x2B50, 0x2B50},   {0x2E80, 0x303E},   {0x3041, 0x3098},   {0x309B, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F320}, {0x1F32D, 0x1F3FA},
    {0x1F400, 0x1F64F}, {0x1F680, 0x1F6FC}, {0x1F7E0, 0x1F7EB}, {0x1F90C, 0x1F9FF},
    {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

// Invisible characters that change how others are drawn: zero-width ones, bidirectional controls
// (the trick of "Trojan Source", CVE-2021-42574), line separators, the byte order mark, tags.
static constexpr Range invisible[] = {
    {0x0080, 0x009F}, {0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200F},
    {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

template <size_t size>
static bool within(const Range (&ranges)[size], uint32_t point) {
  const Range* after =
      std::upper_bound(std::begin(ranges), std::end(ranges), point,
                       [](uint32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(ranges) && point <= std::prev(after)->last;
}

struct Decoded {
  uint32_t point = 0;
  size_t length = 0;  // 0: the first byte begins no valid sequence
};

// One code point as RFC 3629 has it: no overlong forms, no surrogates.
static Decoded decode(std::string_view text) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
  uint32_t point = first & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    point = point << 6 | (byte(i) & 0x3F);
  }
  bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (overlong || surrogate || point > 0x10FFFF) return {};
  return {point, length};
}

static Glyph escaped(std::string text, size_t length) {
  auto columns = static_cast<uint32_t>(text.size());
  return {length, std::move(text), columns};
}

Glyph glyph_at(std::string_view text, size_t offset) {
  std::string_view rest = text.substr(offset);
  Decoded decoded = decode(rest);
  if (decoded.length == 0)
    return escaped(fmt::format("\\x{:02x}", static_cast<uint8_t>(rest[0])), 1);
  uint32_t point = decoded.point;
  if (point == '\t') return {1, "\t", 1};
  if (point < 0x20 || point == 0x7F) return escaped(fmt::format("\\x{:02x}", point), 1);
  if (within(invisible, point)) {
    return escaped(
        point > 0xFFFF ? fmt::format("\\U{:08x}", point) : fmt::format("\\u{:04x}", point),
        decoded.length);
  }
  uint32_t columns = within(zero_columns, point) ? 0 : within(two_columns, point) ? 2 : 1;
  return {decoded.length, std::string(rest.substr(0, decoded.length)), columns};
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t offset = 0; offset < text.size();) {
    Glyph glyph = glyph_at(text, offset);
    if (glyph.shown == "\t")
      result += "\\t";
    else if (text[offset] == '\n')
      result += "\\n";
    else
      result += glyph.shown;
    offset += glyph.length;
  }
  return result;
}

}  // namespace trainlint
