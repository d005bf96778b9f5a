#include "tests/support/temporary_folder.h"

#include <fstream>
#include <random>
#include <stdexcept>

namespace trainlint {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::random_device random;
  // create_directory says false for a folder that somebody else has made.
  do {
    path_ = fs::temp_directory_path() / ("trainlint-" + std::to_string(random()));
  } while (!fs::create_directory(path_));
  path_ = fs::canonical(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

void TemporaryFolder::write(const std::string& path, const std::string& content) const {
  fs::path full = path_ / path;
  if (path.ends_with('/')) {
    fs::create_directories(full);
    return;
  }
  fs::create_directories(full.parent_path());
  std::ofstream file(full, std::ios::binary);
  file << content;
  if (!file.flush()) throw std::runtime_error("cannot write " + full.string());
}

void TemporaryFolder::write(const std::map<std::string, std::string>& files) const {
  for (const auto& [path, content] : files) write(path, content);
}

}  // namespace trainlint
