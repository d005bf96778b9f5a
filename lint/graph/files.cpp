#include "lint/graph/files.h"

#include <algorithm>
#include <array>

namespace trainlint {

void ImportFiles::add(const std::string& path, uint32_t module) {
  files_.emplace(path, module);
  for (std::string folder = parent_folder(path); !folder.empty(); folder = parent_folder(folder))
    if (!folders_.insert(folder).second) break;
}

// "model" for "model.py" and for "model.cpython-310-x86_64-linux-gnu.so".
static std::string_view stem_of(std::string_view name) {
  return name.substr(0, name.find('.'));
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

static bool same_but_for_case(std::string_view a, std::string_view b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a != b && a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string> ImportFiles::names_in(std::string_view folder) const {
  std::vector<std::string> names;
  std::string prefix = folder.empty() ? std::string() : std::string(folder) + "/";
  for (auto file = files_.lower_bound(prefix);
       file != files_.end() && file->first.starts_with(prefix); ++file) {
    std::string_view rest = std::string_view(file->first).substr(prefix.size());
    std::string name(stem_of(rest.substr(0, rest.find('/'))));
    if (name != "__init__" && (names.empty() || names.back() != name)) names.push_back(name);
  }
  return names;
}

std::string ImportFiles::find_other_case(std::string_view folder, std::string_view name) const {
  for (const std::string& present : names_in(folder))
    if (same_but_for_case(present, name)) return find(folder, present).path;
  return {};
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
