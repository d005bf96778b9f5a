#include "lint/distribution/file_view.h"

#include <algorithm>

namespace trainlint {

FileView::FileView(const SourceTree& tree) {
  add_folder("");
  for (const SourceFile& file : tree.files()) {
    if (file.kind == FileKind::file) add_file(file.path);
    if (file.kind == FileKind::folder) add_folder(file.path);
  }
  finish();
}

FileView::FileView(const SourceTree& tree, const std::vector<std::string>& files) {
  add_folder("");
  for (const std::string& path : files) {
    std::string normal = normal_path(path);
    const SourceFile* file = tree.find(normal);
    if (file != nullptr && file->kind == FileKind::file) add_file(normal);
  }
  finish();
}

void FileView::add_folder(const std::string& path) {
  if (!is_file_.emplace(path, false).second || path.empty()) return;
  auto [parent, name] = split_path(path);
  add_folder(std::string(parent));
  names_[std::string(parent)].emplace_back(name);
}

void FileView::add_file(const std::string& path) {
  if (!is_file_.emplace(path, true).second) return;
  auto [parent, name] = split_path(path);
  add_folder(std::string(parent));
  names_[std::string(parent)].emplace_back(name);
  files_.push_back(path);
}

void FileView::finish() {
  std::sort(files_.begin(), files_.end());
  for (auto& [folder, names] : names_) std::sort(names.begin(), names.end());
}

bool FileView::is_file(std::string_view path) const {
  if (path.empty() || path.ends_with('/')) return false;
  auto found = is_file_.find(normal_path(path));
  return found != is_file_.end() && found->second;
}

bool FileView::is_folder(std::string_view path) const {
  auto found = is_file_.find(normal_path(path));
  return found != is_file_.end() && !found->second;
}

const std::vector<std::string>& FileView::names_in(std::string_view folder) const {
  static const std::vector<std::string> none;
  auto found = names_.find(normal_path(folder));
  return found == names_.end() ? none : found->second;
}

}  // namespace trainlint
