#include <algorithm>
#include <set>

#include "lint/distribution/prediction.h"

namespace trainlint {

namespace {

enum class WheelArea : uint8_t { site_packages, prefix, metadata };

struct WheelMember {
  WheelArea area;
  std::string path;
};

}  // namespace

// Where pip puts a member: the binary distribution format,
// https://packaging.python.org/en/latest/specifications/binary-distribution-format/
static WheelMember place_member(const std::string& member) {
  size_t slash = member.find('/');
  if (slash == member.npos) return {WheelArea::site_packages, member};
  std::string_view top = std::string_view(member).substr(0, slash);
  if (top.ends_with(".dist-info")) return {WheelArea::metadata, member};
  if (!top.ends_with(".data")) return {WheelArea::site_packages, member};
  std::string below = member.substr(slash + 1);
  auto after = [&](std::string_view scheme) { return below.substr(scheme.size()); };
  if (below.starts_with("purelib/")) return {WheelArea::site_packages, after("purelib/")};
  if (below.starts_with("platlib/")) return {WheelArea::site_packages, after("platlib/")};
  if (below.starts_with("scripts/")) return {WheelArea::prefix, "bin/" + after("scripts/")};
  if (below.starts_with("data/")) return {WheelArea::prefix, after("data/")};
  return {WheelArea::metadata, member};
}

static void sort_installed(std::vector<InstalledFile>& files) {
  std::stable_sort(files.begin(), files.end(),
                   [](const InstalledFile& a, const InstalledFile& b) { return a.path < b.path; });
  auto same = [](const InstalledFile& a, const InstalledFile& b) { return a.path == b.path; };
  files.erase(std::unique(files.begin(), files.end(), same), files.end());
}

Distribution read_wheel(const SourceTree& tree) {
  Distribution result;
  std::set<std::string> packages;
  for (const SourceFile& file : tree.files()) {
    if (file.kind != FileKind::file) continue;
    WheelMember member = place_member(file.path);
    if (member.area == WheelArea::prefix) result.outside.push_back({member.path, file.path});
    if (member.area != WheelArea::site_packages) continue;
    std::string folder(split_path(member.path).first);
    std::replace(folder.begin(), folder.end(), '/', '.');
    if (!folder.empty() && member.path.ends_with(".py")) packages.insert(folder);
    result.installed.push_back({std::move(member.path), file.path});
  }
  sort_installed(result.installed);
  sort_installed(result.outside);
  index_sources(result);
  result.packages.assign(packages.begin(), packages.end());
  add_extension_modules(result);
  return result;
}

}  // namespace trainlint
