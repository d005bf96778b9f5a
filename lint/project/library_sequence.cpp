// Built-in functions and itertools over sequences.
#include <algorithm>

#include "lint/project/library.h"

namespace trainlint {

using Items = std::vector<PyValue>;

static std::optional<Items> only_items(Interpreter& interpreter, const PyArguments& arguments) {
  if (arguments.lost || arguments.positional.size() != 1) return std::nullopt;
  return interpreter.iterate(arguments.positional[0]);
}

static PyValue make(Interpreter& interpreter, const PyArguments& arguments, PyKind kind,
                    std::string_view name) {
  if (arguments.positional.empty() && arguments.keywords.empty())
    return py_container(kind, {}, arguments.place);
  if (auto items = only_items(interpreter, arguments))
    return py_container(kind, std::move(*items), arguments.place);
  return not_known(interpreter, arguments, name);
}

static PyValue call_list(Interpreter& interpreter, const PyArguments& arguments) {
  return make(interpreter, arguments, PyKind::list, "list");
}
static PyValue call_tuple(Interpreter& interpreter, const PyArguments& arguments) {
  return make(interpreter, arguments, PyKind::tuple, "tuple");
}

static PyValue call_set(Interpreter& interpreter, const PyArguments& arguments) {
  PyValue set = make(interpreter, arguments, PyKind::set, "set");
  if (!set.is(PyKind::set)) return set;
  Items unique;
  for (PyValue& item : set.items->items) {
    bool present = std::any_of(unique.begin(), unique.end(),
                               [&](const PyValue& other) { return equal(other, item) == true; });
    if (!present) unique.push_back(std::move(item));
  }
  set.items->items = std::move(unique);
  return set;
}

static PyValue call_dict(Interpreter& interpreter, const PyArguments& arguments) {
  PyValue dict = py_container(PyKind::dict, {}, arguments.place);
  if (arguments.lost) lose(dict, arguments.lost->text, arguments.lost->place);
  for (const PyValue& given : arguments.positional) {
    auto items = given.is(PyKind::dict) ? std::nullopt : interpreter.iterate(given);
    if (given.is(PyKind::dict) && given.items->lost.empty()) {
      dict.items->items = given.items->items;
    } else if (items) {
      for (const PyValue& pair : *items) {
        if (!pair.sequence() || pair.items->items.size() != 2)
          return not_known(interpreter, arguments, "dict");
        dict_set(*dict.items, pair.items->items[0], pair.items->items[1]);
      }
    } else {
      return not_known(interpreter, arguments, "dict");
    }
  }
  for (const auto& [name, value] : arguments.keywords)
    dict_set(*dict.items, py_string(name, value.place), value);
  return dict;
}

// Sorts where all pairs can be ordered; false otherwise.
static bool sort_items(Interpreter& interpreter, Items& items, const PyArguments& arguments) {
  const PyValue* key = arguments.keyword("key");
  const PyValue* reverse = arguments.keyword("reverse");
  std::optional<bool> backwards = reverse ? truth(*reverse) : std::optional(false);
  if (!backwards || items.size() > 5000) return false;
  std::vector<std::pair<PyValue, PyValue>> keyed;
  for (PyValue& item : items) {
    PyValue by = key && !key->is(PyKind::none)
                     ? interpreter.call(*key, {{item}, {}, {}, arguments.place})
                     : item;
    keyed.emplace_back(std::move(by), item);
  }
  for (size_t i = 0; i + 1 < keyed.size(); i++) {
    bool same_kind = keyed[i].first.kind == keyed[0].first.kind && !keyed[i].first.container();
    if (!same_kind || !order(keyed[i].first, keyed[i + 1].first)) return false;
  }
  auto less = [](const auto& a, const auto& b) { return order(a.first, b.first).value_or(0) < 0; };
  if (*backwards) std::reverse(keyed.begin(), keyed.end());
  std::stable_sort(keyed.begin(), keyed.end(), less);
  if (*backwards) std::reverse(keyed.begin(), keyed.end());
  for (size_t i = 0; i < items.size(); i++) items[i] = std::move(keyed[i].second);
  return true;
}

static PyValue call_sorted(Interpreter& interpreter, const PyArguments& arguments) {
  auto items = arguments.positional.size() == 1 ? interpreter.iterate(arguments.positional[0])
                                                : std::nullopt;
  if (items && sort_items(interpreter, *items, arguments))
    return py_container(PyKind::list, std::move(*items), arguments.place);
  return not_known(interpreter, arguments, "sorted");
}

static PyValue call_reversed(Interpreter& interpreter, const PyArguments& arguments) {
  auto items = only_items(interpreter, arguments);
  if (!items) return not_known(interpreter, arguments, "reversed");
  std::reverse(items->begin(), items->end());
  return py_iterator(std::move(*items), arguments.place);
}

static PyValue call_range(Interpreter& interpreter, const PyArguments& arguments) {
  int64_t numbers[3] = {0, 0, 1};
  size_t count = arguments.positional.size();
  for (const PyValue& value : arguments.positional)
    if (!value.is(PyKind::integer)) return not_known(interpreter, arguments, "range");
  if (count == 0 || count > 3) return not_known(interpreter, arguments, "range");
  if (count == 1)
    numbers[1] = arguments.positional[0].number;
  else
    for (size_t i = 0; i < count; i++) numbers[i] = arguments.positional[i].number;
  bool sensible = numbers[2] != 0 && std::abs(numbers[0]) < 100'000 &&
                  std::abs(numbers[1]) < 100'000 && std::abs(numbers[2]) < 100'000;
  if (!sensible) return not_known(interpreter, arguments, "range");
  Items items;
  for (int64_t i = numbers[0]; numbers[2] > 0 ? i < numbers[1] : i > numbers[1]; i += numbers[2])
    items.push_back(py_int(i));
  return py_container(PyKind::list, std::move(items), arguments.place);
}

static PyValue call_enumerate(Interpreter& interpreter, const PyArguments& arguments) {
  auto items =
      arguments.positional.empty() ? std::nullopt : interpreter.iterate(arguments.positional[0]);
  const PyValue* start = arguments.get(1, "start");
  if (!items || (start && !start->is(PyKind::integer)))
    return not_known(interpreter, arguments, "enumerate");
  int64_t number = start ? start->number : 0;
  for (PyValue& item : *items)
    item = py_container(PyKind::tuple, {py_int(number++), item}, item.place);
  return py_iterator(std::move(*items), arguments.place);
}

static PyValue call_zip(Interpreter& interpreter, const PyArguments& arguments) {
  std::vector<Items> columns;
  size_t rows = SIZE_MAX;
  for (const PyValue& value : arguments.positional) {
    auto items = interpreter.iterate(value);
    if (!items || arguments.lost) return not_known(interpreter, arguments, "zip");
    rows = std::min(rows, items->size());
    columns.push_back(std::move(*items));
  }
  Items out;
  for (size_t i = 0; !columns.empty() && i < rows; i++) {
    Items row;
    for (const Items& column : columns) row.push_back(column[i]);
    out.push_back(py_container(PyKind::tuple, std::move(row), arguments.place));
  }
  return py_iterator(std::move(out), arguments.place);
}

static PyValue call_map(Interpreter& interpreter, const PyArguments& arguments) {
  auto items = arguments.positional.size() == 2 ? interpreter.iterate(arguments.positional[1])
                                                : std::nullopt;
  if (!items) return not_known(interpreter, arguments, "map");
  for (PyValue& item : *items)
    item = interpreter.call(arguments.positional[0], {{item}, {}, {}, arguments.place});
  return py_iterator(std::move(*items), arguments.place);
}

static PyValue call_filter(Interpreter& interpreter, const PyArguments& arguments) {
  auto items = arguments.positional.size() == 2 ? interpreter.iterate(arguments.positional[1])
                                                : std::nullopt;
  if (!items) return not_known(interpreter, arguments, "filter");
  const PyValue& test = arguments.positional[0];
  Items kept;
  for (PyValue& item : *items) {
    std::optional<bool> holds = truth(
        test.is(PyKind::none) ? item : interpreter.call(test, {{item}, {}, {}, arguments.place}));
    if (!holds) return not_known(interpreter, arguments, "filter");
    if (*holds) kept.push_back(std::move(item));
  }
  return py_iterator(std::move(kept), arguments.place);
}

static PyValue any_all(Interpreter& interpreter, const PyArguments& arguments, bool any) {
  auto items = only_items(interpreter, arguments);
  bool unsure = !items;
  for (const PyValue& item : items ? *items : Items{}) {
    std::optional<bool> holds = truth(item);
    if (holds == any) return py_bool(any);
    unsure |= !holds;
  }
  return unsure ? not_known(interpreter, arguments, any ? "any" : "all") : py_bool(!any);
}
static PyValue call_any(Interpreter& interpreter, const PyArguments& arguments) {
  return any_all(interpreter, arguments, true);
}
static PyValue call_all(Interpreter& interpreter, const PyArguments& arguments) {
  return any_all(interpreter, arguments, false);
}

static PyValue call_sum(Interpreter& interpreter, const PyArguments& arguments) {
  auto items =
      arguments.positional.empty() ? std::nullopt : interpreter.iterate(arguments.positional[0]);
  if (!items) return not_known(interpreter, arguments, "sum");
  const PyValue* start = arguments.get(1, "start");
  PyValue total = start ? *start : py_int(0);
  for (const PyValue& item : *items) total = interpreter.binary("+", total, item, arguments.place);
  return total;
}

static PyValue extreme(Interpreter& interpreter, const PyArguments& arguments, int sign) {
  auto items = arguments.positional.size() > 1 ? std::optional(arguments.positional)
                                               : only_items(interpreter, arguments);
  if (!items || items->empty() || !arguments.keywords.empty())
    return not_known(interpreter, arguments, "max");
  PyValue best = items->front();
  for (const PyValue& item : *items) {
    std::optional<int> result = order(item, best);
    if (!result) return not_known(interpreter, arguments, "max");
    if (*result * sign > 0) best = item;
  }
  return best;
}
static PyValue call_max(Interpreter& interpreter, const PyArguments& arguments) {
  return extreme(interpreter, arguments, 1);
}
static PyValue call_min(Interpreter& interpreter, const PyArguments& arguments) {
  return extreme(interpreter, arguments, -1);
}

static PyValue call_next(Interpreter& interpreter, const PyArguments& arguments) {
  if (!arguments.positional.empty() && arguments.positional[0].is(PyKind::iterator)) {
    Items& items = arguments.positional[0].items->items;
    if (items.empty() && arguments.positional.size() > 1) return arguments.positional[1];
    if (items.empty()) return interpreter.raise("StopIteration", "StopIteration", arguments.place);
    PyValue first = items.front();
    items.erase(items.begin());
    return first;
  }
  return not_known(interpreter, arguments, "next");
}

static PyValue call_iter(Interpreter& interpreter, const PyArguments& arguments) {
  auto items = only_items(interpreter, arguments);
  if (!items) return not_known(interpreter, arguments, "iter");
  return py_iterator(std::move(*items), arguments.place);
}

static PyValue call_chain(Interpreter& interpreter, const PyArguments& arguments) {
  Items all;
  if (arguments.lost) return not_known(interpreter, arguments, "itertools.chain");
  for (const PyValue& value : arguments.positional) {
    auto items = interpreter.iterate(value);
    if (!items) return not_known(interpreter, arguments, "itertools.chain");
    all.insert(all.end(), items->begin(), items->end());
  }
  return py_iterator(std::move(all), arguments.place);
}

static PyValue call_chain_from(Interpreter& interpreter, const PyArguments& arguments) {
  auto items = only_items(interpreter, arguments);
  if (!items) return not_known(interpreter, arguments, "itertools.chain.from_iterable");
  return call_chain(interpreter, {std::move(*items), {}, {}, arguments.place});
}

std::span<const LibraryEntry> sequence_functions() {
  static constexpr LibraryEntry table[] = {{"list", call_list},
                                           {"tuple", call_tuple},
                                           {"set", call_set},
                                           {"frozenset", call_set},
                                           {"dict", call_dict},
                                           {"collections.OrderedDict", call_dict},
                                           {"sorted", call_sorted},
                                           {"reversed", call_reversed},
                                           {"range", call_range},
                                           {"enumerate", call_enumerate},
                                           {"zip", call_zip},
                                           {"map", call_map},
                                           {"filter", call_filter},
                                           {"any", call_any},
                                           {"all", call_all},
                                           {"sum", call_sum},
                                           {"max", call_max},
                                           {"min", call_min},
                                           {"next", call_next},
                                           {"iter", call_iter},
                                           {"itertools.chain", call_chain},
                                           {"itertools.chain.from_iterable", call_chain_from}};
  return table;
}

}  // namespace trainlint
