// Methods of str and bytes.
#include <algorithm>

#include "lint/project/interpreter.h"

namespace trainlint {

// The length in bytes of the whitespace character at `at`, 0 if there is none (str.isspace).
static size_t space_at(std::string_view text, size_t at) {
  auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  unsigned c = byte(0);
  if ((c >= 9 && c <= 13) || (c >= 28 && c <= 32)) return 1;
  if (c == 0xC2 && (byte(1) == 0x85 || byte(1) == 0xA0)) return 2;
  if (c == 0xE1 && byte(1) == 0x9A && byte(2) == 0x80) return 3;
  bool general = c == 0xE2 && byte(1) == 0x80 &&
                 ((byte(2) >= 0x80 && byte(2) <= 0x8A) || byte(2) == 0xA8 || byte(2) == 0xA9 ||
                  byte(2) == 0xAF);
  if (general || (c == 0xE2 && byte(1) == 0x81 && byte(2) == 0x9F)) return 3;
  return c == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0;
}

static PyValue stripped(const PyValue& object, bool left, bool right, const std::string* letters) {
  std::string_view text = object.text;
  size_t begin = 0, end = text.size();
  auto drop = [&](size_t at) -> size_t {
    if (!letters) return space_at(text, at);
    return letters->find(text[at]) != std::string::npos;
  };
  while (left && begin < end && drop(begin)) begin += drop(begin);
  while (right && end > begin) {
    size_t last = end - 1;
    while (last > begin && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80 && !letters)
      last--;
    if (!drop(last)) break;
    end = last;
  }
  return py_piece(object, begin, end - begin);
}

// The length of the line end at `at`, 0 if there is none (str.splitlines).
static size_t line_end_at(std::string_view text, size_t at) {
  auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  unsigned c = byte(0);
  if (c == '\r' && byte(1) == '\n') return 2;
  if ((c >= 10 && c <= 13) || (c >= 28 && c <= 30)) return 1;
  if (c == 0xC2 && byte(1) == 0x85) return 2;
  return c == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0;
}

static PyValue lines_of(const PyValue& object, bool keep, const Place& place) {
  std::vector<PyValue> lines;
  size_t begin = 0;
  for (size_t at = 0; at < object.text.size();) {
    size_t length = line_end_at(object.text, at);
    if (!length) {
      at++;
      continue;
    }
    lines.push_back(py_piece(object, begin, at + (keep ? length : 0) - begin));
    begin = at += length;
  }
  if (begin < object.text.size())
    lines.push_back(py_piece(object, begin, object.text.size() - begin));
  return py_container(PyKind::list, std::move(lines), place);
}

static PyValue split_at_spaces(const PyValue& object, int64_t most, const Place& place) {
  std::vector<PyValue> parts;
  std::string_view text = object.text;
  for (size_t at = 0; at < text.size();) {
    if (size_t space = space_at(text, at)) {
      at += space;
      continue;
    }
    if (most >= 0 && static_cast<int64_t>(parts.size()) == most) {
      PyValue rest = py_piece(object, at, text.size() - at);
      parts.push_back(stripped(rest, false, true, nullptr));
      break;
    }
    size_t end = at;
    while (end < text.size() && !space_at(text, end)) end++;
    parts.push_back(py_piece(object, at, end - at));
    at = end;
  }
  return py_container(PyKind::list, std::move(parts), place);
}

static PyValue split_at(const PyValue& object, const std::string& separator, int64_t most,
                        bool from_right, const Place& place) {
  std::vector<PyValue> parts;
  const std::string& text = object.text;
  if (from_right) {
    size_t end = text.size();
    for (size_t at; end > 0 && (most < 0 || static_cast<int64_t>(parts.size()) < most);) {
      if (end < separator.size()) break;
      at = text.rfind(separator, end - separator.size());
      if (at == std::string::npos) break;
      parts.push_back(py_piece(object, at + separator.size(), end - at - separator.size()));
      end = at;
    }
    parts.push_back(py_piece(object, 0, end));
    std::reverse(parts.begin(), parts.end());
    return py_container(PyKind::list, std::move(parts), place);
  }
  size_t begin = 0;
  while (most < 0 || static_cast<int64_t>(parts.size()) < most) {
    size_t at = text.find(separator, begin);
    if (at == std::string::npos) break;
    parts.push_back(py_piece(object, begin, at - begin));
    begin = at + separator.size();
  }
  parts.push_back(py_piece(object, begin, text.size() - begin));
  return py_container(PyKind::list, std::move(parts), place);
}

static MethodResult split(const PyValue& object, std::string_view name,
                          const PyArguments& arguments) {
  const PyValue* separator = arguments.get(0, "sep");
  const PyValue* most = arguments.get(1, "maxsplit");
  if (most && !most->is(PyKind::integer)) return std::nullopt;
  int64_t limit = most ? most->number : -1;
  bool spaces = !separator || separator->is(PyKind::none);
  if (spaces) {
    if (name == "rsplit" && limit >= 0) return std::nullopt;
    return split_at_spaces(object, limit, arguments.place);
  }
  if (separator->kind != object.kind || separator->text.empty()) return std::nullopt;
  return split_at(object, separator->text, limit, name == "rsplit", arguments.place);
}

static PyValue replaced(const PyValue& object, const std::string& from, const std::string& to,
                        int64_t most, const Place& place) {
  if (object.text.find(from) == std::string::npos) return object;
  std::string out;
  size_t begin = 0;
  for (size_t at; most != 0 && (at = object.text.find(from, begin)) != std::string::npos; most--) {
    out += object.text.substr(begin, at - begin) + to;
    begin = at + from.size();
  }
  PyValue result = object;
  result.text = out + object.text.substr(begin);
  result.place = place;
  return result;
}

static PyValue joined(Interpreter& interpreter, const PyValue& object,
                      const PyArguments& arguments) {
  auto items = arguments.positional.size() == 1 ? interpreter.iterate(arguments.positional[0])
                                                : std::nullopt;
  if (!items)
    return arguments.unknown().value_or(py_unknown("join() of something unknown", arguments.place));
  std::string out;
  for (size_t i = 0; i < items->size(); i++) {
    const PyValue& item = (*items)[i];
    if (!item.known()) return item;
    if (item.kind != object.kind)
      return py_unknown("join() of values that are not strings", arguments.place);
    if (i > 0) out += object.text;
    out += item.text;
    if (out.size() > 1 << 24) return py_unknown("too much to evaluate", arguments.place);
  }
  PyValue result = py_string(std::move(out), arguments.place);
  result.kind = object.kind;
  return result;
}

// lower, upper, title and capitalize of ASCII text.
static MethodResult cased(const PyValue& object, std::string_view name, const Place& place) {
  bool ascii = std::all_of(object.text.begin(), object.text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return std::nullopt;
  PyValue result = py_string(object.text, place);
  result.kind = object.kind;
  bool start = true;
  for (char& c : result.text) {
    bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
    bool make_upper = name == "upper" || (start && name != "lower");
    if (make_upper && lower)
      c = static_cast<char>(c - 32);
    else if (!make_upper && upper)
      c = static_cast<char>(c + 32);
    start = name == "title" && !lower && !upper;
  }
  return result;
}

static MethodResult affix(const PyValue& object, bool front, const PyArguments& arguments) {
  if (arguments.positional.size() != 1) return std::nullopt;
  std::vector<PyValue> all{arguments.positional[0]};
  if (all[0].is(PyKind::tuple)) all = all[0].items->items;
  for (const PyValue& value : all) {
    if (value.kind != object.kind || (front && mentions_root(object.text))) return std::nullopt;
    if (front ? object.text.starts_with(value.text) : object.text.ends_with(value.text))
      return py_bool(true);
  }
  return py_bool(false);
}

static MethodResult searched(const PyValue& object, std::string_view name,
                             const PyArguments& arguments) {
  if (arguments.positional.size() != 1 || arguments.positional[0].kind != object.kind)
    return std::nullopt;
  const std::string& wanted = arguments.positional[0].text;
  bool ascii = std::all_of(object.text.begin(), object.text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (name == "count" && !wanted.empty()) {
    int64_t count = 0;
    for (size_t at = 0; (at = object.text.find(wanted, at)) != std::string::npos;
         at += wanted.size())
      count++;
    return py_int(count);
  }
  if (!ascii || name == "count") return std::nullopt;
  size_t at = name.starts_with('r') ? object.text.rfind(wanted) : object.text.find(wanted);
  if (at != std::string::npos) return py_int(static_cast<int64_t>(at));
  return name.ends_with("find") ? MethodResult(py_int(-1)) : std::nullopt;
}

static MethodResult partitioned(const PyValue& object, bool right, const PyArguments& arguments) {
  if (arguments.positional.size() != 1 || arguments.positional[0].kind != object.kind)
    return std::nullopt;
  const std::string& separator = arguments.positional[0].text;
  if (separator.empty()) return std::nullopt;
  size_t at = right ? object.text.rfind(separator) : object.text.find(separator);
  size_t size = object.text.size();
  if (at == std::string::npos) {
    PyValue none = py_piece(object, 0, 0);
    if (right) return py_container(PyKind::tuple, {none, none, object}, arguments.place);
    return py_container(PyKind::tuple, {object, none, none}, arguments.place);
  }
  size_t after = at + separator.size();
  return py_container(PyKind::tuple,
                      {py_piece(object, 0, at), py_piece(object, at, separator.size()),
                       py_piece(object, after, size - after)},
                      arguments.place);
}

static MethodResult tested(const PyValue& object, std::string_view name) {
  auto all = [&](auto test) {
    return py_bool(!object.text.empty() &&
                   std::all_of(object.text.begin(), object.text.end(), test));
  };
  for (char c : object.text)
    if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
  if (name == "isdigit" || name == "isnumeric" || name == "isdecimal")
    return all([](char c) { return c >= '0' && c <= '9'; });
  if (name == "isspace")
    return all([](char c) { return space_at(std::string_view(&c, 1), 0) != 0; });
  if (name == "isalpha") return all([](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
  return std::nullopt;
}

static bool known_string_method(std::string_view name) {
  static constexpr std::string_view names[] = {
      "casefold",     "center",       "endswith",    "expandtabs", "isalnum",   "isascii",
      "isidentifier", "islower",      "isprintable", "istitle",    "isupper",   "ljust",
      "removeprefix", "removesuffix", "rjust",       "swapcase",   "translate", "zfill",
      "format_map",   "encode",       "decode",      "rindex",     "index",     "lower",
      "upper",        "title",        "capitalize",  "find",       "rfind",     "count",
      "split",        "rsplit",       "isdigit",     "isspace",    "isalpha",   "isnumeric"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

MethodResult string_method(Interpreter& interpreter, const PyValue& object, std::string_view name,
                           const PyArguments& arguments) {
  if (name == "format") return format_braces(interpreter, object, arguments);
  if (name == "join") return joined(interpreter, object, arguments);
  if (auto why = arguments.unknown()) return why;
  const PyValue* first = arguments.positional.empty() ? nullptr : &arguments.positional[0];
  MethodResult result;
  if (name == "strip" || name == "lstrip" || name == "rstrip") {
    bool letters = first && first->kind == object.kind;
    if (!first || letters || first->is(PyKind::none))
      result =
          stripped(object, name != "rstrip", name != "lstrip", letters ? &first->text : nullptr);
  } else if (name == "split" || name == "rsplit") {
    result = split(object, name, arguments);
  } else if (name == "splitlines") {
    const PyValue* keep = arguments.get(0, "keepends");
    result = lines_of(object, keep && truth(*keep) == true, arguments.place);
  } else if (name == "replace" && arguments.positional.size() >= 2) {
    bool texts = first->kind == object.kind && arguments.positional[1].kind == object.kind &&
                 !first->text.empty();
    bool limited = arguments.positional.size() == 3 && arguments.positional[2].is(PyKind::integer);
    if (texts && (limited || arguments.positional.size() == 2))
      result = replaced(object, first->text, arguments.positional[1].text,
                        limited ? arguments.positional[2].number : -1, arguments.place);
  } else if (name == "startswith" || name == "endswith") {
    result = affix(object, name == "startswith", arguments);
  } else if (name == "lower" || name == "upper" || name == "title" || name == "capitalize") {
    result = cased(object, name, arguments.place);
  } else if (name == "find" || name == "rfind" || name == "index" || name == "rindex" ||
             name == "count") {
    result = searched(object, name, arguments);
  } else if (name == "partition" || name == "rpartition") {
    result = partitioned(object, name == "rpartition", arguments);
  } else if (name == "encode" || name == "decode") {
    PyValue other = object;
    other.kind = name == "encode" ? PyKind::bytes : PyKind::string;
    if (other.kind != object.kind &&
        (!first || first->text.starts_with("utf") || first->text.starts_with("UTF")))
      result = other;
  } else {
    result = tested(object, name);
  }
  if (result) return result;
  interpreter.uncertain();
  if (known_string_method(name) || first)
    return py_unknown("." + std::string(name) + "() is not evaluated here", arguments.place);
  return std::nullopt;
}

}  // namespace trainlint
