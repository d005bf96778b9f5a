#include <algorithm>
#include <utility>

#include "lint/source/listing.h"

namespace trainlint {

namespace {

class MemoryTree final : public SourceTree {
 public:
  MemoryTree(Listing listing, std::vector<Bytes> contents)
      : listing_(std::move(listing)), contents_(std::move(contents)) {}

  const std::vector<SourceFile>& files() const override { return listing_.files; }

  Result<Bytes> read(std::string_view path) const override {
    const SourceFile* file = find(path);
    if (!file) return Error{"no such file"};
    if (!file->problem.empty()) return Error{file->problem};
    uint32_t id = listing_.ids[static_cast<size_t>(file - listing_.files.data())];
    if (id == no_content) return Error{"not a file"};
    return contents_[id];
  }

 private:
  Listing listing_;
  std::vector<Bytes> contents_;
};

}  // namespace

std::unique_ptr<SourceTree> memory_tree(std::map<std::string, std::string> files) {
  std::vector<StoredMember> members;
  std::vector<Bytes> contents;
  for (auto& [name, content] : files) {
    StoredMember member;
    member.name = name;
    if (name.ends_with('/')) {
      member.kind = FileKind::folder;
    } else {
      member.size = content.size();
      member.id = static_cast<uint32_t>(contents.size());
      contents.push_back(std::make_shared<const std::string>(std::move(content)));
    }
    members.push_back(std::move(member));
  }
  Result<Listing> listing = list_members(std::move(members));
  return std::make_unique<MemoryTree>(listing ? std::move(*listing) : Listing{},
                                      std::move(contents));
}

std::map<std::string, std::string> parse_txtar(std::string_view text) {
  constexpr std::string_view open = "-- ";
  constexpr std::string_view close = " --";
  std::map<std::string, std::string> files;
  std::string* content = nullptr;
  while (!text.empty()) {
    size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string_view line = text.substr(0, size);
    text.remove_prefix(size);
    std::string_view mark = line.substr(0, line.find_last_not_of("\r\n") + 1);
    if (mark.size() > open.size() + close.size() && mark.starts_with(open) &&
        mark.ends_with(close)) {
      mark = mark.substr(open.size(), mark.size() - open.size() - close.size());
      content = &(files[std::string(mark)] = "");
    } else if (content) {
      *content += line;
    }
  }
  return files;
}

}  // namespace trainlint
