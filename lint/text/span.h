#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace trainlint {

// A range of bytes [begin, end) in one file's text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// A file of the package, by its path below the package's root, and a range in it. Without a span
// the file as a whole is meant; the file need not exist (it may be the one that is missing).
struct Place {
  std::string path;
  std::optional<Span> span;

  friend bool operator==(const Place&, const Place&) = default;
};

}  // namespace trainlint
