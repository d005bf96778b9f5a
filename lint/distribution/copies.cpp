#include "lint/distribution/copies.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/distribution/prediction.h"

namespace trainlint {

static bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

static bool is_below_any(std::string_view path, const std::vector<std::string>& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) { return is_below(path, folder); });
}

static void finish(Distribution& result) {
  std::sort(result.installed.begin(), result.installed.end(),
            [](const InstalledFile& a, const InstalledFile& b) { return a.path < b.path; });
  for (const InstalledFile& file : result.installed)
    if (!file.source.empty()) result.sdist.push_back(file.source);
  std::sort(result.sdist.begin(), result.sdist.end());
  index_sources(result);
  add_extension_modules(result);
}

Distribution copy_folders(const SourceTree& tree, const std::string& root,
                          const std::vector<std::string>& folders) {
  Distribution result;
  const std::string ignored = join_path(root, ".dockerignore");
  if (tree.has_file(ignored)) {
    result.complete = result.data_complete = false;
    result.incomplete_reason = "'.dockerignore' may keep files out of the image";
    result.incomplete_place = {ignored, std::nullopt};
  }
  std::vector<std::string> quoted;
  for (const std::string& folder : folders) quoted.push_back(fmt::format("'{}'", folder));
  const std::string reason =
      fmt::format("only {} {} copied into the image", fmt::join(quoted, " and "),
                  quoted.size() > 1 ? "are" : "is");
  for (const SourceFile& file : tree.files()) {
    if (file.kind != FileKind::file) continue;
    if (is_below(file.path, root) && is_below_any(file.path, folders))
      result.installed.push_back({file.path.substr(root.empty() ? 0 : root.size() + 1), file.path});
    else if (result.complete && !is_noise(file.path))
      result.left_out.push_back({file.path, reason, LeftOutCause::not_packed});
  }
  finish(result);
  return result;
}

Distribution pack_script(const SourceTree& tree, const std::string& script) {
  Distribution result;
  constexpr std::string_view package = "aiplatform_custom_trainer_script";
  result.packages = {std::string(package)};
  result.installed.push_back({fmt::format("{}/__init__.py", package), ""});
  result.installed.push_back({fmt::format("{}/task.py", package), script});
  for (const SourceFile& file : tree.files())
    if (file.kind == FileKind::file && file.path != script && !is_noise(file.path))
      result.left_out.push_back({file.path, fmt::format("the script '{}' is packed alone", script),
                                 LeftOutCause::not_packed});
  finish(result);
  return result;
}

}  // namespace trainlint
