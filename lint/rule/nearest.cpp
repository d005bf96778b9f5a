#include <algorithm>

#include "lint/rule/import_failure.h"

namespace trainlint {

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Edits (insert, delete, replace, swap of neighbours) between two names, letter case ignored.
static size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replace = last[j - 1] + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      row[j] = std::min({replace, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.size()];
}

std::optional<std::string> nearest_name(std::string_view wanted,
                                        const std::vector<std::string>& names) {
  // Names beyond this are no slip of the keyboard, and the table above is quadratic.
  if (wanted.size() > 100) return std::nullopt;
  size_t best = std::max<size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> found;
  for (const std::string& name : names) {
    if (name == wanted || name.size() > 100 || name.starts_with("__")) continue;
    size_t edits = distance(wanted, name);
    if (edits >= best || edits >= name.size()) continue;
    best = edits;
    found = name;
  }
  return found;
}

}  // namespace trainlint
