#include "lint/source/tree.h"

#include <algorithm>

#include "lint/source/listing.h"

namespace trainlint {

const SourceFile* find_file(const std::vector<SourceFile>& files, std::string_view path) {
  auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const SourceFile& file, std::string_view wanted) { return file.path < wanted; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

const SourceFile* SourceTree::find(std::string_view path) const {
  return find_file(files(), path);
}

bool SourceTree::has_file(std::string_view path) const {
  const SourceFile* file = find(path);
  return file && file->kind == FileKind::file;
}

bool SourceTree::has_folder(std::string_view path) const {
  if (path.empty()) return true;
  const SourceFile* file = find(path);
  return file && file->kind == FileKind::folder;
}

}  // namespace trainlint
