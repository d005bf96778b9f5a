#pragma once

#include <span>
#include <string>
#include <vector>

#include "lint/finding/edits.h"
#include "lint/pipeline.h"

namespace trainlint {

// A file that fixes change or create.
struct FileChange {
  std::string path;  // as reports name it
  std::string before;
  std::vector<Edit> edits;  // their spans are of `before`
  bool created = false;
};

struct Changes {
  std::vector<FileChange> files;  // in order of paths
  size_t fixes = 0;
};

// What the fixes of the findings do to the files of packages that are folders. Files that are not
// on disk what they are to the linter (another encoding) are left alone, and so is a Python file
// that would not parse any more.
Changes changes_of(std::span<const Run> runs, bool with_unsafe);

// Writes the files; gives back why one could not be written.
std::optional<Error> write_changes(const Changes& changes);

}  // namespace trainlint
