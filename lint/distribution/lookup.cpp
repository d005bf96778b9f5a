#include <algorithm>
#include <numeric>

#include "lint/distribution/prediction.h"

namespace trainlint {

void index_sources(Distribution& result) {
  result.by_source.resize(result.installed.size());
  std::iota(result.by_source.begin(), result.by_source.end(), 0U);
  std::stable_sort(result.by_source.begin(), result.by_source.end(), [&](uint32_t a, uint32_t b) {
    return result.installed[a].source < result.installed[b].source;
  });
}

const InstalledFile* Distribution::find(std::string_view path) const {
  auto found = std::lower_bound(
      installed.begin(), installed.end(), path,
      [](const InstalledFile& file, std::string_view wanted) { return file.path < wanted; });
  return found != installed.end() && found->path == path ? &*found : nullptr;
}

const InstalledFile* Distribution::find_source(std::string_view source) const {
  // A distribution that was filled by hand has no index.
  if (by_source.size() != installed.size()) {
    for (const InstalledFile& file : installed)
      if (file.source == source) return &file;
    return nullptr;
  }
  auto found = std::lower_bound(
      by_source.begin(), by_source.end(), source,
      [&](uint32_t at, std::string_view wanted) { return installed[at].source < wanted; });
  if (found == by_source.end() || installed[*found].source != source) return nullptr;
  return &installed[*found];
}

}  // namespace trainlint
