#include "lint/report/names.h"

#include <cstddef>

namespace trainlint {

// Enumerators count from 0 in the order of these lists.
template <class Enum, size_t size>
static std::string_view pick(const std::string_view (&names)[size], Enum value) {
  auto index = static_cast<size_t>(value);
  return index < size ? names[index] : std::string_view("?");
}

std::string_view name_of(TreeKind kind) {
  static constexpr std::string_view names[] = {"folder", "sdist", "wheel"};
  return pick(names, kind);
}

std::string_view name_of(FileKind kind) {
  static constexpr std::string_view names[] = {"file", "folder", "link", "other"};
  return pick(names, kind);
}

std::string_view name_of(When when) {
  static constexpr std::string_view names[] = {"import_time", "main_guard", "in_function",
                                               "type_checking", "not_taken"};
  return pick(names, when);
}

std::string_view name_of(Target target) {
  static constexpr std::string_view names[] = {"distribution", "folder_only", "standard_library",
                                               "third_party",  "nothing",     "unknown"};
  return pick(names, target);
}

std::string_view name_of(FailureKind kind) {
  static constexpr std::string_view names[] = {
      "sibling_as_absolute", "not_in_distribution", "missing_submodule",
      "missing_name",        "beyond_top",          "circular",
      "case_differs",        "does_not_compile",    "unreadable"};
  return pick(names, kind);
}

}  // namespace trainlint
