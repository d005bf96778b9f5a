#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

// Values of the static evaluator of setup.py. What cannot be known is a value like any other: it
// carries the reason and the place where knowledge ended, and spreads through every operation.

enum class PyKind : uint8_t {
  unknown,  // text is the reason
  none,
  boolean,    // number
  integer,    // number
  real,       // real
  string,     // text, UTF-8
  bytes,      // text
  list,       // items
  tuple,      // items
  set,        // items, no two equal
  dict,       // items: key, value, key, value, ... in insertion order
  path,       // a pathlib path; text
  iterator,   // items that can be gone through once
  file,       // open for reading: text is the content, items[0] the position; number 1 for bytes
  regex,      // text is the pattern, number the flags
  match,      // items: tuple of groups, dict of named groups, tuple of (begin, end)
  module,     // a module of the tree: scope
  library,    // a module, function or attribute of a library; text is its dotted name
  method,     // a bound method: text is the name, items[0] the object
  function,   // def or lambda
  type,       // a class statement; text is its name
  arguments,  // sys.argv of whatever build command runs
  word,       // one element of it
  version,    // sys.version_info (number 0) or its first `number` parts
  instance,   // of a class statement that was followed: scope holds its attributes
  object,     // made by an extension; number means something to it alone
};

struct PyValue;
struct PyFunction;
struct PyScope;

// What a list, tuple, set or dict holds; shared between all names of the same object.
struct PyItems {
  std::vector<PyValue> items;
  std::string lost;  // why the content is no longer known; "" while it is
  Place lost_place;
};

struct PyValue {
  PyKind kind = PyKind::none;
  int64_t number = 0;
  double real = 0;
  std::string text;
  std::shared_ptr<PyItems> items;
  std::shared_ptr<const PyFunction> function;
  PyScope* scope = nullptr;  // owned by the interpreter, which outlives its values
  // Where it is written. A string whose span is as long as its text stands there letter by letter
  // (it was cut out of a file), so that pieces of it have exact places too.
  Place place;

  bool is(PyKind wanted) const { return kind == wanted; }
  bool known() const { return kind != PyKind::unknown; }
  bool sequence() const { return kind == PyKind::list || kind == PyKind::tuple; }
  bool container() const { return kind >= PyKind::list && kind <= PyKind::dict; }
  bool mutable_container() const { return container() && kind != PyKind::tuple; }
  bool numeric() const { return kind >= PyKind::boolean && kind <= PyKind::real; }
};

// Marks the project's absolute folder in path strings: it is not known, but paths below it are.
// A string that still contains it at the end is unknown.
inline constexpr char root_mark = '\x01';
inline constexpr std::string_view root_path = "/\x01\x01\x01\x01";
bool mentions_root(std::string_view text);

PyValue py_unknown(std::string reason, Place place);
PyValue py_none();
PyValue py_bool(bool value);
PyValue py_int(int64_t value);
PyValue py_real(double value);
PyValue py_string(std::string text, Place place = {});
PyValue py_path(std::string text, Place place = {});
PyValue py_library(std::string name);
PyValue py_container(PyKind kind, std::vector<PyValue> items = {}, Place place = {});
PyValue py_iterator(std::vector<PyValue> items, Place place);
PyValue py_strings(const std::vector<std::string>& texts, Place place);

// The part of a string, with its exact place where the whole has one.
PyValue py_piece(const PyValue& whole, size_t offset, size_t length);

// Forgets what an object holds, for all its names; also what an instance or extension object is.
void lose(const PyValue& value, const std::string& reason, const Place& place);
// Is the value, with all it holds, free of unknowns? Otherwise the first unknown found.
std::optional<PyValue> first_unknown(const PyValue& value);

std::optional<bool> truth(const PyValue& value);
// ==, where it is known.
std::optional<bool> equal(const PyValue& left, const PyValue& right);
// <0, 0, >0 for values that Python orders.
std::optional<int> order(const PyValue& left, const PyValue& right);
std::optional<std::string> python_str(const PyValue& value);
std::optional<std::string> python_repr(const PyValue& value);

// Index of a key's value in a dict's items; items.size() when absent, nullopt when not known.
std::optional<size_t> dict_find(const PyItems& dict, const PyValue& key);
void dict_set(PyItems& dict, const PyValue& key, PyValue value);
const PyValue* dict_get(const PyValue& dict, std::string_view key);

// The name of the value's class, for messages.
std::string_view type_name(const PyValue& value);

}  // namespace trainlint
