// Parts of values: subscripts, slices, attributes, iteration, comprehensions.
#include "lint/project/interpreter.h"

namespace trainlint {

static std::vector<size_t> code_points(std::string_view text) {
  std::vector<size_t> starts;
  for (size_t i = 0; i < text.size(); i++)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  starts.push_back(text.size());
  return starts;
}

std::optional<std::vector<PyValue>> Interpreter::iterate(const PyValue& value) {
  if (value.container()) {
    if (!value.items->lost.empty()) return std::nullopt;
    if (!value.is(PyKind::dict)) return value.items->items;
    std::vector<PyValue> keys;
    for (size_t i = 0; i < value.items->items.size(); i += 2) keys.push_back(value.items->items[i]);
    return keys;
  }
  if (value.is(PyKind::iterator)) return std::exchange(value.items->items, {});
  if (value.is(PyKind::string)) {
    std::vector<PyValue> letters;
    std::vector<size_t> starts = code_points(value.text);
    for (size_t i = 0; i + 1 < starts.size(); i++)
      letters.push_back(py_piece(value, starts[i], starts[i + 1] - starts[i]));
    return letters;
  }
  if (value.is(PyKind::file) && value.number == 0) {
    PyValue lines = call_method(value, "readlines", {});
    if (lines.is(PyKind::list)) return lines.items->items;
  }
  return std::nullopt;
}

static PyValue cannot_index(const PyValue& object, const Place& place) {
  if (!object.known()) return object;
  if (object.container() && !object.items->lost.empty())
    return py_unknown(object.items->lost, object.items->lost_place);
  if (object.is(PyKind::library)) return py_unknown("uses " + object.text + "[...]", place);
  return py_unknown("a subscript that is not evaluated", place);
}

static PyValue version_part(const PyValue& object, const PyValue& index, const Place& place) {
  if (index.is(PyKind::integer) && index.number == 0) return py_int(3);
  return cannot_index(object, place);
}

PyValue Interpreter::subscript(const PyValue& object, const PyValue& index, const Place& place) {
  if (object.is(PyKind::dict)) {
    std::optional<size_t> found = dict_find(*object.items, index);
    if (found && *found < object.items->items.size()) return object.items->items[*found];
    if (found && index.known())
      return raise("KeyError", "KeyError: " + python_repr(index).value_or("a key"), place);
    uncertain();
    return index.known() ? cannot_index(object, place) : index;
  }
  if (object.is(PyKind::version)) return version_part(object, index, place);
  if (object.is(PyKind::arguments)) {
    if (extension) extension->reads_argv(*this, index, place);
    PyValue word = py_string("setup.py");
    if (!index.is(PyKind::integer) || index.number != 0 || extension)
      word = py_unknown("sys.argv", place), word.kind = PyKind::word;
    return word;
  }
  if (object.is(PyKind::match)) return call_method(object, "group", {{index}, {}, {}, place});
  bool text = object.is(PyKind::string);
  if ((!object.sequence() && !text) || (object.container() && !object.items->lost.empty()) ||
      !(index.is(PyKind::integer) || index.is(PyKind::boolean))) {
    uncertain();
    return index.known() ? cannot_index(object, place) : index;
  }
  std::vector<size_t> starts;
  if (text) starts = code_points(object.text);
  int64_t size = static_cast<int64_t>(text ? starts.size() - 1 : object.items->items.size());
  int64_t at = index.number < 0 ? index.number + size : index.number;
  if (at < 0 || at >= size) {
    if (text && mentions_root(object.text))
      return py_unknown("depends on the folder's name", place);
    return raise("IndexError",
                 "IndexError: " + std::string(type_name(object)) + " index out of range", place);
  }
  auto i = static_cast<size_t>(at);
  return text ? py_piece(object, starts[i], starts[i + 1] - starts[i]) : object.items->items[i];
}

PyValue Interpreter::subscript_expression(Node node) {
  const Syntax& tree = syntax();
  PyValue object = evaluate(tree.field(node, field_value));
  Node index = tree.field(node, field_subscript);
  if (index == Syntax::none) return unknown("a syntax error", node);
  if (tree.kind(index) == sym_slice) return slice(object, index);
  return subscript(object, evaluate(index), place(node));
}

// Clamps a slice bound as Python does for a positive step.
static int64_t bound(int64_t given, int64_t size) {
  if (given < 0) given += size;
  return given < 0 ? 0 : given > size ? size : given;
}

PyValue Interpreter::slice(const PyValue& object, Node node) {
  const Syntax& tree = syntax();
  std::optional<PyValue> parts[3];
  size_t at = 0;
  for (Node child = tree.first(node); child != Syntax::none; child = tree.sibling(child, node)) {
    if (tree.text(child) == ":")
      at++;
    else if (at < 3 && tree.named(child) && tree.kind(child) != sym_comment)
      parts[at] = evaluate(child);
  }
  for (const auto& part : parts)
    if (part && !part->is(PyKind::integer) && !part->is(PyKind::none))
      return cannot_index(*part, place(node));
  auto given = [&](size_t i) { return parts[i] && parts[i]->is(PyKind::integer); };
  if (object.is(PyKind::version)) {
    PyValue result = object;
    if (given(0) || given(2) || !given(1)) return cannot_index(object, place(node));
    result.number = parts[1]->number;
    return result.number > 0 ? result : cannot_index(object, place(node));
  }
  if (object.is(PyKind::arguments) && !given(1) && !given(2)) {
    PyValue words = py_unknown("reads sys.argv", place(node));
    words.number = given(0) ? parts[0]->number : 0;  // how many are left out in front
    return words;
  }
  bool text = object.is(PyKind::string);
  if ((!object.sequence() && !text) || (object.container() && !object.items->lost.empty()))
    return cannot_index(object, place(node));
  std::vector<size_t> starts;
  if (text) starts = code_points(object.text);
  int64_t size = static_cast<int64_t>(text ? starts.size() - 1 : object.items->items.size());
  int64_t step = given(2) ? parts[2]->number : 1;
  if (step == 1) {
    int64_t begin = given(0) ? bound(parts[0]->number, size) : 0;
    int64_t end = given(1) ? bound(parts[1]->number, size) : size;
    if (end < begin) end = begin;
    auto b = static_cast<size_t>(begin), e = static_cast<size_t>(end);
    if (text) return py_piece(object, starts[b], starts[e] - starts[b]);
    auto first = object.items->items.begin();
    return py_container(object.kind, {first + begin, first + end}, place(node));
  }
  if (step == -1 && !given(0) && !given(1) && !text)
    return py_container(object.kind, {object.items->items.rbegin(), object.items->items.rend()},
                        place(node));
  return unknown("a slice that is not evaluated", node);
}

PyValue Interpreter::attribute(const PyValue& object, std::string_view name, const Place& place) {
  std::string full = object.text + "." + std::string(name);
  switch (object.kind) {
    case PyKind::unknown:
      return object;
    case PyKind::library:
      if (std::optional<PyValue> constant = library_constant(full)) {
        constant->place = place;
        return *constant;
      }
      return py_library(full);
    case PyKind::module: {
      if (auto found = object.scope->names.find(name); found != object.scope->names.end())
        return found->second;
      std::string file = object.text + "." + std::string(name);
      if (auto path = module_file(file); path && modules_.contains(*path)) {
        PyValue module = py_library(file);
        module.kind = PyKind::module;
        module.scope = modules_[*path];
        return module;
      }
      uncertain();
      return py_unknown("'" + full + "' is not bound by plain statements", place);
    }
    case PyKind::version:
      if (name == "major") return py_int(3);
      return py_unknown("sys.version_info." + std::string(name), place);
    case PyKind::path:
      if (MethodResult result = path_attribute(*this, object, name)) return *result;
      break;
    case PyKind::type:
    case PyKind::instance:
      if (extension && object.scope) return instance_attribute(object, name, place);
      uncertain();
      return py_unknown("'." + std::string(name) + "' is not evaluated", place);
    case PyKind::function:
    case PyKind::word:
    case PyKind::arguments:
      uncertain();
      return py_unknown("'." + std::string(name) + "' is not evaluated", place);
    default:
      break;
  }
  PyValue method;
  method.kind = PyKind::method;
  method.text = name;
  method.items = std::make_shared<PyItems>();
  method.items->items.push_back(object);
  method.place = place;
  return method;
}

// Runs the clauses from `at` on, and `produce` for each combination; false when something in them
// is unknown.
bool Interpreter::comprehend(Node node, const std::vector<Node>& clauses, size_t at,
                             const std::function<bool()>& produce) {
  if (stopped()) return false;
  if (at == clauses.size()) return produce();
  const Syntax& tree = syntax();
  Node clause = clauses[at];
  if (tree.kind(clause) == sym_if_clause) {
    std::vector<Node> inner = children(clause);
    PyValue condition = inner.empty() ? unknown("a syntax error", clause) : evaluate(inner[0]);
    std::optional<bool> holds = truth(condition);
    if (!holds) {
      returned_ = condition.known()
                      ? unknown("depends on '" + std::string(tree.text(clause)) + "'", clause)
                      : condition;
      return false;
    }
    return !*holds || comprehend(node, clauses, at + 1, produce);
  }
  PyValue source = evaluate(tree.field(clause, field_right));
  std::optional<std::vector<PyValue>> items = iterate(source);
  if (!items) {
    returned_ = first_unknown(source).value_or(
        source.is(PyKind::library) ? unknown("uses " + source.text, clause)
                                   : unknown("an iteration that is not evaluated", clause));
    return false;
  }
  for (PyValue& item : *items) {
    assign(tree.field(clause, field_left), std::move(item));
    if (!comprehend(node, clauses, at + 1, produce)) return false;
  }
  return true;
}

PyValue Interpreter::comprehension(Node node) {
  const Syntax& tree = syntax();
  std::vector<Node> clauses;
  for (Node child : children(node))
    if (tree.kind(child) == sym_for_in_clause || tree.kind(child) == sym_if_clause)
      clauses.push_back(child);
  Node body = tree.field(node, field_body);
  bool dict = tree.kind(node) == sym_dictionary_comprehension;
  PyKind kind = dict                                       ? PyKind::dict
                : tree.kind(node) == sym_set_comprehension ? PyKind::set
                                                           : PyKind::list;
  PyValue result = py_container(kind, {}, place(node));
  if (tree.kind(node) == sym_generator_expression) result.kind = PyKind::iterator;
  PyScope* outer = scope_;
  scope_ = new_scope(outer, outer->module);
  bool complete = comprehend(node, clauses, 0, [&] {
    if (dict) {
      PyValue key = evaluate(tree.field(body, field_key));
      dict_set(*result.items, key, evaluate(tree.field(body, field_value)));
      return true;
    }
    PyValue value = evaluate(body);
    bool repeated = false;
    if (kind == PyKind::set)
      for (const PyValue& item : result.items->items)
        repeated |= equal(item, value).value_or(false);
    if (!repeated) result.items->items.push_back(std::move(value));
    return true;
  });
  scope_ = outer;
  if (complete) return result;
  uncertain();
  PyValue why = returned_.known() ? unknown("not reached", node) : returned_;
  doubt(node, why);
  return why;
}

}  // namespace trainlint
