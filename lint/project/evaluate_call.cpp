// Calls: of the script's own functions, of library functions and of methods.
#include "lint/project/effects.h"
#include "lint/project/interpreter.h"

namespace trainlint {

const PyValue* PyArguments::keyword(std::string_view name) const {
  for (const auto& [key, value] : keywords)
    if (key == name) return &value;
  return nullptr;
}

const PyValue* PyArguments::get(size_t position, std::string_view name) const {
  if (position < positional.size()) return &positional[position];
  return keyword(name);
}

std::optional<PyValue> PyArguments::unknown() const {
  if (lost) return lost;
  for (const PyValue& value : positional)
    if (auto found = first_unknown(value)) return found;
  for (const auto& [key, value] : keywords)
    if (auto found = first_unknown(value)) return found;
  return std::nullopt;
}

bool Interpreter::collect_arguments(Node node, PyArguments& arguments) {
  const Syntax& tree = syntax();
  if (tree.kind(node) == sym_generator_expression) {
    arguments.positional.push_back(evaluate(node));
    return !stopped();
  }
  for (Node child : children(node)) {
    switch (tree.kind(child)) {
      case sym_keyword_argument: {
        std::string name(tree.text(tree.field(child, field_name)));
        PyValue value = evaluate(tree.field(child, field_value));
        if (!value.place.span) value.place = place(child);
        arguments.keywords.emplace_back(std::move(name), std::move(value));
        break;
      }
      case sym_list_splat: {
        PyValue value = children(child).empty() ? py_none() : evaluate(children(child)[0]);
        if (auto items = iterate(value))
          arguments.positional.insert(arguments.positional.end(), items->begin(), items->end());
        else
          arguments.lost =
              first_unknown(value).value_or(this->unknown("an unpacked argument", child));
        break;
      }
      case sym_dictionary_splat: {
        PyValue value = children(child).empty() ? py_none() : evaluate(children(child)[0]);
        if (!value.is(PyKind::dict) || !value.items->lost.empty()) {
          auto why = first_unknown(value);
          arguments.lost = why ? *why : this->unknown("an unpacked argument", child);
          if (!value.is(PyKind::dict)) break;
        }
        for (size_t i = 0; i + 1 < value.items->items.size(); i += 2)
          if (value.items->items[i].is(PyKind::string))
            arguments.keywords.emplace_back(value.items->items[i].text, value.items->items[i + 1]);
        break;
      }
      default:
        arguments.positional.push_back(evaluate(child));
    }
    if (stopped()) return false;
  }
  return true;
}

PyValue Interpreter::call_expression(Node node) {
  const Syntax& tree = syntax();
  Node function = tree.field(node, field_function);
  PyValue object, callee;
  bool method = function != Syntax::none && tree.kind(function) == sym_attribute;
  std::string_view name;
  if (method) {
    object = evaluate(tree.field(function, field_object));
    name = tree.text(tree.field(function, field_attribute));
    bool plain = object.is(PyKind::library) || object.is(PyKind::module) || !object.known();
    if (plain) callee = attribute(object, name, place(function)), method = false;
    if (!object.known() && method_writes_files(name)) modules_may_appear = true;
  } else {
    callee = evaluate(function);
    if (callee.is(PyKind::unknown)) modules_may_appear = true;
  }
  PyArguments arguments;
  arguments.place = place(node);
  Node list = tree.field(node, field_arguments);
  if (list == Syntax::none || stopped() || !collect_arguments(list, arguments))
    return unknown("not reached", node);
  PyValue result =
      method ? call_method(object, name, std::move(arguments)) : call(callee, std::move(arguments));
  if (result.place.path.empty()) result.place = place(node);
  return result;
}

static std::vector<std::string> first_words(const PyArguments& arguments) {
  std::vector<std::string> words;
  const PyValue* first = arguments.positional.empty() ? nullptr : &arguments.positional.front();
  if (!first || first->is(PyKind::string)) {
    if (first) words.push_back(first->text);
    return words;
  }
  if (!first->is(PyKind::list) && !first->is(PyKind::tuple)) return {};
  for (const PyValue& item : first->items->items)
    words.push_back(item.is(PyKind::string) ? item.text : "");
  return words;
}

PyValue Interpreter::unknown_call(const std::string& what, const PyArguments& arguments) {
  uncertain();
  files_may_appear = true;
  if (may_write_modules(what, first_words(arguments))) modules_may_appear = true;
  std::string reason = "calls " + what + "()";
  // Whoever is called may change what it is given.
  for (const PyValue& value : arguments.positional) {
    lose(value, reason, arguments.place);
    if (value.is(PyKind::module)) value.scope->names.clear(), value.scope->opaque = true;
  }
  for (const auto& [key, value] : arguments.keywords) lose(value, reason, arguments.place);
  return py_unknown(std::move(reason), arguments.place);
}

PyValue Interpreter::call(const PyValue& callee, PyArguments arguments) {
  switch (callee.kind) {
    case PyKind::library:
      if (extension)
        if (std::optional<PyValue> result = extension->call(*this, callee.text, arguments))
          return *result;
      if (LibraryFunction function = find_library_function(callee.text))
        return function(*this, arguments);
      // str.strip as a function: the first argument is the object.
      if (callee.text.starts_with("str.") && !arguments.positional.empty()) {
        PyValue object = arguments.positional.front();
        arguments.positional.erase(arguments.positional.begin());
        if (object.is(PyKind::string))
          return call_method(object, std::string_view(callee.text).substr(4), std::move(arguments));
      }
      return unknown_call(callee.text, arguments);
    case PyKind::function:
      return call_function(*callee.function, std::move(arguments));
    case PyKind::type:
      if (extension && callee.scope) return make_instance(callee, std::move(arguments));
      modules_may_appear = true;
      return unknown_call(callee.text, arguments);
    case PyKind::method:
      if (callee.function) {
        arguments.positional.insert(arguments.positional.begin(), callee.items->items[0]);
        return call_function(*callee.function, std::move(arguments));
      }
      return call_method(callee.items->items[0], callee.text, std::move(arguments));
    case PyKind::unknown: {
      PyValue why = unknown_call("something unknown", arguments);
      return callee.text.empty() ? why : callee;
    }
    case PyKind::object:
      if (extension)
        if (std::optional<PyValue> result = extension->apply(*this, callee, arguments))
          return *result;
      lose(callee, "is called", arguments.place);
      return unknown_call("an object", arguments);
    case PyKind::none:
    case PyKind::string:
    case PyKind::list:
    case PyKind::tuple:
    case PyKind::dict:
    case PyKind::integer:
    case PyKind::boolean:
      return raise("TypeError", "a " + std::string(type_name(callee)) + " is called",
                   arguments.place);
    default:
      return unknown_call(callee.text.empty() ? "an object" : callee.text, arguments);
  }
}

PyValue Interpreter::call_method(const PyValue& object, std::string_view name,
                                 PyArguments arguments) {
  MethodResult result;
  switch (object.kind) {
    case PyKind::string:
    case PyKind::bytes:
      result = string_method(*this, object, name, arguments);
      break;
    case PyKind::list:
    case PyKind::tuple:
    case PyKind::set:
    case PyKind::dict:
      result = container_method(*this, object, name, arguments);
      break;
    case PyKind::path:
      result = path_method(*this, object, name, arguments);
      break;
    case PyKind::file:
      result = file_method(*this, object, name, arguments);
      break;
    case PyKind::regex:
    case PyKind::match:
      result = regex_method(*this, object, name, arguments);
      break;
    case PyKind::object:
      if (extension) result = extension->method(*this, object, name, arguments);
      break;
    case PyKind::instance:
    case PyKind::type: {
      if (!extension || !object.scope) break;
      PyValue method = attribute(object, name, arguments.place);
      return call(method, std::move(arguments));
    }
    case PyKind::none:
      return raise("AttributeError", "None has no '" + std::string(name) + "'", arguments.place);
    default:
      break;
  }
  if (stopped()) return py_unknown("not reached", arguments.place);
  if (result) return *result;
  return unknown_method(object, name, arguments);
}

PyValue Interpreter::unknown_method(const PyValue& object, std::string_view name,
                                    const PyArguments& arguments) {
  const bool no_module = object.is(PyKind::path) && !object.text.ends_with(".py");
  if (method_writes_files(name) && !no_module) modules_may_appear = true;
  // The object may be changed by a method that is not modelled.
  lose(object, "calls ." + std::string(name) + "()", arguments.place);
  if (!object.known()) {
    unknown_call(std::string(name), arguments);
    return object;
  }
  return unknown_call("." + std::string(name), arguments);
}

static bool yields(const Syntax& tree, Syntax::Node function) {
  for (Syntax::Node i = function + 1; i < tree[function].next;) {
    uint16_t kind = tree.kind(i);
    if (kind == sym_yield) return true;
    i = kind == sym_function_definition || kind == sym_lambda || kind == sym_class_definition
            ? tree[i].next
            : i + 1;
  }
  return false;
}

PyValue Interpreter::make_function(Node node, Node parameters) {
  const Syntax& tree = syntax();
  auto function = std::make_shared<PyFunction>();
  function->source = source_;
  function->node = node;
  function->scope = scope_;
  function->generator = yields(tree, node);
  if (parameters != Syntax::none)
    for (Node child : children(parameters))
      if (tree.kind(child) == sym_default_parameter ||
          tree.kind(child) == sym_typed_default_parameter)
        function->defaults[std::string(tree.text(tree.field(child, field_name)))] =
            evaluate(tree.field(child, field_value));
  PyValue value;
  value.kind = PyKind::function;
  Node name = tree.field(node, field_name);
  value.text = name == Syntax::none ? "a lambda" : std::string(tree.text(name));
  value.function = std::move(function);
  value.place = place(node);
  return value;
}

// The parameter's name, and what it is: plain, star, two stars, or a marker (none).
static std::string_view parameter_name(const Syntax& tree, Syntax::Node parameter, int& stars) {
  stars = 0;
  switch (tree.kind(parameter)) {
    case sym_identifier:
      return tree.text(parameter);
    case sym_default_parameter:
    case sym_typed_default_parameter:
      return tree.text(tree.field(parameter, field_name));
    case sym_typed_parameter:
    case sym_list_splat_pattern:
    case sym_dictionary_splat_pattern: {
      std::string_view text = tree.text(parameter);
      while (!text.empty() && text[0] == '*') stars++, text.remove_prefix(1);
      size_t end = text.find_first_of(" :\t");
      return text.substr(0, end);
    }
    default:
      return {};
  }
}

bool Interpreter::bind_parameters(const PyFunction& function, PyArguments& arguments,
                                  PyScope& scope) {
  const Syntax& tree = function.source->syntax;
  Node parameters = tree.field(function.node, field_parameters);
  size_t position = 0;
  std::set<std::string> taken;
  bool only_keywords = false;
  for (Node child = parameters == Syntax::none ? Syntax::none : tree.first(parameters);
       child != Syntax::none; child = tree.sibling(child, parameters)) {
    if (!tree.named(child) || tree.kind(child) == sym_comment) continue;
    if (tree.kind(child) == sym_keyword_separator) only_keywords = true;
    int stars = 0;
    std::string name(parameter_name(tree, child, stars));
    if (name.empty()) continue;
    if (stars == 1) {
      std::vector<PyValue> rest;
      while (position < arguments.positional.size())
        rest.push_back(arguments.positional[position++]);
      scope.names[name] = py_container(PyKind::tuple, std::move(rest), arguments.place);
      only_keywords = true;
    } else if (stars == 2) {
      PyValue rest = py_container(PyKind::dict, {}, arguments.place);
      for (auto& [key, value] : arguments.keywords)
        if (!taken.contains(key)) dict_set(*rest.items, py_string(key), value), taken.insert(key);
      scope.names[name] = std::move(rest);
    } else if (!only_keywords && position < arguments.positional.size()) {
      scope.names[name] = arguments.positional[position++];
    } else if (const PyValue* given = arguments.keyword(name)) {
      scope.names[name] = *given;
      taken.insert(name);
    } else if (auto preset = function.defaults.find(name); preset != function.defaults.end()) {
      scope.names[name] = preset->second;
    } else {
      return false;
    }
  }
  return position == arguments.positional.size() && taken.size() == arguments.keywords.size();
}

PyValue Interpreter::call_function(const PyFunction& function, PyArguments arguments) {
  PyScope* inner = new_scope(function.scope, function.scope->module);
  Place call_place = arguments.place;
  if (arguments.lost || depth_ > 200 || !bind_parameters(function, arguments, *inner)) {
    PyValue callee;
    callee.kind = PyKind::function;
    callee.function = std::make_shared<PyFunction>(function);
    PyValue why =
        arguments.lost ? *arguments.lost : py_unknown("a call that does not fit", call_place);
    doubt_function(callee, why);
    unknown_call("a function", arguments);
    return why;
  }
  const PySource* old_source = source_;
  PyScope* old_scope = scope_;
  std::vector<PyValue> produced;
  std::vector<PyValue>* old_yielded = yielded_;
  source_ = function.source, scope_ = inner;
  yielded_ = function.generator ? &produced : nullptr;
  depth_ += 4;  // a call takes more of the machine's stack than an operator
  PyValue result = py_none();
  Node body = syntax().field(function.node, field_body);
  if (syntax().kind(function.node) == sym_lambda) {
    result = evaluate(body);
  } else if (run_block(body) == Flow::give_back) {
    result = returned_;
  }
  depth_ -= 4;
  source_ = old_source, scope_ = old_scope, yielded_ = old_yielded;
  if (stopped()) return py_unknown("not reached", call_place);
  if (function.generator) return py_iterator(std::move(produced), call_place);
  return result;
}

}  // namespace trainlint
