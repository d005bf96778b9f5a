#include "lint/project/interpreter.h"

namespace trainlint {

static constexpr size_t size_limit = 1 << 20;  // of a string or list that an operator makes

static PyValue not_evaluated(std::string_view op, const PyValue& left, const PyValue& right,
                             const Place& place) {
  for (const PyValue* value : {&left, &right}) {
    if (!value->known()) return *value;
    if (value->container() && !value->items->lost.empty())
      return py_unknown(value->items->lost, value->items->lost_place);
    if (value->is(PyKind::library)) return py_unknown("uses " + value->text, place);
  }
  return py_unknown("'" + std::string(op) + "' of " + std::string(type_name(left)) + " and " +
                        std::string(type_name(right)) + " is not evaluated",
                    place);
}

static std::string joined_path(const std::string& left, const std::string& right) {
  if (right.starts_with('/') || left.empty()) return right;
  return left.ends_with('/') ? left + right : left + "/" + right;
}

static PyValue repeated(const PyValue& value, int64_t times, const Place& place) {
  if (times < 0) times = 0;
  size_t length = value.container() ? value.items->items.size() : value.text.size();
  if (length * static_cast<uint64_t>(times) > size_limit || times > 1 << 20)
    return py_unknown("too much to evaluate", place);
  PyValue result = value;
  result.place = place;
  if (!value.container()) {
    result.text.clear();
    for (int64_t i = 0; i < times; i++) result.text += value.text;
    return result;
  }
  result.items = std::make_shared<PyItems>();
  for (int64_t i = 0; i < times; i++)
    result.items->items.insert(result.items->items.end(), value.items->items.begin(),
                               value.items->items.end());
  return result;
}

static std::optional<PyValue> integer_result(std::string_view op, int64_t a, int64_t b) {
  int64_t out = 0;
  if (op == "+" && !__builtin_add_overflow(a, b, &out)) return py_int(out);
  if (op == "-" && !__builtin_sub_overflow(a, b, &out)) return py_int(out);
  if (op == "*" && !__builtin_mul_overflow(a, b, &out)) return py_int(out);
  bool divides = b != 0 && !(a == INT64_MIN && b == -1);
  if (op == "/" && b != 0) return py_real(static_cast<double>(a) / static_cast<double>(b));
  if (op == "//" && divides) return py_int(a / b - (a % b != 0 && (a < 0) != (b < 0)));
  if (op == "%" && divides) return py_int((a % b + b) % b);
  if (op == "|") return py_int(a | b);
  if (op == "&") return py_int(a & b);
  return std::nullopt;
}

static std::optional<PyValue> arithmetic(std::string_view op, const PyValue& left,
                                         const PyValue& right) {
  if (left.kind != PyKind::real && right.kind != PyKind::real)
    return integer_result(op, left.number, right.number);
  double a = left.kind == PyKind::real ? left.real : static_cast<double>(left.number);
  double b = right.kind == PyKind::real ? right.real : static_cast<double>(right.number);
  if (op == "+") return py_real(a + b);
  if (op == "-") return py_real(a - b);
  if (op == "*") return py_real(a * b);
  if (op == "/" && b != 0) return py_real(a / b);
  return std::nullopt;
}

static PyValue set_operation(std::string_view op, const PyValue& left, const PyValue& right,
                             const Place& place) {
  PyValue result = py_container(PyKind::set, {}, place);
  auto holds = [](const PyValue& set, const PyValue& item) {
    for (const PyValue& other : set.items->items)
      if (equal(other, item).value_or(false)) return true;
    return false;
  };
  for (const PyValue& item : left.items->items)
    if (op == "|" || holds(right, item) == (op == "&")) result.items->items.push_back(item);
  if (op == "|")
    for (const PyValue& item : right.items->items)
      if (!holds(left, item)) result.items->items.push_back(item);
  return result;
}

static PyValue merged_dicts(const PyValue& left, const PyValue& right, const Place& place) {
  PyValue result = py_container(PyKind::dict, left.items->items, place);
  for (size_t i = 0; i + 1 < right.items->items.size(); i += 2)
    dict_set(*result.items, right.items->items[i], right.items->items[i + 1]);
  return result;
}

static PyValue concatenated(const PyValue& left, const PyValue& right, const Place& place) {
  if (!left.container()) {
    if (left.text.size() + right.text.size() > 16 * size_limit)
      return py_unknown("too much to evaluate", place);
    PyValue result = left;
    result.text += right.text;
    result.place = place;
    return result;
  }
  PyValue result = py_container(left.kind, left.items->items, place);
  result.items->items.insert(result.items->items.end(), right.items->items.begin(),
                             right.items->items.end());
  return result;
}

// What an operator may have to copy, in steps.
static size_t weight(const PyValue& value) {
  return value.container() ? value.items->items.size() / 4 : value.text.size() / 256;
}

PyValue Interpreter::binary(std::string_view op, const PyValue& left, const PyValue& right,
                            const Place& place) {
  steps_ += weight(left) + weight(right);
  auto text = [](const PyValue& v) { return v.is(PyKind::string) || v.is(PyKind::bytes); };
  if (op == "%" && left.is(PyKind::string)) return format_percent(left, right, place);
  if (op == "/" && left.is(PyKind::path) && (right.is(PyKind::string) || right.is(PyKind::path)))
    return py_path(joined_path(left.text, right.text), place);
  if (op == "/" && left.is(PyKind::string) && right.is(PyKind::path))
    return py_path(joined_path(left.text, right.text), place);
  bool lost = (left.container() && !left.items->lost.empty()) ||
              (right.container() && !right.items->lost.empty());
  if (lost || !left.known() || !right.known()) {
    uncertain();
    return not_evaluated(op, left, right, place);
  }
  if (left.numeric() && right.numeric())
    if (std::optional<PyValue> result = arithmetic(op, left, right)) return *result;
  if (op == "+" && left.kind == right.kind && (text(left) || left.sequence()))
    return concatenated(left, right, place);
  if (op == "*" && (text(left) || left.sequence()) && right.numeric() && !right.is(PyKind::real))
    return repeated(left, right.number, place);
  if (op == "*" && (text(right) || right.sequence()) && left.numeric() && !left.is(PyKind::real))
    return repeated(right, left.number, place);
  if (left.is(PyKind::set) && right.is(PyKind::set) && (op == "|" || op == "&" || op == "-"))
    return set_operation(op, left, right, place);
  if (op == "|" && left.is(PyKind::dict) && right.is(PyKind::dict))
    return merged_dicts(left, right, place);
  bool mixed = op == "+" &&
               ((text(left) && (right.sequence() || right.numeric() || right.is(PyKind::none))) ||
                (left.sequence() && (text(right) || right.sequence() || right.is(PyKind::none))));
  if (mixed)
    return raise(
        "TypeError",
        "cannot add " + std::string(type_name(left)) + " and " + std::string(type_name(right)),
        place);
  uncertain();
  return not_evaluated(op, left, right, place);
}

// The words that a build may have on its command line: gcloud's and pip's.
static bool may_be_command_word(std::string_view word) {
  static constexpr std::string_view possible[] = {
      "setup.py", "sdist",     "bdist_wheel",    "egg_info",  "dist_info", "build",
      "install",  "develop",   "editable_wheel", "build_ext", "build_py",  "clean",
      "check",    "bdist_egg", "--version",      "--name"};
  if (word.starts_with("--") && word.find('=') != std::string_view::npos) return true;
  for (std::string_view known : possible)
    if (word == known) return true;
  static constexpr std::string_view options[] = {"--dist-dir",
                                                 "--formats",
                                                 "--egg-base",
                                                 "--record",
                                                 "--compile",
                                                 "--user",
                                                 "--prefix",
                                                 "--root",
                                                 "--home",
                                                 "--quiet",
                                                 "-q",
                                                 "--no-user-cfg",
                                                 "--single-version-externally-managed",
                                                 "--install-headers",
                                                 "--no-deps",
                                                 "--keep-egg-info",
                                                 "--output-dir",
                                                 "--universal",
                                                 "-d",
                                                 "-b",
                                                 "--egg-path",
                                                 "--dist-info-dir",
                                                 "--plat-name",
                                                 "--python-tag",
                                                 "--build-number",
                                                 "--verbose"};
  for (std::string_view known : options)
    if (word == known) return true;
  return word.starts_with('/') || word.starts_with('.') || word.find('.') != std::string_view::npos;
}

// A comparison of sys.version_info holds or fails for every Python that may run this, or is
// unknown.
static std::optional<bool> version_compare(std::string_view op, const PyValue& version,
                                           const PyValue& other) {
  // From AI Platform's oldest Python 3 to the newest that Vertex AI or gcloud may have.
  static constexpr int64_t first_minor = 5, last_minor = 14;
  if (!other.sequence() || other.items->items.empty()) return std::nullopt;
  int64_t parts[2] = {0, 0};
  size_t count = other.items->items.size();
  for (size_t i = 0; i < count && i < 2; i++) {
    if (!other.items->items[i].is(PyKind::integer)) return std::nullopt;
    parts[i] = other.items->items[i].number;
  }
  std::optional<bool> result;
  for (int64_t minor = first_minor; minor <= last_minor; minor++) {
    // The running version has more parts than (3, 7): it is greater than that, never equal.
    bool longer = version.number == 0 || version.number > static_cast<int64_t>(count);
    int sign = parts[0] != 3          ? (parts[0] < 3 ? 1 : -1)
               : count == 1           ? (longer ? 1 : 0)
               : parts[1] != minor    ? (parts[1] < minor ? 1 : -1)
               : count == 2 && longer ? 1
                                      : 0;
    if (sign == 0 && version.number != 2) return std::nullopt;
    bool holds = op == "<"    ? sign < 0
                 : op == "<=" ? sign <= 0
                 : op == ">"  ? sign > 0
                 : op == ">=" ? sign >= 0
                 : op == "==" ? sign == 0
                              : sign != 0;
    if (result && *result != holds) return std::nullopt;
    result = holds;
  }
  return result;
}

static std::optional<bool> contains(Interpreter& interpreter, const PyValue& item,
                                    const PyValue& holder) {
  if (holder.is(PyKind::arguments) && item.is(PyKind::string))
    return interpreter.extension || may_be_command_word(item.text) ? std::nullopt
                                                                   : std::optional(false);
  if (holder.is(PyKind::string) && item.is(PyKind::string)) {
    if (mentions_root(holder.text) || mentions_root(item.text)) return std::nullopt;
    return holder.text.find(item.text) != std::string::npos;
  }
  if (holder.is(PyKind::dict)) {
    std::optional<size_t> found = dict_find(*holder.items, item);
    return found ? std::optional(*found < holder.items->items.size()) : std::nullopt;
  }
  std::optional<std::vector<PyValue>> items = interpreter.iterate(holder);
  if (!items) return std::nullopt;
  bool unsure = false;
  for (const PyValue& other : *items) {
    std::optional<bool> same = equal(other, item);
    if (same == true) return true;
    unsure |= !same;
  }
  return unsure ? std::nullopt : std::optional(false);
}

static std::optional<bool> identity(const PyValue& left, const PyValue& right) {
  bool none = left.is(PyKind::none) || right.is(PyKind::none);
  auto plain = [](const PyValue& v) { return v.known() && !v.is(PyKind::library); };
  if (none && plain(left) && plain(right)) return left.kind == right.kind;
  if (left.is(PyKind::boolean) && right.is(PyKind::boolean)) return left.number == right.number;
  return std::nullopt;
}

static std::optional<bool> compared(Interpreter& interpreter, std::string_view op,
                                    const PyValue& left, const PyValue& right) {
  if (left.is(PyKind::version)) return version_compare(op, left, right);
  if (op == "in" || op.starts_with("not")) {
    std::optional<bool> holds = contains(interpreter, left, right);
    return holds ? std::optional(*holds == (op == "in")) : std::nullopt;
  }
  if (op.starts_with("is")) {
    std::optional<bool> same = identity(left, right);
    return same ? std::optional(*same == (op == "is")) : std::nullopt;
  }
  if (op == "==" || op == "!=" || op == "<>") {
    std::optional<bool> same = equal(left, right);
    for (const auto& [word, text] : {std::pair(&left, &right), std::pair(&right, &left)})
      if (word->is(PyKind::word) && text->is(PyKind::string) && !interpreter.extension &&
          !may_be_command_word(text->text))
        same = false;
    return same ? std::optional(*same == (op == "==")) : std::nullopt;
  }
  std::optional<int> sign = order(left, right);
  if (!sign) return std::nullopt;
  return op == "<" ? *sign < 0 : op == "<=" ? *sign <= 0 : op == ">" ? *sign > 0 : *sign >= 0;
}

PyValue Interpreter::compare(std::string_view op, const PyValue& left, const PyValue& right,
                             const Place& place) {
  if (std::optional<bool> holds = compared(*this, op, left, right)) return py_bool(*holds);
  return not_evaluated(op, left, right, place);
}

}  // namespace trainlint
