// Classes, followed where a trainer is run: their bodies, instances, and methods that are bound.
#include "lint/project/interpreter.h"

namespace trainlint {

// How a function of a class is called, in `number` of its value.
enum MethodBinding : int64_t {
  plain_method = 0,
  static_method = 1,
  class_method = 2,
  a_property = 3
};

PyValue Interpreter::make_class(Node node) {
  const Syntax& tree = syntax();
  PyValue type;
  type.kind = PyKind::type;
  type.text = tree.text(tree.field(node, field_name));
  type.place = place(node);
  type.items = std::make_shared<PyItems>();
  if (Node bases = tree.field(node, field_superclasses); bases != Syntax::none)
    for (Node base : children(bases)) type.items->items.push_back(evaluate(base));
  PyScope* outer = scope_;
  scope_ = type.scope = new_scope(outer, outer->module);
  run_block(tree.field(node, field_body));
  scope_ = outer;
  // Functions of a class do not see its names.
  for (auto& [name, value] : type.scope->names) {
    if (!value.is(PyKind::function) || value.function->scope != type.scope) continue;
    auto function = std::make_shared<PyFunction>(*value.function);
    function->scope = outer;
    value.function = std::move(function);
  }
  type.scope->outer = nullptr;
  return type;
}

// A member of a class or of its bases; `sure` is false where some base is not known.
const PyValue* Interpreter::class_member(const PyValue& type, std::string_view name, bool& sure,
                                         int depth) const {
  if (!type.is(PyKind::type) || !type.scope || depth > 20) {
    sure &= type.is(PyKind::library) && type.text == "object";
    return nullptr;
  }
  if (auto found = type.scope->names.find(name); found != type.scope->names.end())
    return &found->second;
  for (const PyValue& base : type.items->items)
    if (const PyValue* found = class_member(base, name, sure, depth + 1)) return found;
  return nullptr;
}

PyValue Interpreter::bound_method(const PyValue& function, const PyValue& object) const {
  PyValue method = function;
  method.kind = PyKind::method;
  method.items = std::make_shared<PyItems>();
  method.items->items.push_back(object);
  return method;
}

PyValue Interpreter::instance_attribute(const PyValue& object, std::string_view name,
                                        const Place& place) {
  bool is_instance = object.is(PyKind::instance), sure = true;
  PyValue type = object;
  if (is_instance) {
    type = object.scope->names["__class__"];
    auto own = object.scope->names.find(name);
    if (own != object.scope->names.end()) {
      if (object.items->lost.empty()) return own->second;
      return py_unknown(object.items->lost, object.items->lost_place);
    }
  }
  const PyValue* member = class_member(type, name, sure);
  if (!member || !sure) {
    uncertain();
    return py_unknown("'." + std::string(name) + "' is not evaluated", place);
  }
  if (!member->is(PyKind::function) || member->number == static_method) return *member;
  if (member->number == class_method) return bound_method(*member, type);
  if (!is_instance) return *member;
  if (member->number != a_property) return bound_method(*member, object);
  PyArguments self{{object}, {}, {}, place};
  return call_function(*member->function, std::move(self));
}

PyValue Interpreter::make_instance(const PyValue& type, PyArguments arguments) {
  PyValue object;
  object.kind = PyKind::instance;
  object.text = type.text;
  object.place = arguments.place;
  object.items = std::make_shared<PyItems>();
  object.scope = new_scope(nullptr, nullptr);
  object.scope->names["__class__"] = type;
  bool no_maker = true, sure = true;
  if (class_member(type, "__new__", no_maker)) return unknown_call(type.text, arguments);
  const PyValue* initializer = class_member(type, "__init__", sure);
  if (initializer && initializer->is(PyKind::function))
    call(bound_method(*initializer, object), std::move(arguments));
  else if (initializer || !sure)
    unknown_call(type.text, arguments);  // of a base: what it does with its arguments is not known
  return object;
}

// Does the decorator's expression start with something that the extension knows?
bool Interpreter::is_extensions_decorator(Node expression) {
  if (extension == nullptr) return false;
  const Syntax& tree = syntax();
  Node root = expression;
  while (tree.kind(root) == sym_call || tree.kind(root) == sym_attribute)
    root = tree.field(root, tree.kind(root) == sym_call ? field_function : field_object);
  if (tree.kind(root) != sym_identifier) return false;
  const PyValue value = evaluate(root);
  if (value.is(PyKind::object)) return true;
  if (!value.is(PyKind::library)) return false;
  Node named =
      tree.kind(expression) == sym_call ? tree.field(expression, field_function) : expression;
  const std::string_view rest = tree.text(named).substr(tree.text(root).size());
  return extension->decorates(value.text + std::string(rest));
}

// @staticmethod, @classmethod, @property and what the extension knows are followed; another
// decorator may do anything.
PyValue Interpreter::decorated(Node node) {
  const Syntax& tree = syntax();
  Node definition = tree.field(node, field_definition);
  int64_t binding = plain_method;
  std::vector<PyValue> decorators;
  for (Node child : children(node)) {
    if (tree.kind(child) != sym_decorator) continue;
    std::string_view text = tree.text(child);
    if (text == "@staticmethod")
      binding = static_method;
    else if (text == "@classmethod")
      binding = class_method;
    else if (text == "@property")
      binding = a_property;
    else if (!children(child).empty() && is_extensions_decorator(children(child)[0]))
      decorators.push_back(evaluate(children(child)[0]));
    else
      return unknown("a decorated definition", node);
  }
  if (tree.kind(definition) == sym_class_definition)
    return decorators.empty() ? make_class(definition) : unknown("a decorated definition", node);
  PyValue function = make_function(definition, tree.field(definition, field_parameters));
  function.number = binding;
  for (auto decorator = decorators.rbegin(); decorator != decorators.rend(); ++decorator)
    function = call(*decorator, {{function}, {}, {}, place(node)});
  return function;
}

}  // namespace trainlint
