#include "lint/project/discovery.h"

#include <algorithm>

namespace trainlint {

// Does the class that begins after '[' at `at` hold the character? Moves `at` behind the ']'.
static bool class_holds(std::string_view pattern, size_t& at, char c) {
  bool negated = at < pattern.size() && pattern[at] == '!';
  size_t i = at + negated;
  bool holds = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    char low = pattern[i], high = low;
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']')
      high = pattern[i += 2];
    holds |= low <= c && c <= high;
    i++;
  }
  at = i + 1;
  return holds != negated;
}

bool wildcard_match(std::string_view name, std::string_view pattern) {
  size_t n = 0, p = 0, star = std::string_view::npos, retry = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      retry = n;
      continue;
    }
    if (p < pattern.size()) {
      size_t next = p + 1;
      bool closed = pattern[p] == '[' && pattern.find(']', p + 2) != std::string_view::npos;
      bool fits = pattern[p] == '?' ||
                  (closed ? class_holds(pattern, next, name[n]) : pattern[p] == name[n]);
      if (fits) {
        p = next, n++;
        continue;
      }
    }
    if (star == std::string_view::npos) return false;
    p = star;
    n = ++retry;
  }
  while (p < pattern.size() && pattern[p] == '*') p++;
  return p == pattern.size();
}

static bool matches_any(std::string_view name, const Strings& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return wildcard_match(name, pattern); });
}

Folders list_folders(const SourceTree& tree) {
  Folders folders;
  folders[""];
  for (const SourceFile& file : tree.files()) {
    std::string_view path = file.path;
    bool folder = file.kind == FileKind::folder;
    if (folder) folders[file.path];
    while (!path.empty()) {
      size_t slash = path.rfind('/');
      std::string_view parent = slash == std::string_view::npos ? "" : path.substr(0, slash);
      std::string name(path.substr(slash == std::string_view::npos ? 0 : slash + 1));
      Folder& holder = folders[std::string(parent)];
      bool fresh = (folder ? holder.folders : holder.files).insert(std::move(name)).second;
      if (!fresh) break;
      folder = true;
      path = parent;
    }
  }
  return folders;
}

std::string collapsed_path(std::string_view path) {
  Strings parts;
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    std::string_view part = path.substr(begin, end - begin);
    if (part == ".." && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else if (!part.empty() && part != ".")
      parts.emplace_back(part);
    begin = end + 1;
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "/") + part;
  return out;
}

std::string path_below(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return std::string(left.empty() ? right : left);
  return std::string(left) + "/" + std::string(right);
}

static void find_below(const Folders& folders, const FindOptions& options, const std::string& path,
                       const std::string& prefix, Strings& found) {
  auto holder = folders.find(path);
  if (holder == folders.end()) return;
  for (const std::string& name : holder->second.folders) {
    std::string below = path_below(path, name);
    auto folder = folders.find(below);
    bool package = options.namespaces ||
                   (folder != folders.end() && folder->second.files.contains("__init__.py"));
    if (name.find('.') != std::string::npos || !package) continue;
    std::string dotted = prefix.empty() ? name : prefix + "." + name;
    // setuptools leaves these two out of every result (PackageFinder.ALWAYS_EXCLUDE).
    bool always_out = dotted == "ez_setup" || dotted.ends_with("__pycache__");
    if (matches_any(dotted, options.include) && !always_out &&
        !matches_any(dotted, options.exclude))
      found.push_back(dotted);
    find_below(folders, options, below, dotted, found);
  }
}

Strings find_packages(const Folders& folders, const FindOptions& options) {
  Strings found;
  find_below(folders, options, options.where, "", found);
  return found;
}

static bool identifier(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

Strings find_modules(const Folders& folders, const std::string& where, const Strings& exclude) {
  Strings found;
  auto holder = folders.find(where);
  if (holder == folders.end()) return found;
  for (const std::string& file : holder->second.files) {
    if (!file.ends_with(".py") || file.starts_with('.')) continue;
    std::string module = file.substr(0, file.size() - 3);
    if (identifier(module) && !matches_any(module, exclude)) found.push_back(module);
  }
  return found;
}

static void glob_below(const Folders& folders, const std::string& path, std::string_view pattern,
                       bool recursive, bool files, Strings& found);

static void glob_part(const Folders& folders, const std::string& path, const std::string& name,
                      std::string_view rest, bool is_folder, bool recursive, Strings& found) {
  std::string below = path_below(path, name);
  if (rest.empty())
    found.push_back(below);
  else if (is_folder)
    glob_below(folders, below, rest, recursive, true, found);
}

static void glob_below(const Folders& folders, const std::string& path, std::string_view pattern,
                       bool recursive, bool, Strings& found) {
  auto holder = folders.find(path);
  if (holder == folders.end()) return;
  size_t slash = pattern.find('/');
  std::string_view part = pattern.substr(0, slash);
  std::string_view rest = slash == std::string_view::npos ? "" : pattern.substr(slash + 1);
  if (part == "**" && recursive) {
    if (!rest.empty()) glob_below(folders, path, rest, recursive, true, found);
    for (const std::string& name : holder->second.folders) {
      if (name.starts_with('.')) continue;
      if (rest.empty()) found.push_back(path_below(path, name));
      glob_below(folders, path_below(path, name), pattern, recursive, true, found);
    }
    if (rest.empty())
      for (const std::string& name : holder->second.files)
        if (!name.starts_with('.')) found.push_back(path_below(path, name));
    return;
  }
  for (bool is_folder : {true, false})
    for (const std::string& name : is_folder ? holder->second.folders : holder->second.files)
      if (wildcard_match(name, part) && (!name.starts_with('.') || part.starts_with('.')))
        glob_part(folders, path, name, rest, is_folder, recursive, found);
}

Strings glob_files(const Folders& folders, std::string_view pattern, bool recursive) {
  Strings found;
  glob_below(folders, "", pattern, recursive, true, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace trainlint
