#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace trainlint {

// One source line as a report shows it: tabs expanded, hostile characters escaped, a very long line
// cut around the span, and where the carets go.
struct Excerpt {
  std::string text;
  size_t indent = 0;  // terminal columns before the first caret
  size_t carets = 1;  // at least one
};

// `begin` and `end` are byte offsets in the line; both may lie past its end.
Excerpt excerpt_of(std::string_view line, size_t begin, size_t end);

}  // namespace trainlint
