#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/project/project.h"
#include "lint/source/tree.h"

namespace trainlint {

// fnmatch.fnmatchcase: *, ?, [seq] and [!seq].
bool wildcard_match(std::string_view name, std::string_view pattern);

// The folders and files directly in each folder of a tree; "" is the root.
struct Folder {
  std::set<std::string> folders, files;
};
using Folders = std::map<std::string, Folder, std::less<>>;
Folders list_folders(const SourceTree& tree);

// A path with "." and ".." resolved; "" is where it starts, and "../x" leads out of that.
std::string collapsed_path(std::string_view path);
std::string path_below(std::string_view left, std::string_view right);

struct FindOptions {
  std::string where;  // below the root, normal
  Strings include{"*"};
  Strings exclude;
  bool namespaces = false;  // find_namespace_packages: folders without __init__.py count too
};

// What setuptools.find_packages gives, in byte order (setuptools' order is the file system's).
Strings find_packages(const Folders& folders, const FindOptions& options);
Strings find_modules(const Folders& folders, const std::string& where, const Strings& exclude);

// glob.glob, in byte order.
Strings glob_files(const Folders& folders, std::string_view pattern, bool recursive);

// Fills in what setuptools >= 61 finds by itself when neither packages nor py_modules nor
// (unless the metadata is pyproject.toml's) ext_modules are given, and a missing name.
void discover(const Folders& folders, Project& project, bool ignore_ext_modules);
void discover_name(const Folders& folders, Project& project);

}  // namespace trainlint
