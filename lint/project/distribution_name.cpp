#include "lint/project/distribution_name.h"

#include <algorithm>

namespace trainlint {

static bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_separator(char c) {
  return c == '-' || c == '_' || c == '.';
}

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string canonical_name(std::string_view name) {
  std::string canonical;
  for (size_t i = 0; i < name.size(); ++i) {
    if (!is_separator(name[i]))
      canonical += lower(name[i]);
    else if (i == 0 || !is_separator(name[i - 1]))
      canonical += '-';
  }
  return canonical;
}

bool is_valid_distribution_name(std::string_view name) {
  if (name.empty() || !is_letter_or_digit(name.front()) || !is_letter_or_digit(name.back()))
    return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter_or_digit(c) || is_separator(c); });
}

std::string safe_name(std::string_view name) {
  std::string safe;
  bool replaced = false;
  for (char c : name) {
    bool keep = is_letter_or_digit(c) || c == '.';
    if (keep)
      safe += c;
    else if (!replaced)
      safe += '-';
    replaced = !keep;
  }
  return safe;
}

std::string file_name_part(std::string_view name) {
  std::string part = canonical_name(name);
  std::replace(part.begin(), part.end(), '-', '_');
  return part;
}

}  // namespace trainlint
