#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/distribution/file_view.h"

namespace trainlint {

// MANIFEST.in: the file that says what goes into an sdist beside what setuptools adds by itself.
// https://setuptools.pypa.io/en/latest/userguide/miscellaneous.html

enum class ManifestAction : uint8_t {
  include,
  exclude,
  global_include,
  global_exclude,
  recursive_include,
  recursive_exclude,
  graft,
  prune,
};

struct ManifestLine {
  ManifestAction action = ManifestAction::include;
  std::string folder;                 // of recursive-include, recursive-exclude, graft and prune
  std::vector<std::string> patterns;  // of all but graft and prune
  uint32_t line = 0;                  // 1-based, where it begins
  std::string text;                   // words with one space between: "prune trainer/data"
};

// Lines that distutils would only warn about (unknown action, missing words) are dropped.
std::vector<ManifestLine> parse_manifest(std::string_view text);

// The files of an sdist while they are collected, with the spelling of whoever added them
// ("./data/x.csv" and "data/x.csv" are two entries, as in setuptools). All of them exist.
struct FileList {
  std::vector<std::string> files;
  std::map<std::string, std::string> removed;  // normal path -> the line that took it out
};

void apply(const ManifestLine& line, const FileView& view, FileList& list);

// Takes out what matches one of setuptools' patterns; `cause` is kept for messages.
void remove_matching(FileList& list, const std::string& pattern, const std::string& cause);

}  // namespace trainlint
