#include <algorithm>

#include "lint/distribution/prediction.h"

namespace trainlint {

static std::string text_of(const SourceTree& tree, const FileView& view, const std::string& path) {
  if (!view.is_file(path)) return "";
  Result<Bytes> bytes = tree.read(normal_path(path));
  return bytes ? **bytes : "";
}

// find_packages() runs again on the worker, where only packed files are: a package that lost its
// __init__.py (or, for the other finders, all of its files) is not found, nor what lies below it.
static void find_packages_again(const Project& project, const FileView& whole,
                                const FileView& worker, Layout& layout) {
  if (project.packages_found_by.empty()) return;
  bool needs_init = project.packages_found_by == "find_packages()";
  auto root = layout.package_dir.find("");
  std::string base = root == layout.package_dir.end() ? "" : root->second;
  bool by_folder = project.packages_found_by != "automatic discovery";
  auto is_lost = [&](const std::string& package) {
    for (size_t dot = package.find('.');; dot = package.find('.', dot + 1)) {
      std::string folder = package.substr(0, dot);
      // What package_dir names is taken for a package whether it is there or not.
      if (!by_folder && layout.package_dir.count(folder) != 0) {
        if (dot == package.npos) return false;
        continue;
      }
      std::replace(folder.begin(), folder.end(), '.', '/');
      folder = by_folder ? join_path(base, folder) : package_folder(layout, package.substr(0, dot));
      std::string init = join_path(folder, "__init__.py");
      if (needs_init && whole.is_file(init) && !worker.is_file(init)) return true;
      if (dot == package.npos) return whole.is_folder(folder) && !worker.is_folder(folder);
    }
  };
  std::erase_if(layout.packages, is_lost);
}

static std::vector<BuiltFile> in_order(std::vector<BuiltFile> built) {
  for (BuiltFile& file : built) file.source = normal_path(file.source);
  // "package_data = {'trainer': ['../../x']}" would write outside site-packages.
  std::erase_if(built, [](const BuiltFile& file) { return file.installed.starts_with(".."); });
  std::stable_sort(built.begin(), built.end(), [](const BuiltFile& a, const BuiltFile& b) {
    return a.installed < b.installed;
  });
  auto same = [](const BuiltFile& a, const BuiltFile& b) { return a.installed == b.installed; };
  built.erase(std::unique(built.begin(), built.end(), same), built.end());
  return built;
}

Steps run_steps(const SourceTree& tree, const FileView& whole, const Project& project,
                Layout layout, TreeKind kind) {
  if (!layout.dashed_egg_info.empty() && whole.exists(layout.dashed_egg_info))
    layout.egg_info = layout.dashed_egg_info;
  Strings old_sources;
  if (!layout.egg_info.empty())
    old_sources = parse_sources(text_of(tree, whole, join_path(layout.egg_info, "SOURCES.txt")));
  FileList packed;
  if (kind == TreeKind::folder) {
    packed = sdist_files(layout, whole, text_of(tree, whole, "MANIFEST.in"), old_sources);
    old_sources = packed.files;  // the sdist carries the list of its own files
  } else {
    packed.files = whole.files();
  }
  FileView worker = kind == TreeKind::folder ? FileView(tree, packed.files) : whole;
  Layout rebuilt = layout;
  find_packages_again(project, whole, worker, rebuilt);
  FileList listed = sdist_files(rebuilt, worker, text_of(tree, worker, "MANIFEST.in"), old_sources);
  std::vector<BuiltFile> built = built_modules(rebuilt, worker);
  std::vector<BuiltFile> data = built_data(rebuilt, worker, listed.files);
  built.insert(built.end(), data.begin(), data.end());
  return {std::move(layout), std::move(rebuilt), std::move(packed), std::move(worker),
          in_order(std::move(built))};
}

}  // namespace trainlint
