#include "lint/distribution/file_view.h"

#include <algorithm>

namespace trainlint {

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty() || name.starts_with('/')) return std::string(name);
  std::string joined(folder);
  if (!joined.ends_with('/')) joined += '/';
  return joined.append(name);
}

static std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    size_t slash = path.find('/');
    std::string_view part = path.substr(0, slash);
    path = slash == path.npos ? std::string_view() : path.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else
      parts.push_back(part);
  }
  return parts;
}

std::string normal_path(std::string_view path) {
  std::string normal(path.starts_with('/') ? "/" : "");
  for (std::string_view part : parts_of(path)) {
    if (!normal.empty() && normal != "/") normal += '/';
    normal += part;
  }
  return normal;
}

std::pair<std::string_view, std::string_view> split_path(std::string_view path) {
  size_t slash = path.rfind('/');
  if (slash == path.npos) return {std::string_view(), path};
  std::string_view head = path.substr(0, slash + 1);
  size_t last = head.find_last_not_of('/');
  if (last != head.npos) head = head.substr(0, last + 1);
  return {head, path.substr(slash + 1)};
}

std::string relative_path(std::string_view path, std::string_view folder) {
  std::vector<std::string_view> to = parts_of(path);
  std::vector<std::string_view> from = parts_of(folder);
  size_t shared = 0;
  while (shared < to.size() && shared < from.size() && to[shared] == from[shared]) ++shared;
  std::string relative;
  for (size_t i = shared; i < from.size(); ++i) relative = join_path(relative, "..");
  for (size_t i = shared; i < to.size(); ++i) relative = join_path(relative, to[i]);
  return relative;
}

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
