#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace trainlint {

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The first line on which two texts differ, from both sides.
inline std::string first_difference(const std::string& expected, const std::string& actual) {
  std::istringstream left(expected), right(actual);
  std::string one, other;
  for (int line = 1;; ++line) {
    bool in_left = static_cast<bool>(std::getline(left, one));
    bool in_right = static_cast<bool>(std::getline(right, other));
    if (!in_left && !in_right) return "the texts differ in line ends only";
    if (in_left != in_right || one != other) {
      return "line " + std::to_string(line) + "\n  expected: " + (in_left ? one : "(end)") +
             "\n  actual:   " + (in_right ? other : "(end)");
    }
  }
}

// Demands that a file of the repository holds exactly this text. With TRAINLINT_UPDATE=1 in the
// environment the file is rewritten instead; review its difference like code.
inline void check_current(const std::string& path_in_repository, const std::string& actual) {
  std::string path = std::string(TRAINLINT_SOURCE_DIR) + "/" + path_in_repository;
  const char* update = std::getenv("TRAINLINT_UPDATE");
  if (update && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::string expected = file_text(path);
  const bool current = expected == actual;  // or doctest would print both texts in full
  CHECK_MESSAGE(current, path_in_repository, " is not current (TRAINLINT_UPDATE=1 rewrites it): ",
                first_difference(expected, actual));
}

inline void check_golden(const std::string& name, const std::string& actual) {
  check_current("tests/golden/" + name, actual);
}

}  // namespace trainlint
