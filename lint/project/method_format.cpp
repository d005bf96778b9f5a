// str.format, format specifications and the % operator.
#include <array>
#include <cstdio>

#include "lint/project/interpreter.h"

namespace trainlint {

static size_t letters_in(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::optional<std::string> format_value(const PyValue& value, std::string_view specification) {
  if (specification.empty()) {
    if (value.container() || value.is(PyKind::path)) return python_str(value);
    return python_str(value);
  }
  char fill = ' ', align = 0;
  size_t at = 0;
  auto is_align = [](char c) { return c == '<' || c == '>' || c == '^'; };
  if (specification.size() > 1 && is_align(specification[1]))
    fill = specification[0], align = specification[1], at = 2;
  else if (is_align(specification[0]))
    align = specification[0], at = 1;
  if (at < specification.size() && specification[at] == '0' && !align)
    fill = '0', align = '>', at++;
  size_t width = 0;
  while (at < specification.size() && specification[at] >= '0' && specification[at] <= '9' &&
         width < 1000)
    width = width * 10 + static_cast<size_t>(specification[at++] - '0');
  int precision = -1;
  if (at + 1 < specification.size() && specification[at] == '.') {
    precision = 0;
    for (at++; at < specification.size() && specification[at] >= '0' && specification[at] <= '9' &&
               precision < 1000;)
      precision = precision * 10 + (specification[at++] - '0');
  }
  std::string_view type = specification.substr(at);
  std::string text;
  if (type == "f" && value.numeric() && precision < 50) {
    std::array<char, 400> buffer{};
    double number = value.is(PyKind::real) ? value.real : static_cast<double>(value.number);
    if (number > 1e15 || number < -1e15) return std::nullopt;
    std::snprintf(buffer.data(), buffer.size(), "%.*f", precision < 0 ? 6 : precision, number);
    text = buffer.data();
  } else if ((type == "d" || type.empty()) && value.is(PyKind::integer) && precision < 0) {
    text = std::to_string(value.number);
    if (!align) align = '>';
  } else if ((type == "s" || type.empty()) && value.is(PyKind::string) && precision < 0 &&
             fill != '0') {
    text = value.text;
    if (!align) align = '<';
  } else {
    return std::nullopt;
  }
  if (!text.empty() && text[0] == '-' && fill == '0') return std::nullopt;
  if (!align) align = '>';
  size_t length = letters_in(text);
  if (length >= width) return text;
  size_t left = align == '<' ? 0 : align == '>' ? width - length : (width - length) / 2;
  return std::string(left, fill) + text + std::string(width - length - left, fill);
}

// The value that a replacement field names: "", "0", "name", "name.attribute", "0[key]".
static std::optional<PyValue> named_value(Interpreter& interpreter, std::string_view field,
                                          size_t& automatic, const PyArguments& arguments) {
  size_t end = std::min(field.find_first_of(".["), field.size());
  std::string_view head = field.substr(0, end);
  const PyValue* found = nullptr;
  bool number = head.find_first_not_of("0123456789") == std::string_view::npos;
  if (head.empty())
    found = automatic < arguments.positional.size() ? &arguments.positional[automatic++] : nullptr;
  else if (number && head.size() < 4) {
    size_t index = 0;
    for (char c : head) index = index * 10 + static_cast<size_t>(c - '0');
    if (index < arguments.positional.size()) found = &arguments.positional[index];
  } else {
    found = arguments.keyword(head);
  }
  if (!found) return arguments.lost;
  PyValue value = *found;
  for (std::string_view rest = field.substr(end); !rest.empty();) {
    if (rest[0] == '.') {
      size_t stop = std::min(rest.find_first_of(".[", 1), rest.size());
      value = interpreter.attribute(value, rest.substr(1, stop - 1), arguments.place);
      rest.remove_prefix(stop);
      continue;
    }
    size_t stop = rest.find(']');
    if (stop == std::string_view::npos) return std::nullopt;
    std::string key(rest.substr(1, stop - 1));
    bool index =
        !key.empty() && key.size() < 6 && key.find_first_not_of("0123456789") == std::string::npos;
    value = interpreter.subscript(value, index ? py_int(std::stoi(key)) : py_string(key),
                                  arguments.place);
    rest.remove_prefix(stop + 1);
  }
  return value;
}

PyValue format_braces(Interpreter& interpreter, const PyValue& format,
                      const PyArguments& arguments) {
  std::string out;
  std::string_view text = format.text;
  size_t automatic = 0;
  auto cannot = [&](const std::string& why) {
    interpreter.uncertain();
    return py_unknown(why, arguments.place);
  };
  for (size_t at = 0; at < text.size();) {
    char c = text[at];
    bool doubled = at + 1 < text.size() && text[at + 1] == c;
    if ((c != '{' && c != '}') || doubled) {
      out.push_back(c);
      at += (c == '{' || c == '}') ? 2 : 1;
      continue;
    }
    size_t close = text.find('}', at);
    if (c == '}' || close == std::string_view::npos)
      return cannot("a format string that is not evaluated");
    std::string_view field = text.substr(at + 1, close - at - 1);
    if (field.find('{') != std::string_view::npos)
      return cannot("a format string that is not evaluated");
    size_t colon = field.find(':');
    std::string_view specification = colon == std::string_view::npos ? "" : field.substr(colon + 1);
    field = field.substr(0, colon);
    size_t bang = field.find('!');
    std::string_view conversion = bang == std::string_view::npos ? "" : field.substr(bang + 1);
    std::optional<PyValue> value =
        named_value(interpreter, field.substr(0, bang), automatic, arguments);
    if (!value) return cannot("a format string whose arguments are not there");
    if (!value->known()) return *value;
    std::optional<std::string> shown =
        conversion == "r" ? python_repr(*value) : format_value(*value, specification);
    if (!shown) return first_unknown(*value).value_or(cannot("a format that is not evaluated"));
    out += *shown;
    at = close + 1;
  }
  return py_string(std::move(out), format.place.span ? format.place : arguments.place);
}

static std::optional<std::string> percent_value(char type, const PyValue& value,
                                                std::string_view flags) {
  if (type == 's') {
    std::optional<std::string> text = python_str(value);
    return text && flags.empty() ? text : std::nullopt;
  }
  if (type == 'r' && flags.empty()) return python_repr(value);
  if ((type == 'd' || type == 'i') && value.is(PyKind::integer)) return format_value(value, flags);
  if (type == 'f' && value.numeric()) return format_value(value, std::string(flags) + "f");
  return std::nullopt;
}

PyValue format_percent(const PyValue& format, const PyValue& right, const Place& place) {
  std::vector<PyValue> values{right};
  if (right.is(PyKind::tuple)) values = right.items->items;
  std::string out;
  std::string_view text = format.text;
  size_t next = 0;
  for (size_t at = 0; at < text.size(); at++) {
    if (text[at] != '%') {
      out.push_back(text[at]);
      continue;
    }
    if (++at < text.size() && text[at] == '%') {
      out.push_back('%');
      continue;
    }
    PyValue value;
    if (at < text.size() && text[at] == '(') {
      size_t close = text.find(')', at);
      if (close == std::string_view::npos)
        return py_unknown("a format that is not evaluated", place);
      const PyValue* found = dict_get(right, text.substr(at + 1, close - at - 1));
      if (!found)
        return first_unknown(right).value_or(
            py_unknown("a format whose arguments are not there", place));
      value = *found;
      at = close + 1;
    } else {
      if (next >= values.size())
        return first_unknown(right).value_or(
            py_unknown("a format whose arguments are not there", place));
      value = values[next++];
    }
    size_t begin = at;
    while (at < text.size() && (text[at] == '.' || (text[at] >= '0' && text[at] <= '9'))) at++;
    if (!value.known()) return value;
    std::optional<std::string> shown;
    if (at < text.size()) shown = percent_value(text[at], value, text.substr(begin, at - begin));
    if (!shown)
      return first_unknown(value).value_or(py_unknown("a format that is not evaluated", place));
    out += *shown;
  }
  bool used_all =
      next == values.size() || right.is(PyKind::dict) || (next == 0 && right.is(PyKind::list));
  if (!used_all)
    return first_unknown(right).value_or(py_unknown("a format with arguments left over", place));
  return py_string(std::move(out), place);
}

}  // namespace trainlint
