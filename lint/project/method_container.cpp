// Methods of list, tuple, set and dict.
#include <algorithm>

#include "lint/project/interpreter.h"

namespace trainlint {

using Items = std::vector<PyValue>;

static PyValue lost_content(const PyValue& object) {
  return py_unknown(object.items->lost, object.items->lost_place);
}

static std::optional<size_t> index_of(const Items& items, const PyValue& wanted, bool& unsure) {
  for (size_t i = 0; i < items.size(); i++) {
    std::optional<bool> same = equal(items[i], wanted);
    if (same == true) return i;
    unsure |= !same;
  }
  return std::nullopt;
}

static PyValue extend(Interpreter& interpreter, const PyValue& object,
                      const PyArguments& arguments) {
  auto items = arguments.positional.size() == 1 ? interpreter.iterate(arguments.positional[0])
                                                : std::nullopt;
  if (items) {
    // A list may be extended by itself: `items` is a copy.
    if (object.items->items.size() + items->size() > 200'000)
      lose(object, "too much to evaluate", arguments.place);
    else
      object.items->items.insert(object.items->items.end(), items->begin(), items->end());
    return py_none();
  }
  interpreter.uncertain();
  PyValue why = arguments.unknown().value_or(
      py_unknown("extended by what is not evaluated", arguments.place));
  lose(object, why.text, why.place);
  return py_none();
}

static PyValue pop_item(Interpreter& interpreter, const PyValue& object,
                        const PyArguments& arguments) {
  Items& items = object.items->items;
  int64_t at = arguments.positional.empty() ? -1 : arguments.positional[0].number;
  if (!arguments.positional.empty() && !arguments.positional[0].is(PyKind::integer)) {
    lose(object, "pop() of something unknown", arguments.place);
    return py_unknown("pop() of something unknown", arguments.place);
  }
  if (at < 0) at += static_cast<int64_t>(items.size());
  if (at < 0 || at >= static_cast<int64_t>(items.size()))
    return interpreter.raise("IndexError", "IndexError: pop index out of range", arguments.place);
  PyValue taken = items[static_cast<size_t>(at)];
  items.erase(items.begin() + at);
  return taken;
}

static PyValue remove_item(Interpreter& interpreter, const PyValue& object,
                           const PyArguments& arguments) {
  bool unsure = false;
  if (arguments.positional.size() != 1)
    return py_unknown("remove() of something unknown", arguments.place);
  std::optional<size_t> found = index_of(object.items->items, arguments.positional[0], unsure);
  if (found && !unsure) {
    object.items->items.erase(object.items->items.begin() + static_cast<ptrdiff_t>(*found));
  } else if (unsure || !arguments.positional[0].known()) {
    interpreter.uncertain();
    lose(object, "remove() of something unknown", arguments.place);
  } else {
    return interpreter.raise("ValueError", "ValueError: remove() of what is not there",
                             arguments.place);
  }
  return py_none();
}

static MethodResult sort_in_place(Interpreter& interpreter, const PyValue& object,
                                  const PyArguments& arguments) {
  PyArguments with_items = arguments;
  with_items.positional.insert(with_items.positional.begin(),
                               py_container(PyKind::list, object.items->items));
  PyValue sorted = interpreter.call(py_library("sorted"), with_items);
  if (sorted.is(PyKind::list))
    object.items->items = sorted.items->items;
  else
    lose(object, "sorted by what is not evaluated", arguments.place);
  return py_none();
}

static MethodResult list_method(Interpreter& interpreter, const PyValue& object,
                                std::string_view name, const PyArguments& arguments) {
  Items& items = object.items->items;
  const PyValue* first = arguments.positional.empty() ? nullptr : &arguments.positional[0];
  if (name == "append" && first) {
    if (first->items && first->items == object.items)
      lose(object, "holds itself", arguments.place);
    else if (items.size() < 200'000)
      items.push_back(*first);
    return py_none();
  }
  if (name == "extend") return extend(interpreter, object, arguments);
  if (name == "insert" && arguments.positional.size() == 2 && first->is(PyKind::integer)) {
    int64_t size = static_cast<int64_t>(items.size());
    int64_t at = first->number < 0 ? std::max<int64_t>(0, first->number + size)
                                   : std::min(first->number, size);
    items.insert(items.begin() + at, arguments.positional[1]);
    return py_none();
  }
  if (name == "remove") return remove_item(interpreter, object, arguments);
  if (name == "pop") return pop_item(interpreter, object, arguments);
  if (name == "sort") return sort_in_place(interpreter, object, arguments);
  if (name == "reverse") return std::reverse(items.begin(), items.end()), py_none();
  if (name == "clear") return items.clear(), py_none();
  if (name == "copy") return py_container(PyKind::list, items, arguments.place);
  return std::nullopt;
}

static MethodResult look_up(const PyValue& object, std::string_view name,
                            const PyArguments& arguments) {
  if (arguments.positional.size() != 1) return std::nullopt;
  bool unsure = false;
  const Items& items = object.items->items;
  if (name == "index") {
    std::optional<size_t> found = index_of(items, arguments.positional[0], unsure);
    return found && !unsure ? MethodResult(py_int(static_cast<int64_t>(*found))) : std::nullopt;
  }
  if (name != "count") return std::nullopt;
  int64_t count = 0;
  for (const PyValue& item : items) {
    std::optional<bool> same = equal(item, arguments.positional[0]);
    if (!same) return std::nullopt;
    count += *same;
  }
  return py_int(count);
}

static MethodResult set_method(Interpreter& interpreter, const PyValue& object,
                               std::string_view name, const PyArguments& arguments) {
  auto add = [](Items& items, const PyValue& value) {
    bool unsure = false;
    if (!index_of(items, value, unsure)) items.push_back(value);
  };
  if (name == "add" && arguments.positional.size() == 1)
    return add(object.items->items, arguments.positional[0]), py_none();
  if (name != "update" && name != "union" && name != "difference" && name != "discard" &&
      name != "copy")
    return std::nullopt;
  if (name == "discard") {
    if (arguments.positional.size() != 1) return std::nullopt;
    bool unsure = false;
    std::optional<size_t> found = index_of(object.items->items, arguments.positional[0], unsure);
    if (unsure)
      lose(object, "discard() of something unknown", arguments.place);
    else if (found)
      object.items->items.erase(object.items->items.begin() + static_cast<ptrdiff_t>(*found));
    return py_none();
  }
  PyValue result =
      name == "update" ? object : py_container(PyKind::set, object.items->items, arguments.place);
  for (const PyValue& value : arguments.positional) {
    auto items = interpreter.iterate(value);
    if (!items) {
      lose(result, "joined with what is not evaluated", arguments.place);
      break;
    }
    for (const PyValue& item : *items) {
      bool unsure = false;
      if (name != "difference")
        add(result.items->items, item);
      else if (auto found = index_of(result.items->items, item, unsure))
        result.items->items.erase(result.items->items.begin() + static_cast<ptrdiff_t>(*found));
    }
  }
  return name == "update" ? py_none() : result;
}

static PyValue update_dict(Interpreter& interpreter, const PyValue& object,
                           const PyArguments& arguments) {
  PyValue given = interpreter.call(py_library("dict"), arguments);
  if (!given.is(PyKind::dict) || !given.items->lost.empty()) {
    PyValue why = first_unknown(given).value_or(
        py_unknown("updated with what is not evaluated", arguments.place));
    lose(object, why.text, why.place);
    return py_none();
  }
  for (size_t i = 0; i + 1 < given.items->items.size(); i += 2)
    dict_set(*object.items, given.items->items[i], given.items->items[i + 1]);
  return py_none();
}

static PyValue dict_view(const PyValue& object, std::string_view name, const Place& place) {
  Items out;
  const Items& items = object.items->items;
  for (size_t i = 0; i + 1 < items.size(); i += 2) {
    if (name == "items")
      out.push_back(py_container(PyKind::tuple, {items[i], items[i + 1]}, place));
    else
      out.push_back(items[name == "values" ? i + 1 : i]);
  }
  return py_container(PyKind::list, std::move(out), place);
}

static MethodResult dict_lookup(Interpreter& interpreter, const PyValue& object,
                                std::string_view name, const PyArguments& arguments) {
  if (arguments.positional.empty()) return std::nullopt;
  const PyValue& key = arguments.positional[0];
  PyValue otherwise = arguments.positional.size() > 1 ? arguments.positional[1] : py_none();
  std::optional<size_t> found = dict_find(*object.items, key);
  if (!found) {
    if (name != "get") lose(object, "a key that cannot be evaluated", arguments.place);
    return key.known() ? py_unknown("a key that cannot be evaluated", arguments.place) : key;
  }
  Items& items = object.items->items;
  bool there = *found < items.size();
  PyValue value = there ? items[*found] : otherwise;
  if (name == "setdefault" && !there) dict_set(*object.items, key, otherwise);
  if (name == "pop" && there)
    items.erase(items.begin() + static_cast<ptrdiff_t>(*found) - 1,
                items.begin() + static_cast<ptrdiff_t>(*found) + 1);
  if (name == "pop" && !there && arguments.positional.size() < 2)
    return interpreter.raise("KeyError", "KeyError: " + python_repr(key).value_or("a key"),
                             arguments.place);
  return value;
}

MethodResult container_method(Interpreter& interpreter, const PyValue& object,
                              std::string_view name, const PyArguments& arguments) {
  if (!object.items->lost.empty()) {
    interpreter.uncertain();
    return lost_content(object);
  }
  MethodResult result;
  if (object.is(PyKind::dict)) {
    if (name == "items" || name == "keys" || name == "values")
      return dict_view(object, name, arguments.place);
    if (name == "copy") return py_container(PyKind::dict, object.items->items, arguments.place);
    if (name == "clear") return object.items->items.clear(), py_none();
    if (name == "update") return update_dict(interpreter, object, arguments);
    if (name == "get" || name == "pop" || name == "setdefault")
      result = dict_lookup(interpreter, object, name, arguments);
  } else {
    if (object.is(PyKind::list)) result = list_method(interpreter, object, name, arguments);
    if (object.is(PyKind::set)) result = set_method(interpreter, object, name, arguments);
    if (!result && object.sequence()) result = look_up(object, name, arguments);
  }
  return result;
}

}  // namespace trainlint
