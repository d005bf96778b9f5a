#include "lint/source/example.h"

#include "lint/source/archive_facts.h"

namespace trainlint {

namespace {

// Files of a folder as the archive that they would be packed into shows them.
class PackedTree final : public SourceTree {
 public:
  PackedTree(Listing listing, ArchiveFacts facts, std::vector<Bytes> contents)
      : listing_(std::move(listing)), facts_(std::move(facts)), contents_(std::move(contents)) {}

  const std::vector<SourceFile>& files() const override { return listing_.files; }
  const ArchiveFacts* archive() const override { return &facts_; }
  Result<Bytes> read(std::string_view path) const override {
    const SourceFile* file = find(path);
    if (file == nullptr) return Error{"no such file"};
    if (!file->problem.empty()) return Error{file->problem};
    uint32_t id = listing_.ids[static_cast<size_t>(file - listing_.files.data())];
    if (id == no_content) return Error{"not a file"};
    return contents_[id];
  }

 private:
  Listing listing_;
  ArchiveFacts facts_;
  std::vector<Bytes> contents_;
};

}  // namespace

static OpenTree open_packed(std::string name, std::map<std::string, std::string> files) {
  std::vector<StoredMember> members;
  std::vector<Bytes> contents;
  for (auto& [path, content] : files) {
    StoredMember member;
    member.name = path;
    member.size = content.size();
    member.id = static_cast<uint32_t>(contents.size());
    contents.push_back(std::make_shared<const std::string>(std::move(content)));
    members.push_back(std::move(member));
  }
  OpenTree opened;
  opened.kind = name.ends_with(".whl") ? TreeKind::wheel : TreeKind::sdist;
  ArchiveFacts facts;
  facts.name = std::move(name);
  facts.faults = faults_of(members);
  Result<Listing> listing = list_members(std::move(members));
  Listing listed = listing ? std::move(*listing) : Listing{};
  if (opened.kind == TreeKind::sdist) {
    facts.top = strip_top_folder(listed);
    facts.build_file = nearest_build_file(listed.files);
  }
  opened.tree =
      std::make_unique<PackedTree>(std::move(listed), std::move(facts), std::move(contents));
  return opened;
}

OpenTree open_example(std::string_view text) {
  std::map<std::string, std::string> files = parse_txtar(text);
  size_t begin = std::min(text.find_first_not_of(" \n"), text.size());
  text.remove_prefix(begin);
  OpenTree opened;
  std::string name(text.substr(0, text.find('\n')));
  if (name.ends_with(".tar.gz") || name.ends_with(".zip") || name.ends_with(".whl"))
    opened = open_packed(std::move(name), std::move(files));
  else
    opened.tree = memory_tree(std::move(files));
  return opened;
}

}  // namespace trainlint
