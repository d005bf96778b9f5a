#include "lint/source/links.h"

#include <algorithm>
#include <deque>

namespace trainlint {

namespace {

constexpr int most_hops = 40;  // as Linux has it for one path

std::string_view folder_of(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

void put_first(std::deque<std::string>& pending, std::string_view path) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    parts.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  pending.insert(pending.begin(), parts.begin(), parts.end());
}

class LinkFollower {
 public:
  explicit LinkFollower(const std::vector<StoredMember>& members) : members_(members) {}

  std::vector<ListedMember> follow() {
    for (const StoredMember& member : members_) {
      if (member.kind == FileKind::link && member.problem.empty())
        add_link(member.name, member, folders_above(member.name, ""));
      else
        add(member.name, member);
    }
    return std::move(listed_);
  }

 private:
  using Chain = std::vector<std::string>;  // folders that are being listed, as they are stored

  struct Target {
    std::string path;
    const StoredMember* member = nullptr;  // null for the root
    std::string_view fault;                // not empty: it leads to nothing
  };

  const StoredMember* find(std::string_view name) const {
    auto found = std::lower_bound(
        members_.begin(), members_.end(), name,
        [](const StoredMember& member, std::string_view wanted) { return member.name < wanted; });
    return found != members_.end() && found->name == name ? &*found : nullptr;
  }

  // Goes through `target` part by part from a folder that no link leads through.
  Target resolve(std::string_view folder, std::string_view target) const {
    std::string path(folder);
    std::deque<std::string> pending;
    put_first(pending, target);
    int hops = 0;
    const StoredMember* member = find(path);
    while (!pending.empty()) {
      std::string part = std::move(pending.front());
      pending.pop_front();
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        if (path.empty()) return {path, nullptr, leads_out};
        path = folder_of(path);
        member = find(path);
        continue;
      }
      std::string next = path.empty() ? part : path + "/" + part;
      member = find(next);
      if (!member) return {next, nullptr, leads_nowhere};
      if (member->kind != FileKind::link) {
        path = std::move(next);
        continue;
      }
      if (++hops > most_hops) return {next, nullptr, leads_round};
      if (member->target.starts_with('/')) return {next, nullptr, leads_out};
      put_first(pending, member->target);
    }
    return {path, member, ""};
  }

  static Chain folders_above(std::string_view path, std::string_view top) {
    Chain chain;
    for (path = folder_of(path); path.size() > top.size(); path = folder_of(path))
      chain.emplace_back(path);
    chain.emplace_back(top);
    return chain;
  }

  void add(std::string path, const StoredMember& member) {
    ListedMember listed{{std::move(path), member.kind, 0, member.problem, member.target},
                        no_content};
    const StoredMember* content = &member;
    if (member.hard_link) {
      content = resolve("", member.target).member;
      if (!content || content->kind != FileKind::file || content->hard_link) {
        listed.file.kind = FileKind::link;
        listed.file.problem = link_problem(member.target, leads_nowhere);
        content = nullptr;
      }
    }
    if (content && content->kind == FileKind::file) take_content(listed, *content);
    listed_.push_back(std::move(listed));
  }

  static void take_content(ListedMember& listed, const StoredMember& content) {
    listed.file.size = content.size;
    if (listed.file.problem.empty()) listed.file.problem = content.problem;
    listed.id = content.id;
  }

  void add_link(std::string path, const StoredMember& link, const Chain& chain) {
    ListedMember listed{{std::move(path), FileKind::link, 0, "", link.target}, no_content};
    Target target = link.target.starts_with('/') ? Target{"", nullptr, leads_out}
                                                 : resolve(folder_of(link.name), link.target);
    bool to_folder =
        target.fault.empty() && (!target.member || target.member->kind == FileKind::folder);
    if (to_folder && std::find(chain.begin(), chain.end(), target.path) != chain.end())
      target.fault = leads_round;
    else if (to_folder && linked_ >= most_linked_members)
      target.fault = leads_to_too_much;
    if (!target.fault.empty()) {
      listed.file.problem = link_problem(link.target, target.fault);
    } else {
      const StoredMember* file = to_folder ? nullptr : target.member;
      listed.file.kind = file ? file->kind : FileKind::folder;
      if (file) take_hard_or_content(listed, *file);
    }
    size_t place = listed_.size();
    std::string path_below = listed.file.path;
    listed_.push_back(std::move(listed));
    if (!to_folder || !target.fault.empty()) return;
    repeat(path_below, target.path, chain);
    if (linked_ > most_linked_members)
      listed_[place].file.problem = link_problem(link.target, leads_to_too_much);
  }

  void take_hard_or_content(ListedMember& listed, const StoredMember& member) {
    const StoredMember* content = member.hard_link ? resolve("", member.target).member : &member;
    if (content) take_content(listed, *content);
  }

  // Lists what is in the stored folder `from` once more, below `path`.
  void repeat(const std::string& path, const std::string& from, Chain chain) {
    std::string prefix = from + "/";
    auto at = std::lower_bound(
        members_.begin(), members_.end(), prefix,
        [](const StoredMember& member, const std::string& wanted) { return member.name < wanted; });
    for (; at != members_.end() && at->name.starts_with(prefix); ++at) {
      if (++linked_ > most_linked_members) return;
      std::string name = path + at->name.substr(from.size());
      if (at->kind != FileKind::link || !at->problem.empty()) {
        add(std::move(name), *at);
        continue;
      }
      Chain longer = folders_above(at->name, from);
      longer.insert(longer.end(), chain.begin(), chain.end());
      add_link(std::move(name), *at, longer);
    }
  }

  const std::vector<StoredMember>& members_;
  std::vector<ListedMember> listed_;
  size_t linked_ = 0;
};

}  // namespace

std::vector<ListedMember> follow_links(const std::vector<StoredMember>& members) {
  return LinkFollower(members).follow();
}

}  // namespace trainlint
