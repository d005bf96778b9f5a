#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "lint/python/module.h"
#include "tests/support/golden.h"

namespace trainlint {

inline std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[65536];
  for (size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  CHECK(pclose(pipe) == 0);
  return out;
}

inline std::string standard_library() {
  std::string path =
      output_of("python3 -c 'import sysconfig; print(sysconfig.get_path(\"stdlib\"))'");
  path.erase(path.find_last_not_of("\r\n") + 1);
  return path;
}

// The lowered content of a UTF-8 file, without its byte order mark.
inline Module lowered_file(const std::string& path, size_t most = SIZE_MAX) {
  std::string text = file_text(path);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.size() > most) text.resize(most);
  Module module;
  module.syntax = Syntax::parse(std::make_shared<const std::string>(std::move(text)));
  lower(module);
  return module;
}

// Runs a script of tests/lowering over 400 files of the standard library and of Debian's packages,
// or over all those of the folders in TRAINLINT_ORACLE_FOLDERS ("/usr/lib/python3.11 /opt/more").
// Calls `compare` for each file with the lines that the script prints about it.
inline void for_each_judged_file(
    const std::string& script,
    const std::function<void(const std::string& path, std::vector<std::string> lines)>& compare) {
  const char* given = std::getenv("TRAINLINT_ORACLE_FOLDERS");
  std::string files = given ? std::string("1000000 ") + given
                            : "400 '" + standard_library() + "' /usr/lib/python3/dist-packages";
  std::istringstream output(
      output_of("python3 '" TRAINLINT_SOURCE_DIR "/tests/lowering/" + script + "' " + files));
  std::string path;
  std::vector<std::string> lines;
  for (std::string line; std::getline(output, line);) {
    if (!line.starts_with("file ")) {
      lines.push_back(line);
      continue;
    }
    if (!path.empty()) compare(path, std::move(lines));
    path = line.substr(5);
    lines.clear();
  }
  if (!path.empty()) compare(path, std::move(lines));
}

// The lines that only one side has, a few of each. Both must be sorted.
inline std::string difference(const std::vector<std::string>& ours,
                              const std::vector<std::string>& theirs) {
  std::vector<std::string> left, right;
  std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                      std::back_inserter(left));
  std::set_difference(theirs.begin(), theirs.end(), ours.begin(), ours.end(),
                      std::back_inserter(right));
  std::string out;
  for (size_t i = 0; i < left.size() && i < 6; ++i) out += "\n  lowering: " + left[i];
  for (size_t i = 0; i < right.size() && i < 6; ++i) out += "\n  CPython:  " + right[i];
  return out;
}

}  // namespace trainlint
