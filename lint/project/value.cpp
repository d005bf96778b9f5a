#include "lint/project/value.h"

#include "lint/project/interpreter.h"

#include <array>
#include <charconv>
#include <cmath>

namespace trainlint {

bool mentions_root(std::string_view text) {
  return text.find(root_mark) != std::string_view::npos;
}

PyValue py_unknown(std::string reason, Place place) {
  PyValue value;
  value.kind = PyKind::unknown;
  value.text = std::move(reason);
  value.place = std::move(place);
  return value;
}

PyValue py_none() {
  return {};
}

static PyValue with_number(PyKind kind, int64_t number) {
  PyValue value;
  value.kind = kind;
  value.number = number;
  return value;
}

PyValue py_bool(bool value) {
  return with_number(PyKind::boolean, value);
}
PyValue py_int(int64_t value) {
  return with_number(PyKind::integer, value);
}

PyValue py_real(double real) {
  PyValue value;
  value.kind = PyKind::real;
  value.real = real;
  return value;
}

static PyValue with_text(PyKind kind, std::string text, Place place) {
  PyValue value;
  value.kind = kind;
  value.text = std::move(text);
  value.place = std::move(place);
  return value;
}

PyValue py_string(std::string text, Place place) {
  return with_text(PyKind::string, std::move(text), std::move(place));
}
PyValue py_path(std::string text, Place place) {
  return with_text(PyKind::path, std::move(text), std::move(place));
}
PyValue py_library(std::string name) {
  return with_text(PyKind::library, std::move(name), {});
}

PyValue py_container(PyKind kind, std::vector<PyValue> items, Place place) {
  PyValue value;
  value.kind = kind;
  value.items = std::make_shared<PyItems>();
  value.items->items = std::move(items);
  value.place = std::move(place);
  return value;
}

PyValue py_iterator(std::vector<PyValue> items, Place place) {
  return py_container(PyKind::iterator, std::move(items), std::move(place));
}

PyValue py_strings(const std::vector<std::string>& texts, Place place) {
  PyValue list = py_container(PyKind::list, {}, place);
  for (const std::string& text : texts) list.items->items.push_back(py_string(text, place));
  return list;
}

PyValue py_piece(const PyValue& whole, size_t offset, size_t length) {
  Place place = whole.place;
  if (place.span && place.span->end - place.span->begin == whole.text.size())
    place.span = Span{place.span->begin + static_cast<uint32_t>(offset),
                      place.span->begin + static_cast<uint32_t>(offset + length)};
  return with_text(whole.kind, whole.text.substr(offset, length), std::move(place));
}

// Objects that an extension follows are lost with what holds them.
static void lose_held(const PyValue& value, const std::string& reason, const Place& place) {
  if (value.is(PyKind::instance))
    for (const auto& [name, held] : value.scope->names)
      if (name != "__class__") lose(held, reason, place);
  for (const PyValue& item : value.items->items)
    if (item.is(PyKind::object) || item.is(PyKind::instance)) lose(item, reason, place);
}

void lose(const PyValue& value, const std::string& reason, const Place& place) {
  bool holder = value.is(PyKind::object) || value.is(PyKind::instance);
  if (value.is(PyKind::tuple) || value.is(PyKind::method)) lose_held(value, reason, place);
  if ((!value.mutable_container() && !holder) || !value.items->lost.empty()) return;
  value.items->lost = reason;
  value.items->lost_place = place;
  lose_held(value, reason, place);
}

// `left`: how many more items are looked at, since lists may hold each other many times over.
static std::optional<PyValue> first_unknown(const PyValue& value, int depth, int& left) {
  if (!value.known()) return value;
  if (!value.container() || depth > 50 || --left < 0) return std::nullopt;
  if (!value.items->lost.empty()) return py_unknown(value.items->lost, value.items->lost_place);
  for (const PyValue& item : value.items->items)
    if (auto found = first_unknown(item, depth + 1, left)) return found;
  return std::nullopt;
}

std::optional<PyValue> first_unknown(const PyValue& value) {
  int left = 100'000;
  return first_unknown(value, 0, left);
}

std::optional<bool> truth(const PyValue& value) {
  switch (value.kind) {
    case PyKind::none:
      return false;
    case PyKind::boolean:
    case PyKind::integer:
      return value.number != 0;
    case PyKind::real:
      return value.real != 0;
    case PyKind::string:
    case PyKind::bytes:
      if (mentions_root(value.text))
        return std::nullopt;  // may be '' where setup.py is run by name
      return !value.text.empty();
    case PyKind::list:
    case PyKind::tuple:
    case PyKind::set:
    case PyKind::dict:
      if (!value.items->lost.empty()) return std::nullopt;
      return !value.items->items.empty();
    case PyKind::path:
    case PyKind::iterator:
    case PyKind::file:
    case PyKind::regex:
    case PyKind::match:
    case PyKind::module:
    case PyKind::method:
    case PyKind::function:
    case PyKind::type:
    case PyKind::arguments:
    case PyKind::version:
    case PyKind::object:
      return true;
    case PyKind::instance:  // may have a __bool__ or __len__
    case PyKind::unknown:
    case PyKind::library:
    case PyKind::word:
      return std::nullopt;
  }
  return std::nullopt;
}

static double as_real(const PyValue& value) {
  return value.kind == PyKind::real ? value.real : static_cast<double>(value.number);
}

static std::optional<bool> equal_items(const PyValue& left, const PyValue& right) {
  const PyItems &a = *left.items, &b = *right.items;
  if (!a.lost.empty() || !b.lost.empty()) return std::nullopt;
  if (a.items.size() != b.items.size()) return false;
  if (left.kind == PyKind::set || left.kind == PyKind::dict) return std::nullopt;
  bool all = true, unsure = false;
  for (size_t i = 0; i < a.items.size(); i++) {
    std::optional<bool> same = equal(a.items[i], b.items[i]);
    if (!same)
      unsure = true;
    else if (!*same)
      all = false;
  }
  if (!all) return false;
  return unsure ? std::nullopt : std::optional(true);
}

std::optional<bool> equal(const PyValue& left, const PyValue& right) {
  auto plain = [](const PyValue& v) { return v.kind >= PyKind::none && v.kind <= PyKind::path; };
  if (!plain(left) || !plain(right)) return std::nullopt;
  if (left.numeric() && right.numeric()) return as_real(left) == as_real(right);
  if (left.kind != right.kind) return false;
  if (left.container()) return equal_items(left, right);
  if (left.kind == PyKind::none) return true;
  if (left.text != right.text && (mentions_root(left.text) || mentions_root(right.text)))
    return std::nullopt;
  return left.text == right.text;
}

static std::optional<int> order_items(const PyItems& left, const PyItems& right) {
  if (!left.lost.empty() || !right.lost.empty()) return std::nullopt;
  for (size_t i = 0; i < left.items.size() && i < right.items.size(); i++) {
    std::optional<int> result = order(left.items[i], right.items[i]);
    if (!result || *result != 0) return result;
  }
  if (left.items.size() == right.items.size()) return 0;
  return left.items.size() < right.items.size() ? -1 : 1;
}

std::optional<int> order(const PyValue& left, const PyValue& right) {
  if (left.numeric() && right.numeric()) {
    double a = as_real(left), b = as_real(right);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (left.kind != right.kind) return std::nullopt;
  if (left.kind == PyKind::string || left.kind == PyKind::bytes) {
    // Byte order of UTF-8 is code point order, which is Python's.
    if (mentions_root(left.text) != mentions_root(right.text)) return std::nullopt;
    return left.text < right.text ? -1 : left.text > right.text ? 1 : 0;
  }
  if (left.sequence()) return order_items(*left.items, *right.items);
  return std::nullopt;
}

// As CPython: the shortest digits, with an exponent below 1e-4 and from 1e16 on.
static std::string real_text(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
  std::array<char, 400> buffer{};
  double size = std::fabs(value);
  auto form = value == 0 || (size >= 1e-4 && size < 1e16) ? std::chars_format::fixed
                                                          : std::chars_format::scientific;
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form);
  std::string text(buffer.data(), error == std::errc() ? end : buffer.data());
  if (form == std::chars_format::scientific) return text;
  if (text.find_first_of(".einf") == std::string::npos) text += ".0";
  return text;
}

static std::string quoted(const std::string& text) {
  char quote =
      text.find('\'') != std::string::npos && text.find('"') == std::string::npos ? '"' : '\'';
  std::string out(1, quote);
  for (char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (c == quote || c == '\\')
      (out += '\\') += c;
    else
      out += c;
  }
  return out + quote;
}

static std::optional<std::string> items_repr(const PyValue& value) {
  if (!value.items->lost.empty() || value.kind == PyKind::set) return std::nullopt;
  const std::vector<PyValue>& items = value.items->items;
  bool dict = value.kind == PyKind::dict;
  std::string out = dict ? "{" : value.kind == PyKind::list ? "[" : "(";
  for (size_t i = 0; i < items.size(); i++) {
    std::optional<std::string> item = python_repr(items[i]);
    if (!item) return std::nullopt;
    if (i > 0) out += dict && i % 2 ? ": " : ", ";
    out += *item;
  }
  if (value.kind == PyKind::tuple && items.size() == 1) out += ",";
  return out + (dict ? "}" : value.kind == PyKind::list ? "]" : ")");
}

std::optional<std::string> python_repr(const PyValue& value) {
  switch (value.kind) {
    case PyKind::none:
      return "None";
    case PyKind::boolean:
      return value.number ? "True" : "False";
    case PyKind::integer:
      return std::to_string(value.number);
    case PyKind::real:
      return real_text(value.real);
    case PyKind::string:
      return quoted(value.text);
    case PyKind::list:
    case PyKind::tuple:
    case PyKind::dict:
      return items_repr(value);
    default:
      return std::nullopt;
  }
}

std::optional<std::string> python_str(const PyValue& value) {
  if (value.kind == PyKind::string || value.kind == PyKind::path) return value.text;
  return python_repr(value);
}

std::optional<size_t> dict_find(const PyItems& dict, const PyValue& key) {
  if (!dict.lost.empty()) return std::nullopt;
  bool unsure = false;
  for (size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    std::optional<bool> same = equal(dict.items[i], key);
    if (!same)
      unsure = true;
    else if (*same)
      return i + 1;
  }
  return unsure ? std::nullopt : std::optional(dict.items.size());
}

void dict_set(PyItems& dict, const PyValue& key, PyValue value) {
  std::optional<size_t> found = dict_find(dict, key);
  if (!found || (!key.known() && dict.lost.empty())) {
    dict.lost = key.known() ? "a key that cannot be evaluated" : key.text;
    dict.lost_place = key.place;
  } else if (*found < dict.items.size()) {
    dict.items[*found] = std::move(value);
  } else {
    dict.items.push_back(key);
    dict.items.push_back(std::move(value));
  }
}

const PyValue* dict_get(const PyValue& dict, std::string_view key) {
  if (dict.kind != PyKind::dict) return nullptr;
  const std::vector<PyValue>& items = dict.items->items;
  for (size_t i = 0; i + 1 < items.size(); i += 2)
    if (items[i].kind == PyKind::string && items[i].text == key) return &items[i + 1];
  return nullptr;
}

std::string_view type_name(const PyValue& value) {
  switch (value.kind) {
    case PyKind::none:
      return "None";
    case PyKind::boolean:
      return "bool";
    case PyKind::integer:
      return "int";
    case PyKind::real:
      return "float";
    case PyKind::string:
      return "str";
    case PyKind::bytes:
      return "bytes";
    case PyKind::list:
      return "list";
    case PyKind::tuple:
      return "tuple";
    case PyKind::set:
      return "set";
    case PyKind::dict:
      return "dict";
    case PyKind::path:
      return "Path";
    case PyKind::file:
      return "file";
    case PyKind::iterator:
      return "iterator";
    case PyKind::function:
      return "function";
    default:
      return "object";
  }
}

}  // namespace trainlint
