#pragma once

#include <string>

#include "lint/source/tree.h"

namespace trainlint {

// A tree as text, one member a line, for comparing: "file trainer/task.py 12 [problem]".
inline std::string listing_text(const SourceTree& tree) {
  static constexpr const char* kinds[] = {"file", "folder", "link", "other"};
  std::string text;
  for (const SourceFile& file : tree.files()) {
    text += kinds[static_cast<int>(file.kind)];
    text += " " + file.path;
    if (file.kind == FileKind::file) text += " " + std::to_string(file.size);
    if (!file.problem.empty()) text += " [" + file.problem + "]";
    text += "\n";
  }
  return text;
}

// The content of a file, or "error: ..." when there is none.
inline std::string content_of(const SourceTree& tree, std::string_view path) {
  Result<Bytes> bytes = tree.read(path);
  return bytes ? **bytes : "error: " + bytes.error();
}

}  // namespace trainlint
