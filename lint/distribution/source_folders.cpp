#include "lint/distribution/source_folders.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace trainlint {

static std::vector<InstalledFile> files_below(const SourceTree& tree, const std::string& folder) {
  const std::string above = folder.empty() ? "" : folder + "/";
  std::vector<InstalledFile> files;
  for (const SourceFile& file : tree.files())
    if (file.kind == FileKind::file && file.path.starts_with(above))
      files.push_back({file.path.substr(above.size()), file.path});
  return files;
}

// A file that the package installs is known by the path that it has there: first in the index.
static void index_with_package_first(Distribution& distribution,
                                     const std::set<std::string>& own_paths) {
  std::vector<InstalledFile>& installed = distribution.installed;
  std::sort(installed.begin(), installed.end(),
            [](const InstalledFile& a, const InstalledFile& b) { return a.path < b.path; });
  distribution.by_source.resize(installed.size());
  std::iota(distribution.by_source.begin(), distribution.by_source.end(), 0U);
  auto key = [&](uint32_t at) {
    return std::pair<std::string_view, bool>(installed[at].source,
                                             !own_paths.contains(installed[at].path));
  };
  std::stable_sort(distribution.by_source.begin(), distribution.by_source.end(),
                   [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
}

void add_folders_on_path(const SourceTree& tree, const std::vector<std::string>& folders,
                         Distribution& distribution) {
  std::set<std::string> own_paths, paths, added;
  for (const InstalledFile& file : distribution.installed) own_paths.insert(file.path);
  paths = own_paths;
  for (const std::string& folder : folders) {
    for (InstalledFile& file : files_below(tree, folder)) {
      if (!paths.insert(file.path).second) continue;
      added.insert(file.source);
      distribution.installed.push_back(std::move(file));
    }
  }
  if (added.empty()) return;
  std::erase_if(distribution.left_out,
                [&](const LeftOut& file) { return added.contains(file.source); });
  index_with_package_first(distribution, own_paths);
}

}  // namespace trainlint
