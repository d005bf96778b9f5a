#include "lint/rule/wheel.h"

#include "lint/text/path.h"

namespace trainlint {

std::vector<std::string> dist_info_folders(const SourceTree& tree) {
  std::vector<std::string> folders;
  for (const SourceFile& file : tree.files())
    if (file.kind == FileKind::folder && file.path.ends_with(".dist-info") &&
        file.path.find('/') == std::string::npos)
      folders.push_back(file.path);
  return folders;
}

std::vector<std::string> wheel_name_parts(std::string_view name) {
  if (!name.ends_with(".whl")) return {};
  name.remove_suffix(4);
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= name.size();) {
    size_t end = std::min(name.find('-', begin), name.size());
    parts.emplace_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  constexpr size_t without_build = 5;
  if (parts.size() == without_build + 1 && !parts[2].empty() && parts[2][0] >= '0' &&
      parts[2][0] <= '9')
    parts.erase(parts.begin() + 2);
  return parts.size() == without_build ? parts : std::vector<std::string>();
}

}  // namespace trainlint
