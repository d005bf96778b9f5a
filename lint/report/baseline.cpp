#include "lint/report/baseline.h"

#include <algorithm>
#include <filesystem>

#include "lint/report/fingerprint.h"

namespace trainlint {

namespace {

// A finding by its key; those about the configuration cannot be accepted.
class Keys {
 public:
  Keys(const Run& run, const std::string& folder, const Surroundings& around)
      : run_(run), folder_(folder), around_(around), files_(run.package) {}

  Baseline::Key key_of(const Finding& finding) {
    const std::optional<CellPlace> cell = files_.cell(finding.place);
    const std::string& path = cell ? cell->path : finding.place.path;
    return {seen_from_folder(shown_path(run_.package.root, path)), std::string(finding.rule),
            symbol_of(files_, finding)};
  }
  std::string seen_from_folder(const std::string& shown) const {
    std::string path = std::filesystem::path(absolute_path(shown, around_))
                           .lexically_relative(folder_)
                           .generic_string();
    return path == "." ? "" : path;
  }

 private:
  const Run& run_;
  const std::string& folder_;
  const Surroundings& around_;
  Files files_;
};

bool can_be_accepted(const Finding& finding) {
  return finding.rule != "invalid-configuration";
}

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

// Whether the run would have found what is known of a file: it is in the package's folder, or
// beside it in a root of which every package was linted.
bool judges(const Run& run, const Keys& keys, const std::string& path) {
  std::string root = keys.seen_from_folder(run.package.root);
  if (run.whole_root) return is_below(path, root);
  return is_below(
      path, keys.seen_from_folder(shown_path(run.package.root, run.package.launch.package_folder)));
}

bool judged(std::span<Run> runs, const std::string& path, const std::string& folder,
            const Surroundings& around) {
  return std::any_of(runs.begin(), runs.end(),
                     [&](const Run& run) { return judges(run, Keys(run, folder, around), path); });
}

}  // namespace

Baseline apply_baseline(const Baseline& baseline, std::span<Run> runs, const std::string& folder,
                        const Surroundings& around) {
  Baseline left = baseline;
  for (Run& run : runs) {
    Keys keys(run, folder, around);
    auto accepted = [&](const Finding& finding) {
      if (!can_be_accepted(finding)) return false;
      auto found = left.counts.find(keys.key_of(finding));
      if (found == left.counts.end()) return false;
      if (--found->second == 0) left.counts.erase(found);
      return true;
    };
    run.findings.erase(std::remove_if(run.findings.begin(), run.findings.end(), accepted),
                       run.findings.end());
  }
  std::erase_if(left.counts,
                [&](const auto& entry) { return !judged(runs, entry.first.path, folder, around); });
  return left;
}

Baseline new_baseline(const Baseline& old, std::span<Run> runs, const std::string& folder,
                      const Surroundings& around) {
  Baseline result = old;
  std::erase_if(result.counts,
                [&](const auto& entry) { return judged(runs, entry.first.path, folder, around); });
  for (const Run& run : runs) {
    Keys keys(run, folder, around);
    for (const Finding& finding : run.findings)
      if (can_be_accepted(finding)) ++result.counts[keys.key_of(finding)];
  }
  return result;
}

}  // namespace trainlint
