#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace trainlint {

// A new folder below the system's own for temporary files; removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string text() const { return path_.string(); }
  // Writes a file, and the folders that lead to it; a path that ends in '/' is a folder.
  void write(const std::string& path, const std::string& content) const;
  void write(const std::map<std::string, std::string>& files) const;

 private:
  std::filesystem::path path_;
};

}  // namespace trainlint
