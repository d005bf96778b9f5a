#include "lint/arguments/convert.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace trainlint {

static std::string_view stripped(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r\v\f\x1c\x1d\x1e\x1f";
  size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits with single underscores between them, without these; "" where they are not digits.
static std::string plain_digits(std::string_view text) {
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      if (i == 0 || i + 1 == text.size() || text[i - 1] == '_') return {};
    } else if (is_digit(text[i])) {
      digits += text[i];
    } else {
      return {};
    }
  }
  return digits;
}

static bool plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<PyValue> python_int(const std::string& text) {
  if (!plain_ascii(text)) return py_unknown("digits that are not ASCII", {});
  std::string_view body = stripped(text);
  bool negative = !body.empty() && body[0] == '-';
  if (!body.empty() && (body[0] == '-' || body[0] == '+')) body.remove_prefix(1);
  std::string digits = plain_digits(body);
  if (digits.empty()) return std::nullopt;
  int64_t value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size())
    return py_unknown("a large number", {});
  return py_int(negative ? -value : value);
}

// Appends the digits of a part of a number; false where it is not made of digits. May be empty.
static bool append_digits(std::string& out, std::string_view part) {
  std::string digits = plain_digits(part);
  out += digits;
  return part.empty() || !digits.empty();
}

// "12", "1.5", ".5", "2.", "1e-3" without their underscores; "" for anything else.
static std::string plain_float(std::string_view text) {
  size_t exponent = text.find_first_of("eE");
  std::string_view mantissa = text.substr(0, exponent);
  size_t point = mantissa.find('.');
  if (mantissa.empty() || mantissa == ".") return {};
  std::string out;
  if (!append_digits(out, mantissa.substr(0, point))) return {};
  if (point != std::string_view::npos) {
    out += '.';
    if (!append_digits(out, mantissa.substr(point + 1))) return {};
  }
  if (exponent == std::string_view::npos) return out;
  out += 'e';
  std::string_view power = text.substr(exponent + 1);
  if (!power.empty() && (power[0] == '-' || power[0] == '+')) {
    if (power[0] == '-') out += '-';
    power.remove_prefix(1);
  }
  return !power.empty() && append_digits(out, power) ? out : "";
}

static std::optional<double> special_float(std::string_view text) {
  std::string lower;
  for (char c : text) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  if (lower == "inf" || lower == "infinity") return std::numeric_limits<double>::infinity();
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

std::optional<PyValue> python_float(const std::string& text) {
  if (!plain_ascii(text)) return py_unknown("digits that are not ASCII", {});
  std::string_view body = stripped(text);
  double sign = 1;
  if (!body.empty() && (body[0] == '-' || body[0] == '+')) {
    if (body[0] == '-') sign = -1;
    body.remove_prefix(1);
  }
  if (std::optional<double> special = special_float(body)) return py_real(sign * *special);
  std::string plain = plain_float(body);
  if (plain.empty()) return std::nullopt;
  double value = 0;
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc()) return py_unknown("a number out of range", {});
  return py_real(sign * value);
}

std::string name_of_type(const PyValue& type) {
  if (type.is(PyKind::function)) return type.text == "a lambda" ? "<lambda>" : type.text;
  return type.text.substr(type.text.rfind('.') + 1);
}

static Converted of_builtin(std::optional<PyValue> value) {
  Converted converted;
  converted.refused = !value;
  if (value) converted.value = std::move(*value);
  return converted;
}

static Converted not_evaluated(const std::string& why) {
  Converted converted;
  converted.may_refuse = true;
  converted.value = py_unknown(why, {});
  return converted;
}

static Converted call_type(Interpreter& interpreter, const PyValue& type, const std::string& word) {
  if (interpreter.stopped() && !interpreter.raised) return not_evaluated("too much to evaluate");
  interpreter.raised.reset();
  PyValue value = interpreter.call(type, {{py_string(word)}, {}, {}, type.place});
  std::optional<Interpreter::Raised> raised = std::move(interpreter.raised);
  interpreter.raised.reset();
  Converted converted;
  converted.value = std::move(value);
  if (!raised) {
    converted.may_refuse = !converted.value.known();
    return converted;
  }
  std::string_view name = raised->type;
  name = name.substr(name.rfind('.') + 1);
  if (name == "ArgumentTypeError") {
    converted.refused = true;
    converted.complaint = raised->message;
    converted.complaint_known = !raised->message.starts_with("raises ");
    return converted;
  }
  if (name == "ValueError" || name == "TypeError") {
    converted.refused = true;
    return converted;
  }
  return not_evaluated("raises " + raised->type);
}

Converted convert(Interpreter* interpreter, const PyValue& type, const std::string& word) {
  Converted converted;
  converted.value = py_string(word);
  if (type.is(PyKind::none)) return converted;
  if (type.is(PyKind::library)) {
    if (type.text == "str") return converted;
    if (type.text == "int") return of_builtin(python_int(word));
    if (type.text == "float") return of_builtin(python_float(word));
    if (type.text == "bool") {
      converted.value = py_bool(!word.empty());
      return converted;
    }
  }
  if (!interpreter || !type.known() || type.is(PyKind::object))
    return not_evaluated("converted by what is not evaluated");
  return call_type(*interpreter, type, word);
}

}  // namespace trainlint
