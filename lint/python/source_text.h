#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lint/python/module.h"

namespace trainlint {

// A source file as CPython's compile() sees it after decoding (PEP 263).
struct SourceText {
  std::shared_ptr<const std::string> text;  // UTF-8 without a byte order mark, always valid
  std::optional<SyntaxFault> fault;         // why CPython cannot decode it; span in `text`
  // False when bytes were replaced in `text`, which then differs from what CPython tokenizes:
  // invalid UTF-8 is refused in names and strings only, not in comments.
  bool exact = true;
  // The text is in an encoding, or has characters, that only Python's own codec decodes: nothing is
  // known of its syntax.
  bool unknown = false;
};

// Decodes a file. The text has the same lines as the file, whatever is wrong with it.
SourceText decode_source(std::shared_ptr<const std::string> bytes);

// The codec named by a PEP 263 comment in the first two lines, as CPython spells it ("utf-8" and
// "iso-8859-1" for their usual aliases); `begin`, `end` are the name's place.
struct EncodingCookie {
  std::string name;
  uint32_t begin = 0;
  uint32_t end = 0;
};
std::optional<EncodingCookie> encoding_cookie(std::string_view text);

bool has_byte_order_mark(std::string_view bytes);

// The offset of the first byte that is not part of valid UTF-8, or npos.
size_t find_invalid_utf8(std::string_view bytes, size_t from = 0);

}  // namespace trainlint
