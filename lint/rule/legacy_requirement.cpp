#include "lint/rule/legacy_requirement.h"

#include <string>

#include "lint/project/requirement.h"

namespace trainlint {

static std::string_view trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

static bool is_legacy_specifier(std::string_view text) {
  text = trimmed(text);
  if (parse_specifier(text)) return true;
  size_t operator_length = 0;
  for (std::string_view op : {"==", "!=", "<=", ">=", "<", ">"}) {
    if (!text.starts_with(op)) continue;
    operator_length = op.size();
    break;
  }
  if (operator_length == 0) return false;
  return trimmed(text.substr(operator_length)).find_first_of(" \t;)") == std::string_view::npos;
}

// `empty_parts`: whether "a,,b" is fine.
static bool are_legacy_specifiers(std::string_view text, bool empty_parts) {
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find(',', begin), text.size());
    std::string_view part = trimmed(text.substr(begin, end - begin));
    if (part.empty() ? !empty_parts : !is_legacy_specifier(part)) return false;
    begin = end + 1;
  }
  return true;
}

bool is_legacy_specifier_set(std::string_view text) {
  return are_legacy_specifiers(text, true);
}

bool is_legacy_requirement(std::string_view text) {
  size_t semicolon = std::min(text.find(';'), text.size());
  std::string_view front = text.substr(0, semicolon);
  size_t specifiers = front.find_first_of("=<>!~(");
  if (specifiers == std::string_view::npos) return false;
  std::string without(front.substr(0, specifiers));
  without += text.substr(semicolon);
  if (!parse_requirement(without)) return false;
  std::string_view list = trimmed(front.substr(specifiers));
  if (list.starts_with('(') && list.ends_with(')')) list = list.substr(1, list.size() - 2);
  return are_legacy_specifiers(list, false);
}

}  // namespace trainlint
