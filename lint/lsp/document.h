#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lint/lsp/message.h"
#include "lint/source/tree.h"
#include "lint/text/result.h"

namespace trainlint {

// A position of the protocol: both from 0, the character in UTF-16 code units.
struct LspPosition {
  uint32_t line = 0;
  uint32_t character = 0;
};

// The byte offset of a position in UTF-8 text. A character past the end of its line means that end
// (before the line break), a line past the end of the text means that; in the middle of a surrogate
// pair it is the pair's begin.
size_t offset_of(std::string_view text, LspPosition position);

// Makes the changes of a didChange notification, one after another. Fails, with the text as it was,
// for what is no change.
Result<std::string> changed_text(std::string text, const Json& changes);

// An open text document.
struct Document {
  std::string uri;   // as the client writes it
  std::string path;  // canonical, where the file is on disk
  int64_t version = 0;
  Bytes text;
};

}  // namespace trainlint
