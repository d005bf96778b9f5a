#include "lint/lsp/document.h"

#include <algorithm>

namespace trainlint {

// The begin of a line; the end of the text where there are fewer.
static size_t line_begin(std::string_view text, uint32_t line) {
  size_t at = 0;
  for (; line > 0; --line) {
    while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
    if (at == text.size()) return at;
    at += text.substr(at, 2) == "\r\n" ? 2 : 1;
  }
  return at;
}

static size_t code_point_size(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

size_t offset_of(std::string_view text, LspPosition position) {
  size_t at = line_begin(text, position.line);
  for (uint32_t units = 0; at < text.size() && text[at] != '\r' && text[at] != '\n';) {
    size_t size = code_point_size(text[at]);
    units += size == 4 ? 2 : 1;
    if (units > position.character) break;
    at = std::min(at + size, text.size());
  }
  return at;
}

static bool is_position(const Json& json) {
  return member(json, "line").is_number_unsigned() &&
         member(json, "character").is_number_unsigned();
}

static LspPosition position_of(const Json& json) {
  auto number = [&](const char* name) {
    return static_cast<uint32_t>(
        std::min<uint64_t>(member(json, name).get<uint64_t>(), UINT32_MAX));
  };
  return {number("line"), number("character")};
}

Result<std::string> changed_text(std::string text, const Json& changes) {
  if (!changes.is_array()) return Error{"contentChanges is no list"};
  for (const Json& change : changes) {
    if (!member(change, "text").is_string()) return Error{"a change has no text"};
    const Json& range = member(change, "range");
    if (range.is_null()) {
      text = text_in(change, "text");
      continue;
    }
    if (!is_position(member(range, "start")) || !is_position(member(range, "end")))
      return Error{"a change has a range without positions"};
    size_t begin = offset_of(text, position_of(member(range, "start")));
    size_t end = offset_of(text, position_of(member(range, "end")));
    if (begin > end) std::swap(begin, end);
    text.replace(begin, end - begin, text_in(change, "text"));
  }
  return text;
}

}  // namespace trainlint
