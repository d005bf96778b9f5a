#include "lint/rule/submission.h"

#include <algorithm>

#include "lint/rule/packing.h"

namespace trainlint {

static std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

static std::string_view folder_of(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash);
}

// Files beside the package or in it that people keep their commands in.
static bool holds_commands(const SourceFile& file, std::string_view package_folder) {
  constexpr uint64_t largest = 1 << 20;
  if (file.kind != FileKind::file || !file.problem.empty() || file.size > largest) return false;
  std::string_view folder = folder_of(file.path);
  if (!folder.empty() && folder != package_folder && folder != folder_of(package_folder))
    return false;
  std::string_view name = base_name(file.path);
  if (name == "Makefile" || name.starts_with("README")) return true;
  constexpr std::string_view endings[] = {".sh", ".bash", ".md", ".rst", ".txt", ".yaml", ".yml"};
  return std::any_of(std::begin(endings), std::end(endings),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

// The value after a flag: up to a blank, a line end or a closing quote.
static std::string_view flag_value(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '=' || text[at] == '\t')) ++at;
  size_t end = at;
  while (end < text.size() &&
         std::string_view(" \t\r\n\\;`").find(text[end]) == std::string_view::npos)
    ++end;
  std::string_view value = text.substr(at, end - at);
  while (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  while (!value.empty() && std::string_view("\"'/").find(value.back()) != std::string_view::npos)
    value.remove_suffix(1);
  return value;
}

static bool passes_folder(std::string_view text, std::string_view folder_name) {
  constexpr std::string_view flag = "package-path";
  for (size_t at = text.find(flag); at != std::string_view::npos; at = text.find(flag, at + 1))
    if (base_name(flag_value(text, at + flag.size())) == folder_name) return true;
  return false;
}

bool names_package_path(const Package& package) {
  std::string_view folder = package.launch.package_folder;
  if (folder.empty()) return false;
  for (const SourceFile& file : package.tree->files()) {
    if (!holds_commands(file, folder)) continue;
    Result<Bytes> bytes = package.tree->read(file.path);
    if (bytes && passes_folder(**bytes, base_name(folder))) return true;
  }
  return false;
}

std::string started_by_path_in(const Package& package) {
  constexpr uint64_t largest = 4 << 20;
  if (package.graph.entry == no_module) return {};
  const std::string_view entry = package.modules[package.graph.entry].path;
  for (const SourceFile& file : package.tree->files()) {
    const bool notebook = file.path.ends_with(".ipynb") && file.size <= largest &&
                          file.kind == FileKind::file && file.problem.empty();
    if (!notebook && !holds_commands(file, package.launch.package_folder)) continue;
    Result<Bytes> bytes = package.tree->read(file.path);
    if (!bytes) continue;
    const std::string_view text = **bytes;
    const bool by_path =
        (text.find("local-run") != text.npos && text.find("--script") != text.npos) ||
        text.find("script_path") != text.npos;
    if (by_path && text.find(base_name(entry)) != text.npos) return file.path;
  }
  return {};
}

// A folder with a Dockerfile is copied into an image, where "python -m" also finds packages without
// __init__.py (PEP 420) and a path needs none.
bool started_in_container(const Package& package) {
  if (!is_built(package)) return true;
  const std::vector<SourceFile>& files = package.tree->files();
  return std::any_of(files.begin(), files.end(), [](const SourceFile& file) {
    return file.kind == FileKind::file && base_name(file.path).starts_with("Dockerfile");
  });
}

// setup.py or pyproject.toml pack the folder without the file (find_namespace_packages, a list).
static bool packed_all_the_same(const Package& package, std::string_view folder) {
  if (package.project.origin == ProjectOrigin::generated) return false;
  std::string below = std::string(folder) + "/";
  const std::vector<InstalledFile>& installed = package.distribution.installed;
  return std::any_of(installed.begin(), installed.end(), [&](const InstalledFile& file) {
    return file.source.starts_with(below) && file.source.ends_with(".py");
  });
}

std::optional<Severity> missing_init(const Package& package) {
  std::string_view folder = package.launch.package_folder;
  if (folder.empty() || package.launch.package.empty()) return std::nullopt;
  if (package.launch.route == Route::autopackage || package.launch.route == Route::script)
    return std::nullopt;
  if (package.tree->has_file(std::string(folder) + "/__init__.py")) return std::nullopt;
  if (names_package_path(package)) return Severity::error;
  bool described = package.project.origin != ProjectOrigin::generated;
  if (described && !package.distribution.complete) return std::nullopt;
  if (packed_all_the_same(package, folder)) return std::nullopt;
  if (described) return Severity::error;
  if (started_in_container(package)) return std::nullopt;
  if (package.launch.module_given) return Severity::error;
  // A task.py in a folder of any other name is as often copied into an image that a notebook
  // builds.
  return base_name(folder) == "trainer" ? Severity::warning : Severity::advice;
}

}  // namespace trainlint
