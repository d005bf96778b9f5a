#include "lint/source/archive_facts.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>

#include "lint/text/path.h"

// What pip refuses to unpack, in its own terms (pip._internal.utils.unpacking): names are taken
// without their first part where that is the same for all, and must then stay inside the folder.

namespace trainlint {

static constexpr size_t longest_part = 255;  // NAME_MAX of Linux file systems

// "/a/b" and "a/b" -> "a" and "b".
static std::pair<std::string_view, std::string_view> split_leading(std::string_view name) {
  while (name.starts_with('/')) name.remove_prefix(1);
  size_t slash = name.find_first_of("/\\");
  if (slash == std::string_view::npos) return {name, {}};
  return {name.substr(0, slash), name.substr(slash + 1)};
}

static bool has_leading_folder(const std::vector<StoredMember>& members) {
  std::optional<std::string_view> common;
  for (const StoredMember& member : members) {
    std::string_view first = split_leading(member.name).first;
    if (first.empty() || (common && *common != first)) return false;
    common = first;
  }
  return true;
}

static bool leads_outside(std::string_view path) {
  return path.starts_with('/') || normal_path(path).starts_with("..");
}

// A symbolic link's target is seen from the link's folder, a hard link's from the root.
static bool link_leads_outside(const StoredMember& member) {
  if (member.target.empty()) return false;
  if (member.target.starts_with('/')) return true;
  if (member.hard_link) return leads_outside(member.target);
  return leads_outside(join_path(split_path(member.name).first, member.target));
}

static bool is_unnameable(std::string_view name) {
  if (name.find('\0') != std::string_view::npos) return true;
  for (size_t begin = 0; begin <= name.size();) {
    size_t end = std::min(name.find('/', begin), name.size());
    if (end - begin > longest_part) return true;
    begin = end + 1;
  }
  return false;
}

static void add_repeated(const std::vector<StoredMember>& members,
                         std::vector<MemberFault>& faults) {
  std::vector<std::string_view> names;
  names.reserve(members.size());
  for (const StoredMember& member : members)
    if (member.kind != FileKind::folder) names.push_back(member.name);
  std::sort(names.begin(), names.end());
  for (size_t i = 1; i < names.size(); ++i)
    if (names[i] == names[i - 1] && (i == 1 || names[i - 2] != names[i]))
      faults.push_back({std::string(names[i]), MemberFaultKind::repeated, ""});
}

std::vector<MemberFault> faults_of(const std::vector<StoredMember>& members) {
  std::vector<MemberFault> faults;
  bool leading = has_leading_folder(members);
  for (const StoredMember& member : members) {
    auto add = [&](MemberFaultKind kind, const std::string& target = "") {
      faults.push_back({member.name, kind, target});
    };
    std::string_view name = leading ? split_leading(member.name).second : member.name;
    if (leads_outside(name))
      add(MemberFaultKind::outside);
    else if (link_leads_outside(member))
      add(MemberFaultKind::link_outside, member.target);
    if (member.kind == FileKind::other) add(MemberFaultKind::special);
    if (member.name.find('\\') != std::string::npos) add(MemberFaultKind::backslash);
    if (is_unnameable(member.name)) add(MemberFaultKind::unnameable);
  }
  add_repeated(members, faults);
  std::stable_sort(faults.begin(), faults.end(), [](const MemberFault& a, const MemberFault& b) {
    return std::tie(a.kind, a.member) < std::tie(b.kind, b.member);
  });
  return faults;
}

std::string nearest_build_file(const std::vector<SourceFile>& files) {
  std::string nearest;
  auto depth = [](const std::string& path) { return std::count(path.begin(), path.end(), '/'); };
  for (const SourceFile& file : files) {
    std::string_view name = file_name(file.path);
    if (file.kind != FileKind::file || (name != "setup.py" && name != "pyproject.toml")) continue;
    if (nearest.empty() || depth(file.path) < depth(nearest)) nearest = file.path;
  }
  return nearest;
}

}  // namespace trainlint
