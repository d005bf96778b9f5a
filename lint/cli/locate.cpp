#include "lint/cli/locate.h"

#include <fmt/format.h>

#include <filesystem>

#include "lint/source/around.h"

namespace trainlint {

namespace fs = std::filesystem;

static constexpr int levels_up = 4;

static bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

static bool has_metadata(const fs::path& folder) {
  return is_file(folder / "setup.py") || is_file(folder / "setup.cfg") ||
         is_file(folder / "pyproject.toml");
}

static bool is_import_package(const fs::path& folder) {
  return is_file(folder / "__init__.py") || is_file(folder / "task.py");
}

// Whether a folder directly below holds a task.py, so that gcloud would build here.
static bool holds_trainer(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator entry(folder, error), end;
  for (; !error && entry != end; entry.increment(error))
    if (is_file(entry->path() / "task.py")) return true;
  return false;
}

// The highest folder, at most four levels up and inside the repository, that has metadata or is the
// parent of an import package on the way. A package's parent with a setup.py ends the search:
// nothing further up has a say in what gcloud builds there.
static std::optional<fs::path> project_root(const fs::path& path, bool is_folder) {
  std::optional<fs::path> best;
  fs::path child = is_folder ? path : fs::path();
  fs::path folder = path.parent_path();
  if (!is_folder && holds_trainer(folder)) best = folder;
  for (int level = 0; level <= levels_up; ++level) {
    bool parent = !child.empty() && is_import_package(child);
    if (parent || has_metadata(folder)) best = folder;
    std::error_code error;
    bool built_here = parent && is_file(folder / "setup.py") && !is_import_package(folder);
    if (built_here || fs::exists(folder / ".git", error) || folder == folder.root_path()) break;
    child = folder;
    folder = folder.parent_path();
  }
  return best;
}

// Absolute, without "..", "." and the slash that completion adds.
static fs::path normal(const std::string& path) {
  std::error_code error;
  fs::path absolute = fs::absolute(path, error).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

// `target` seen from `root`, both absolute; reports name the root as `given` names its path.
static Location location_in(const fs::path& root, const fs::path& target, const fs::path& given) {
  std::error_code error;
  Location location;
  location.open = root.string();
  location.target = target.lexically_relative(root).generic_string();
  location.shown = given.is_relative()
                       ? root.lexically_relative(fs::current_path(error)).generic_string()
                       : root.generic_string();
  location.project = has_metadata(root) || fs::exists(root / ".git", error);
  return location;
}

std::optional<Location> project_around(const std::string& path) {
  std::error_code error;
  fs::path absolute = normal(path);
  std::optional<fs::path> root = project_root(absolute, fs::is_directory(absolute, error));
  if (!root) return std::nullopt;
  return location_in(*root, absolute, path);
}

static bool named_like_archive(std::string_view path) {
  for (std::string_view end : {".tar", ".gz", ".tgz", ".bz2", ".xz", ".zip", ".whl"})
    if (path.ends_with(end)) return true;
  return false;
}

// The folder of a notebook, where its cells are run.
static Location notebook_location(const std::string& path) {
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  Location location;
  location.open = folder.empty() ? "." : folder.generic_string();
  location.shown = location.open;
  location.project = has_metadata(folder) || fs::exists(folder / ".git", error);
  location.notebook = fs::path(path).filename().generic_string();
  return location;
}

// A path as reports name it: without the slash that completion adds.
static std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Result<std::optional<Location>> locate(const std::string& path) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    return Error{fmt::format("'{}' does not exist", path)};
  std::optional<Location> itself = Location{path, without_slash(path), "", true, ""};
  if (status.type() == fs::file_type::directory) {
    if (is_import_package(path) && !has_metadata(path)) return project_around(path);
    return itself;
  }
  if (status.type() == fs::file_type::regular && path.ends_with(".ipynb"))
    return std::optional(notebook_location(path));
  if (status.type() != fs::file_type::regular || named_like_archive(path)) return itself;
  bool python = path.ends_with(".py");
  // An archive may have any name: its content decides.
  if (!python && open_path(path)) return itself;
  std::optional<Location> project = project_around(path);
  return project || python ? project : itself;
}

std::optional<Location> locate_changed(const std::string& path) {
  return project_around(path);
}

Result<Location> locate_package(const std::string& package_path, const std::string& path) {
  std::error_code error;
  std::string target = fs::path(package_path).lexically_normal().generic_string();
  target = without_slash(target);
  if (path != "." && (is_file(path) || fs::is_directory(fs::path(path) / target, error)))
    return Location{path, without_slash(path), target, true, ""};
  if (!fs::exists(package_path, error))
    return Error{fmt::format("--package-path: '{}' does not exist", package_path)};
  if (!fs::is_directory(package_path, error))
    return Error{fmt::format("--package-path: '{}' is not a folder", package_path)};
  fs::path package = normal(package_path);
  return location_in(package.parent_path(), package, package_path);
}

std::string opened_around(const Location& location) {
  if (location.project) return "";
  if (!location.notebook.empty()) return location.notebook;
  return location.target.substr(0, location.target.find('/'));
}

Result<OpenTree> open_location(const Location& location) {
  if (location.project) return open_path(location.open);
  Result<std::unique_ptr<SourceTree>> tree =
      open_folder_around(location.open, opened_around(location));
  if (!tree) return Error{tree.error()};
  OpenTree opened;
  opened.tree = std::move(*tree);
  return opened;
}

}  // namespace trainlint
