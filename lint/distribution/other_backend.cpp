#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "lint/distribution/prediction.h"

namespace trainlint {

static bool is_compiled(std::string_view path) {
  return path.ends_with(".pyc") || path.find("__pycache__/") != path.npos;
}

Distribution predict_other_backend(const SourceTree& tree, const Project& project) {
  Distribution result;
  result.complete = result.data_complete = false;
  result.incomplete_reason =
      fmt::format("the build backend '{}' decides what is installed", project.build_backend);
  result.incomplete_place = {"pyproject.toml", std::nullopt};
  FileView whole(tree);
  Layout layout = layout_of(project);
  std::map<std::string, std::string> installed;
  for (const BuiltFile& file : built_modules(layout, whole))
    installed.emplace(file.installed, normal_path(file.source));
  for (const std::string& package : layout.packages) {
    std::string folder = normal_path(package_folder(layout, package));
    std::string target = package;
    std::replace(target.begin(), target.end(), '.', '/');
    for (const std::string& file : whole.files())
      if (file.starts_with(folder + "/") && !is_compiled(file))
        installed.emplace(target + file.substr(folder.size()), file);
  }
  for (const auto& [path, source] : installed) result.installed.push_back({path, source});
  index_sources(result);
  result.sdist = whole.files();
  result.packages = layout.packages;
  std::sort(result.packages.begin(), result.packages.end());
  result.extension_modules = project.ext_modules.value;
  result.generated_modules = project.ext_modules.is_unknown();
  add_extension_modules(result);
  return result;
}

}  // namespace trainlint
