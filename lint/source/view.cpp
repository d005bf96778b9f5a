#include <set>
#include <utility>

#include "lint/source/cells.h"
#include "lint/source/listing.h"
#include "lint/text/path.h"

// Trees that show another tree differently: a part of it, or with files laid over it.

namespace trainlint {

namespace {

class SubTree final : public TreeOfCells {
 public:
  SubTree(const SourceTree& tree, std::string_view folder) : tree_(tree) {
    if (folder.empty()) {
      files_ = tree.files();
      return;
    }
    prefix_ = std::string(folder) + "/";
    // In byte order all paths with one prefix stand together.
    for (const SourceFile& file : tree.files()) {
      if (!file.path.starts_with(prefix_)) continue;
      files_.push_back(file);
      files_.back().path.erase(0, prefix_.size());
    }
  }

  const std::vector<SourceFile>& files() const override { return files_; }
  Result<Bytes> read(std::string_view path) const override {
    return tree_.read(prefix_ + std::string(path));
  }
  const ArchiveFacts* archive() const override { return tree_.archive(); }
  const CellText* cells(std::string_view path) const override {
    return cells_of(tree_, normal_path(prefix_ + std::string(path)));
  }
  Result<Bytes> read_around(std::string_view path) const override {
    return tree_.read(normal_path(prefix_ + std::string(path)));
  }

 private:
  const SourceTree& tree_;
  std::string prefix_;
  std::vector<SourceFile> files_;
};

class Overlay final : public TreeOfCells {
 public:
  Overlay(const SourceTree& below, std::map<std::string, Bytes> files)
      : below_(below), laid_over_(std::move(files)) {
    std::map<std::string, SourceFile> listed;
    for (const SourceFile& file : below.files()) listed.emplace_hint(listed.end(), file.path, file);
    for (const auto& [path, content] : laid_over_) {
      listed[path] = {path, FileKind::file, content->size(), "", ""};
      for (size_t slash = path.rfind('/'); slash != path.npos && slash > 0;
           slash = path.rfind('/', slash - 1)) {
        std::string folder = path.substr(0, slash);
        listed.emplace(folder, SourceFile{folder, FileKind::folder, 0, "", ""});
      }
    }
    for (auto& [path, file] : listed) files_.push_back(std::move(file));
  }

  const std::vector<SourceFile>& files() const override { return files_; }
  Result<Bytes> read(std::string_view path) const override {
    auto found = laid_over_.find(std::string(path));
    return found == laid_over_.end() ? below_.read(path) : Result<Bytes>(found->second);
  }
  const CellText* cells(std::string_view path) const override { return cells_of(below_, path); }

 private:
  const SourceTree& below_;
  std::map<std::string, Bytes> laid_over_;
  std::vector<SourceFile> files_;
};

class Selection final : public TreeOfCells {
 public:
  Selection(const SourceTree& tree, const std::vector<std::string>& wanted) : tree_(tree) {
    std::set<std::string_view> paths;
    for (std::string_view path : wanted)
      for (; paths.insert(path).second && path.rfind('/') != path.npos;)
        path = path.substr(0, path.rfind('/'));
    for (const SourceFile& file : tree.files())
      if (paths.count(file.path) != 0) files_.push_back(file);
  }

  const std::vector<SourceFile>& files() const override { return files_; }
  Result<Bytes> read(std::string_view path) const override {
    return find(path) != nullptr ? tree_.read(path) : Result<Bytes>(Error{"no such file"});
  }
  const CellText* cells(std::string_view path) const override { return cells_of(tree_, path); }

 private:
  const SourceTree& tree_;
  std::vector<SourceFile> files_;
};

}  // namespace

const CellText* cells_of(const SourceTree& tree, std::string_view path) {
  const auto* with_cells = dynamic_cast<const TreeOfCells*>(&tree);
  return with_cells == nullptr ? nullptr : with_cells->cells(path);
}

Result<Bytes> read_around(const SourceTree& tree, std::string_view path) {
  const auto* part = dynamic_cast<const TreeOfCells*>(&tree);
  return part == nullptr ? tree.read(path) : part->read_around(path);
}

std::unique_ptr<SourceTree> selection(const SourceTree& tree,
                                      const std::vector<std::string>& files) {
  return std::make_unique<Selection>(tree, files);
}

std::unique_ptr<SourceTree> subtree(const SourceTree& tree, std::string_view folder) {
  return std::make_unique<SubTree>(tree, folder);
}

std::unique_ptr<SourceTree> overlay(const SourceTree& below, std::map<std::string, Bytes> files) {
  return std::make_unique<Overlay>(below, std::move(files));
}

}  // namespace trainlint
