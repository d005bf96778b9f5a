#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/finding/finding.h"

namespace trainlint {

// The fixes of findings that can be made together: of two that touch the same bytes the first is
// taken, the other one waits until the package is linted again. Edits by path, in order of their
// places.
struct ChosenFixes {
  std::map<std::string, std::vector<Edit>> edits;
  size_t count = 0;  // equal fixes of several findings count once
};
ChosenFixes choose_fixes(std::span<const Finding> findings, bool with_unsafe);

// The text with edits made that are in order and do not overlap. What lies past the end of the text
// is its end.
std::string edited(std::string_view text, std::span<const Edit> edits);

// The change as a part of a unified diff with three lines of context, as `git apply` takes it; ""
// where nothing changes. `path` is written below "a/" and "b/".
std::string unified_diff(const std::string& path, std::string_view text,
                         std::span<const Edit> edits, bool created);

}  // namespace trainlint
