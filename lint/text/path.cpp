#include "lint/text/path.h"

#include <vector>

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

std::string parent_folder(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == path.npos ? std::string() : std::string(path.substr(0, slash));
}

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace trainlint
