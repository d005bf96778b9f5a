#include "lint/source/listing.h"

#include "lint/source/links.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace trainlint {

namespace {

constexpr size_t longest_name = 4096;  // PATH_MAX; also keeps the implied folders few
constexpr size_t most_name_bytes = size_t{32} << 20;

std::string name_problem(std::string_view name) {
  if (name.size() > longest_name) return "a name that is longer than a path can be";
  if (name.starts_with('/')) return "an absolute path, which is not unpacked";
  for (size_t begin = 0; begin <= name.size();) {
    size_t end = std::min(name.find('/', begin), name.size());
    if (name.substr(begin, end - begin) == "..") return "a path with '..', which is not unpacked";
    begin = end + 1;
  }
  return "";
}

// "./a//b/" is "a/b"; the root itself is "".
std::string plain_name(std::string_view name) {
  std::string plain;
  for (size_t begin = 0; begin <= name.size();) {
    size_t end = std::min(name.find('/', begin), name.size());
    std::string_view part = name.substr(begin, end - begin);
    if (!part.empty() && part != ".") {
      if (!plain.empty()) plain += '/';
      plain += part;
    }
    begin = end + 1;
  }
  return plain;
}

// Keeps one member of each name, in order of names.
void drop_replaced(std::vector<StoredMember>& members) {
  std::stable_sort(members.begin(), members.end(),
                   [](const StoredMember& a, const StoredMember& b) { return a.name < b.name; });
  size_t kept = 0;
  for (size_t i = 0; i < members.size(); ++i) {
    bool same = kept > 0 && members[kept - 1].name == members[i].name;
    if (!same) {
      if (kept != i) members[kept] = std::move(members[i]);
      ++kept;
      continue;
    }
    StoredMember& before = members[kept - 1];
    bool clash = (before.kind == FileKind::folder) != (members[i].kind == FileKind::folder);
    before = std::move(members[i]);
    if (clash) before.problem = "the name of a file and of a folder";
  }
  members.resize(kept);
}

// The folders that members are in without being members themselves.
Result<std::vector<StoredMember>> implied_folders(std::vector<StoredMember>& members) {
  std::unordered_set<std::string_view> seen;
  std::vector<StoredMember> added;
  size_t name_bytes = 0;
  for (StoredMember& member : members) {
    name_bytes += member.name.size();
    if (!name_problem(member.name).empty()) continue;
    std::string_view path = member.name;
    for (size_t slash = path.rfind('/'); slash != path.npos; slash = path.rfind('/')) {
      path = path.substr(0, slash);
      if (!seen.insert(path).second) break;
      auto found = std::lower_bound(
          members.begin(), members.end(), path,
          [](const StoredMember& other, std::string_view wanted) { return other.name < wanted; });
      if (found == members.end() || found->name != path) {
        name_bytes += path.size();
        added.push_back({std::string(path), FileKind::folder, 0, "", "", false, no_content});
      } else if (found->kind != FileKind::folder) {
        found->problem = "the name of a file and of a folder";
      }
      if (name_bytes > most_name_bytes || added.size() > most_archive_members)
        return Error{"its names are too long to list"};
    }
  }
  return added;
}

Listing in_order(std::vector<ListedMember> listed) {
  std::sort(listed.begin(), listed.end(),
            [](const ListedMember& a, const ListedMember& b) { return a.file.path < b.file.path; });
  Listing listing;
  listing.files.reserve(listed.size());
  listing.ids.reserve(listed.size());
  for (ListedMember& member : listed) {
    listing.files.push_back(std::move(member.file));
    listing.ids.push_back(member.id);
  }
  return listing;
}

}  // namespace

std::string size_problem(uint64_t size) {
  return size > largest_file ? fmt::format("larger than {} MiB", largest_file >> 20) : "";
}

std::string link_problem(std::string_view target, std::string_view fault) {
  return fmt::format("a link to '{}' that {}", target, fault);
}

Result<Listing> list_members(std::vector<StoredMember> members) {
  if (members.size() > most_archive_members)
    return Error{fmt::format("it holds more than {} members", most_archive_members)};
  for (StoredMember& member : members) {
    if (std::string problem = name_problem(member.name); !problem.empty())
      member.problem = std::move(problem);
    else
      member.name = plain_name(member.name);
  }
  std::erase_if(members, [](const StoredMember& member) { return member.name.empty(); });
  drop_replaced(members);
  Result<std::vector<StoredMember>> folders = implied_folders(members);
  if (!folders) return Error{folders.error()};
  size_t stored = members.size();
  members.insert(members.end(), std::make_move_iterator(folders->begin()),
                 std::make_move_iterator(folders->end()));
  std::inplace_merge(members.begin(), members.begin() + static_cast<ptrdiff_t>(stored),
                     members.end(),
                     [](const StoredMember& a, const StoredMember& b) { return a.name < b.name; });
  return in_order(follow_links(members));
}

// An import package or a trainer's folder, without anything that pip could build.
static bool is_package_itself(const Listing& listing, const std::string& top) {
  auto holds = [&](std::string_view name) {
    return find_file(listing.files, fmt::format("{}/{}", top, name)) != nullptr;
  };
  return (holds("__init__.py") || holds("task.py")) && !holds("setup.py") &&
         !holds("pyproject.toml") && !holds("PKG-INFO");
}

std::string strip_top_folder(Listing& listing) {
  std::string top;
  for (const SourceFile& file : listing.files) {
    if (!name_problem(file.path).empty()) continue;
    // A backslash divides too where no slash stands before it, as pip has it.
    std::string_view first = std::string_view(file.path).substr(0, file.path.find_first_of("/\\"));
    if (top.empty() && file.kind == FileKind::folder) top = first;
    if (first != top) return "";
  }
  if (top.empty() || is_package_itself(listing, top)) return "";
  std::vector<ListedMember> listed;
  for (size_t i = 0; i < listing.files.size(); ++i) {
    SourceFile& file = listing.files[i];
    if (file.path == top) continue;
    if (file.path.starts_with(top + "/") && name_problem(file.path).empty())
      file.path.erase(0, top.size() + 1);
    listed.push_back({std::move(file), listing.ids[i]});
  }
  listing = in_order(std::move(listed));
  return top;
}

}  // namespace trainlint
