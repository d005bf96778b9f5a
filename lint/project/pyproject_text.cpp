#include "lint/project/pyproject_text.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace trainlint {

static bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

static bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

static std::string_view stripped(std::string_view text) {
  constexpr std::string_view blank = " \t\n\r\f\v";
  const size_t begin = std::min(text.find_first_not_of(blank), text.size());
  return text.substr(begin, text.find_last_not_of(blank) + 1 - begin);
}

bool is_dotted_name(std::string_view text) {
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('.', begin), text.size());
    std::string_view part = stripped(text.substr(begin, end - begin));
    if (part.empty() || std::isdigit(static_cast<unsigned char>(part.front()))) return false;
    for (char c : part)
      if (!is_letter_or_digit(c) && c != '_' && static_cast<signed char>(c) > 0) return false;
    begin = end + 1;
  }
  return true;
}

bool is_module_name(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '-', '_');
  return is_dotted_name(plain);
}

bool is_object_reference(std::string_view text) {
  const size_t colon = text.find(':');
  if (!is_dotted_name(text.substr(0, colon))) return false;
  if (colon == std::string_view::npos) return true;
  std::string_view object = text.substr(colon + 1);
  object = object.substr(0, object.find('['));
  return stripped(object).empty() || is_dotted_name(object);
}

bool is_url(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || !is_letter(text[0])) return true;
  std::string_view scheme = text.substr(0, colon), rest = text.substr(colon + 1);
  const bool has_scheme = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return is_letter_or_digit(c) || c == '+' || c == '.' || c == '-';
  });
  return !has_scheme || (rest.starts_with("//") && rest.size() > 2);
}

}  // namespace trainlint
