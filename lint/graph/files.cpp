#include "lint/graph/files.h"

#include <algorithm>
#include <array>

namespace trainlint {

static std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return result;
}

// "trainer/model" for "trainer/model.py" and "trainer/model.cpython-310-x86_64-linux-gnu.so".
static std::string_view module_path(std::string_view path) {
  return path.substr(0, path.find('.', path.rfind('/') + 1));
}

void ImportFiles::add_folders_of(const std::string& path) {
  for (std::string folder = parent_folder(path); !folder.empty(); folder = parent_folder(folder)) {
    if (!folders_.insert(folder).second) break;
    spellings_.emplace(lower(folder), folder);
  }
}

void ImportFiles::add(const std::string& path, uint32_t module) {
  files_.emplace(path, module);
  spellings_.emplace(lower(module_path(path)), module_path(path));
  add_folders_of(path);
}

static bool is_compiled(std::string_view path) {
  return path.ends_with(".so") || path.ends_with(".pyd") || path.ends_with(".pyc");
}

ImportFiles::Hit ImportFiles::find(std::string_view folder, std::string_view name) const {
  // FileFinder.find_spec: a package before extension modules before source before bytecode.
  std::string base = join_path(folder, name);
  if (auto init = files_.find(base + "/__init__.py"); init != files_.end())
    return {Found::package, init->second, init->first};
  auto file = files_.lower_bound(base + ".");
  for (; file != files_.end() && file->first.starts_with(base + "."); ++file)
    if (is_compiled(file->first) && !file->first.ends_with(".pyc"))
      return {Found::compiled, no_module, file->first};
  if (auto source = files_.find(base + ".py"); source != files_.end())
    return {Found::module, source->second, source->first};
  if (files_.contains(base + ".pyc")) return {Found::compiled, no_module, base + ".pyc"};
  if (files_.contains(base + "/__init__.pyc")) return {Found::compiled, no_module, base};
  if (folders_.contains(base)) return {Found::namespace_package, no_module, base};
  return {};
}

ImportFiles::Hit ImportFiles::find_upwards(std::string_view folder, std::string_view name) const {
  for (std::string here(folder); !here.empty(); here = parent_folder(here))
    if (Hit hit = find(here, name); hit.found != Found::nothing) return hit;
  return find("", name);
}

std::string ImportFiles::find_other_case(std::string_view folder, std::string_view name) const {
  std::string wanted = join_path(folder, name);
  auto other = spellings_.find(lower(wanted));
  if (other == spellings_.end() || other->second == wanted ||
      parent_folder(other->second) != folder)
    return {};
  return find(folder, file_name(other->second)).path;
}

static std::map<std::string_view, uint32_t> index_of_paths(const std::vector<Module>& modules) {
  std::map<std::string_view, uint32_t> indices;
  for (uint32_t i = 0; i < modules.size(); ++i) indices.emplace(modules[i].path, i);
  return indices;
}

ImportFiles installed_files(const Distribution& distribution, const std::vector<Module>& modules) {
  auto indices = index_of_paths(modules);
  ImportFiles files;
  for (const InstalledFile& file : distribution.installed) {
    auto module = indices.find(file.source);
    if (module != indices.end())
      files.add(file.path, module->second);
    else if (is_compiled(file.path))
      files.add(file.path, no_module);
    else
      files.add_folders_of(file.path);
  }
  for (std::string name : distribution.extension_modules) {
    std::replace(name.begin(), name.end(), '.', '/');
    files.add(name + ".so", no_module);
  }
  return files;
}

ImportFiles source_files(const SourceTree& tree, const std::vector<Module>& modules) {
  ImportFiles files;
  for (uint32_t i = 0; i < modules.size(); ++i) files.add(modules[i].path, i);
  for (const SourceFile& file : tree.files())
    if (file.kind == FileKind::file && is_compiled(file.path)) files.add(file.path, no_module);
  return files;
}

}  // namespace trainlint
