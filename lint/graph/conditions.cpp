#include "lint/graph/conditions.h"

namespace trainlint {

std::optional<bool> version_holds(const Test& test, PythonVersion version) {
  const int actual[2] = {version.major, version.minor};
  int order = 0;  // of the actual version to the one compared with: -1, 0, 1
  for (int i = 0; i < 2 && i < test.version_parts && order == 0; ++i)
    order = actual[i] < test.version[i] ? -1 : actual[i] > test.version[i] ? 1 : 0;
  if (order == 0 && test.version_parts > 2) return std::nullopt;  // the patch level decides
  switch (test.compare) {
    case Compare::equal:
      return order == 0;
    case Compare::not_equal:
      return order != 0;
    case Compare::less:
      return order < 0;
    case Compare::less_equal:
      return order <= 0;
    case Compare::greater:
      return order > 0;
    case Compare::greater_equal:
      return order >= 0;
  }
  return std::nullopt;
}

std::optional<bool> platform_holds(const Test& test) {
  std::string_view actual = test.platform_is_os_name ? "posix" : "linux";
  const bool same = test.platform_prefix ? actual.starts_with(test.text) : test.text == actual;
  if (test.compare == Compare::equal) return same;
  if (test.compare == Compare::not_equal) return !same;
  return std::nullopt;
}

}  // namespace trainlint
