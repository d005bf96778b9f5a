#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// What scripts and job files beside a package say about archives and folders, read as plain text.

// A shell script, makefile or job file, at the root or beside the package's folder.
struct CommandText {
  std::string path;
  Bytes text;
};
std::vector<CommandText> command_texts(const Package& package);

// A word that names a .tar.gz archive without a variable or pattern in its file name.
struct ArchiveMention {
  std::string file_name;
  Place place;
  bool renamed = false;  // the file also holds a command that copies or moves under a new name
};
std::vector<ArchiveMention> mentioned_archives(const Package& package);

// The value of a flag behind `at`, where the flag ends: "=x", " x", "='x'"; up to a blank or quote.
std::string_view value_behind(std::string_view text, size_t at);

}  // namespace trainlint
