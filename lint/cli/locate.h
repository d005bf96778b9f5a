#pragma once

#include <optional>
#include <string>

#include "lint/source/tree.h"
#include "lint/text/result.h"

namespace trainlint {

// What to open for a path on the command line.
struct Location {
  std::string open;     // the folder or archive
  std::string shown;    // how reports name it: relative when the path was
  std::string target;   // below `open`, '/' between parts: lint what holds this; "" is everything
  bool project = true;  // false: the folder is but the parent of a package, and may hold anything
  std::string notebook{};  // the one in `open` that is meant, "fares.ipynb"; else ""
};

// The top folder around which to open a folder that is no project; "" to open all of it.
std::string opened_around(const Location& location);
Result<OpenTree> open_location(const Location& location);

// A folder that is itself an import package, or a file in one, means the project around it, where
// gcloud builds; a notebook the folder that it lies in. nullopt for a Python file in no project:
// nothing is to be linted. Fails for what does not exist.
Result<std::optional<Location>> locate(const std::string& path);

// The project around a file, or around a folder that is none by itself.
std::optional<Location> project_around(const std::string& path);

// The same for a file that a hook was given: it may be gone, nothing in the folder but its path is
// known then, and it is never opened as an archive.
std::optional<Location> locate_changed(const std::string& path);

// The folder that --package-path names, in the tree to open: below `path` where it is there (or
// `path` is an archive), else from the current folder as gcloud reads it. `target` is the package.
Result<Location> locate_package(const std::string& package_path, const std::string& path);

}  // namespace trainlint
