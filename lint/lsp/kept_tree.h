#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "lint/source/tree.h"

namespace trainlint {

// A folder on disk with open buffers laid over it, kept for as long as the server runs. What was
// read stays in memory until the file's size or time of change differs, so that a file that is the
// same has the same Bytes.
class KeptTree final : public SourceTree {
 public:
  // `root` is canonical; `disk` the tree of that folder.
  KeptTree(std::string root, std::unique_ptr<SourceTree> disk);

  const std::vector<SourceFile>& files() const override { return files_; }
  Result<Bytes> read(std::string_view path) const override;

  const std::string& root() const { return root_; }

  // Takes a new listing of the folder. Gives the paths that were added, removed or written since.
  std::set<std::string> refresh(std::unique_ptr<SourceTree> disk);

  // Shows `text` as the content of a file. False for a file that does not belong to the tree: one
  // in a folder that the listing leaves out.
  bool lay_over(const std::string& path, Bytes text);
  // Shows again what is on disk.
  void uncover(const std::string& path);

 private:
  struct OnDisk {
    Bytes bytes;
    std::filesystem::file_time_type time;
    uint64_t size = 0;
  };
  void list();
  OnDisk state_of(const std::string& path) const;

  std::string root_;
  std::unique_ptr<SourceTree> disk_;
  std::vector<SourceFile> files_;
  std::map<std::string, Bytes, std::less<>> open_;
  mutable std::mutex mutex_;  // of what has been read: modules are loaded by several threads
  mutable std::map<std::string, OnDisk, std::less<>> read_;
};

}  // namespace trainlint
