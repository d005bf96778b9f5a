#include "lint/cli/shared_findings.h"

#include <algorithm>
#include <set>
#include <utility>

#include "lint/report/files.h"

namespace trainlint {

static bool is_known(const Finding& finding, const Run& run, const Run& other) {
  bool shared = other.package.root == run.package.root && other.notebook == run.notebook;
  if (!shared && finding.rule != "invalid-configuration") return false;
  std::string path = shown_path(run.package.root, finding.place.path);
  return std::any_of(other.findings.begin(), other.findings.end(), [&](const Finding& earlier) {
    return earlier.rule == finding.rule && earlier.place.span == finding.place.span &&
           earlier.message == finding.message &&
           shown_path(other.package.root, earlier.place.path) == path;
  });
}

void drop_known(Run& run, std::span<const Run> earlier) {
  auto known = [&](const Finding& finding) {
    return std::any_of(earlier.begin(), earlier.end(),
                       [&](const Run& other) { return is_known(finding, run, other); });
  };
  run.findings.erase(std::remove_if(run.findings.begin(), run.findings.end(), known),
                     run.findings.end());
}

bool has_whole_root(const std::vector<PackageRoot>& found, const std::vector<PackageRoot>& chosen,
                    const std::string& root) {
  return std::all_of(found.begin(), found.end(), [&](const PackageRoot& each) {
    if (each.root != root) return true;
    return std::any_of(chosen.begin(), chosen.end(), [&](const PackageRoot& other) {
      return other.root == root && other.package_folder == each.package_folder;
    });
  });
}

void drop_used_elsewhere(std::span<Run> runs) {
  std::set<std::pair<std::string, uint32_t>> used;
  for (const Run& run : runs)
    for (const Place& place : run.suppressing)
      used.emplace(shown_path(run.package.root, place.path), place.span->begin);
  for (Run& run : runs) {
    auto dropped = [&](const Finding& finding) {
      if (finding.rule != "unused-suppression" || !finding.place.span) return false;
      bool top = finding.place.path.find('/') == std::string::npos;
      return (top && !run.whole_root) ||
             used.count(
                 {shown_path(run.package.root, finding.place.path), finding.place.span->begin}) > 0;
    };
    run.findings.erase(std::remove_if(run.findings.begin(), run.findings.end(), dropped),
                       run.findings.end());
  }
}

}  // namespace trainlint
