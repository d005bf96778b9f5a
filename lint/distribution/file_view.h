#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lint/source/tree.h"
#include "lint/text/path.h"

namespace trainlint {

// The folders and regular files that a build sees: all of a source tree, or the part of it that
// was packed. Answers take any spelling of a path ("./a", "a//b"), as the file system does.
class FileView {
 public:
  explicit FileView(const SourceTree& tree);
  // Only these files (by any spelling) and the folders that hold them.
  FileView(const SourceTree& tree, const std::vector<std::string>& files);

  bool is_file(std::string_view path) const;
  bool is_folder(std::string_view path) const;
  bool exists(std::string_view path) const { return is_file(path) || is_folder(path); }
  // Names of the files and folders directly in a folder, in byte order; none if it is not there.
  const std::vector<std::string>& names_in(std::string_view folder) const;
  // Every regular file, in byte order.
  const std::vector<std::string>& files() const { return files_; }

 private:
  void add_folder(const std::string& path);
  void add_file(const std::string& path);
  void finish();

  std::vector<std::string> files_;
  std::unordered_map<std::string, bool> is_file_;  // by normal path
  std::unordered_map<std::string, std::vector<std::string>> names_;
};

}  // namespace trainlint
