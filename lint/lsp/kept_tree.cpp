#include "lint/lsp/kept_tree.h"

#include <algorithm>

#include "lint/text/path.h"

namespace trainlint {

namespace fs = std::filesystem;

KeptTree::KeptTree(std::string root, std::unique_ptr<SourceTree> disk)
    : root_(std::move(root)), disk_(std::move(disk)) {
  list();
}

void KeptTree::list() {
  files_ = disk_->files();
  for (const auto& [path, text] : open_) {
    auto at = std::lower_bound(
        files_.begin(), files_.end(), path,
        [](const SourceFile& file, const std::string& wanted) { return file.path < wanted; });
    if (at == files_.end() || at->path != path) at = files_.insert(at, SourceFile{});
    *at = {path, FileKind::file, text->size(), "", ""};
  }
}

KeptTree::OnDisk KeptTree::state_of(const std::string& path) const {
  OnDisk state;
  std::error_code error;
  const fs::path whole = fs::path(root_) / path;
  state.time = fs::last_write_time(whole, error);
  state.size = fs::file_size(whole, error);
  return state;
}

Result<Bytes> KeptTree::read(std::string_view path) const {
  if (auto open = open_.find(path); open != open_.end()) return open->second;
  {
    std::lock_guard lock(mutex_);
    if (auto kept = read_.find(path); kept != read_.end()) return kept->second.bytes;
  }
  OnDisk state = state_of(std::string(path));
  Result<Bytes> bytes = disk_->read(path);
  if (!bytes) return bytes;
  state.bytes = *bytes;
  std::lock_guard lock(mutex_);
  return read_.insert_or_assign(std::string(path), std::move(state)).first->second.bytes;
}

std::set<std::string> KeptTree::refresh(std::unique_ptr<SourceTree> disk) {
  std::set<std::string> changed;
  auto add_missing = [&](const SourceTree& from, const SourceTree& to) {
    for (const SourceFile& file : from.files()) {
      const SourceFile* other = to.find(file.path);
      if (!other || other->kind != file.kind || other->size != file.size ||
          other->problem != file.problem)
        changed.insert(file.path);
    }
  };
  add_missing(*disk, *disk_);
  add_missing(*disk_, *disk);
  for (auto kept = read_.begin(); kept != read_.end();) {
    OnDisk now = state_of(kept->first);
    const bool same = now.time == kept->second.time && now.size == kept->second.size;
    if (!same) changed.insert(kept->first);
    kept = same ? std::next(kept) : read_.erase(kept);
  }
  disk_ = std::move(disk);
  list();
  for (const auto& [path, text] : open_) changed.erase(path);
  return changed;
}

bool KeptTree::lay_over(const std::string& path, Bytes text) {
  if (auto open = open_.find(path); open != open_.end()) {
    open->second = std::move(text);
    if (SourceFile* file = const_cast<SourceFile*>(find(path))) file->size = open->second->size();
    return true;
  }
  std::error_code error;
  const bool listed = disk_->has_file(path);
  const bool is_new =
      !fs::exists(fs::path(root_) / path, error) && disk_->has_folder(parent_folder(path));
  if (!listed && !is_new) return false;
  open_.emplace(path, std::move(text));
  list();
  return true;
}

void KeptTree::uncover(const std::string& path) {
  if (open_.erase(path) > 0) list();
}

}  // namespace trainlint
