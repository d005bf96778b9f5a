// Code that may or may not run: whatever it can change is unknown afterwards.
#include <algorithm>

#include "lint/project/effects.h"
#include "lint/project/interpreter.h"

namespace trainlint {

static bool mutating(std::string_view method) {
  static constexpr std::string_view names[] = {
      "append",  "extend", "insert",     "remove",  "pop", "clear",  "sort",
      "reverse", "update", "setdefault", "popitem", "add", "discard"};
  return std::find(std::begin(names), std::end(names), method) != std::end(names);
}

// Is the identifier the function of a call, as `setup` or `x.setup`?
static bool calls_setup(const Syntax& tree, Syntax::Node node) {
  if (tree.kind(node) != sym_call) return false;
  Syntax::Node function = tree.field(node, field_function);
  if (function == Syntax::none) return false;
  std::string_view text = tree.text(function);
  return text == "setup" || text.ends_with(".setup");
}

bool Interpreter::contains_setup(Node node) const {
  const Syntax& tree = syntax();
  for (Node i = node; i < tree[node].next; i++) {
    if (calls_setup(tree, i)) return true;
    // A call of the script's own function that calls setup().
    if (tree.kind(i) != sym_call) continue;
    Node function = tree.field(i, field_function);
    if (function == Syntax::none || tree.kind(function) != sym_identifier) continue;
    auto found = scope_->module->names.find(tree.text(function));
    if (found == scope_->module->names.end() || !found->second.is(PyKind::function)) continue;
    const PyFunction& called = *found->second.function;
    if (called.source != source_ || (node >= called.node && node < tree[called.node].next))
      continue;
    for (Node j = called.node; j < tree[called.node].next; j++)
      if (calls_setup(tree, j)) return true;
  }
  return false;
}

void Interpreter::doubt_function(const PyValue& function, const PyValue& why) {
  const PyFunction& code = *function.function;
  const void* key = code.source->syntax.nodes().data() + code.node;
  if (std::find(doubted_.begin(), doubted_.end(), key) != doubted_.end() || doubted_.size() > 50)
    return;
  doubted_.push_back(key);
  const PySource* old_source = source_;
  PyScope* old_scope = scope_;
  source_ = code.source;
  scope_ = new_scope(code.scope, code.scope->module);  // its own names are lost with it
  const Syntax& tree = syntax();
  for (Node i = code.node; i < tree[code.node].next; i++)
    if (tree.kind(i) == sym_global_statement || tree.kind(i) == sym_nonlocal_statement)
      for (Node name : children(i)) {
        auto& names = tree.kind(i) == sym_global_statement ? scope_->globals : scope_->nonlocals;
        names.insert(std::string(tree.text(name)));
      }
  doubt(syntax().field(code.node, field_body), why);
  source_ = old_source, scope_ = old_scope;
  doubted_.pop_back();
}

// An extension's objects are lost when a method of theirs may be called or they may be given away.
void Interpreter::doubt_objects(Node call, const PyValue& why) {
  const Syntax& tree = syntax();
  Node parts[] = {tree.field(call, field_function), tree.field(call, field_arguments)};
  for (Node part : parts) {
    if (part == Syntax::none) continue;
    for (Node i = part; i < tree[part].next; i++) {
      if (tree.kind(i) != sym_identifier) continue;
      PyValue* held = lookup(tree.text(i));
      if (held && (held->is(PyKind::object) || held->is(PyKind::instance)))
        lose(*held, why.text, why.place);
    }
  }
}

// The string literals of a node: "git" and "describe" of ["git", "describe"].
static std::vector<std::string> literals_in(const Syntax& tree, Syntax::Node node) {
  std::vector<std::string> words;
  for (Syntax::Node i = node; i < tree[node].next; i++)
    if (tree.kind(i) == sym_string_content) words.emplace_back(tree.text(i));
  return words;
}

static bool opens_module(const Syntax& tree, const std::vector<Syntax::Node>& arguments) {
  if (arguments.size() < 2) return false;
  std::vector<std::string> path = literals_in(tree, arguments[0]);
  std::vector<std::string> mode = literals_in(tree, arguments[1]);
  if (mode.size() == 1 && !is_writing_mode(mode[0])) return false;
  return path.empty() || path.back().ends_with(".py");
}

void Interpreter::doubt_effect(Node call) {
  const Syntax& tree = syntax();
  Node function = tree.field(call, field_function);
  Node list = tree.field(call, field_arguments);
  if (function == Syntax::none || list == Syntax::none || modules_may_appear) return;
  const std::vector<Node> arguments = children(list);
  std::string_view text = tree.text(function);
  size_t dot = std::min(text.find('.'), text.size());
  PyValue* held = lookup(text.substr(0, dot));
  std::string_view last = text.substr(text.rfind('.') + 1);
  if (last == "open")
    modules_may_appear = opens_module(tree, arguments);
  else if (held && held->is(PyKind::library) && text.find('(') == std::string_view::npos)
    modules_may_appear = may_write_modules(
        held->text + std::string(text.substr(dot)),
        arguments.empty() ? std::vector<std::string>{} : literals_in(tree, arguments[0]));
  else
    modules_may_appear = dot < text.size() && method_writes_files(last);
}

void Interpreter::doubt_node(Node i, const PyValue& why) {
  const Syntax& tree = syntax();
  auto forget = [&](Node name) {
    if (name != Syntax::none && tree.kind(name) == sym_identifier) bind(tree.text(name), why);
  };
  auto forget_object = [&](Node object) {
    if (object == Syntax::none || tree.kind(object) != sym_identifier) return;
    if (PyValue* held = lookup(tree.text(object))) {
      lose(*held, why.text, why.place);
      if (held->is(PyKind::function)) doubt_function(*held, why);
    }
  };
  switch (tree.kind(i)) {
    case sym_call: {
      files_may_appear = true;
      doubt_effect(i);
      if (calls_setup(tree, i) && !setup_unsure) setup_unsure = why;
      if (extension) doubt_objects(i, why);
      Node function = tree.field(i, field_function);
      if (function == Syntax::none) break;
      if (tree.kind(function) == sym_attribute &&
          mutating(tree.text(tree.field(function, field_attribute)))) {
        Node object = tree.field(function, field_object);
        while (object != Syntax::none && tree.kind(object) == sym_subscript)
          object = tree.field(object, field_value);
        forget_object(object);
      } else if (tree.kind(function) == sym_identifier) {
        PyValue* held = lookup(tree.text(function));
        if (held && held->is(PyKind::function)) doubt_function(*held, why);
        // Builtins leave their arguments alone; others may not.
        bool harmless = !held && find_library_function(tree.text(function));
        Node arguments = tree.field(i, field_arguments);
        if (!harmless && arguments != Syntax::none)
          for (Node argument : children(arguments)) forget_object(argument);
      }
      break;
    }
    case sym_subscript:
      if (tree[i].field != field_left) break;
      [[fallthrough]];
    case sym_delete_statement: {
      Node object = tree.kind(i) == sym_subscript ? i : (children(i).empty() ? i : children(i)[0]);
      if (tree.kind(object) == sym_identifier) forget(object);
      while (object != Syntax::none && tree.kind(object) == sym_subscript)
        object = tree.field(object, field_value);
      forget_object(object);
      break;
    }
    case sym_aliased_import:
      forget(tree.field(i, field_alias));
      break;
    case sym_wildcard_import:
      scope_->opaque = true;
      break;
    default:
      break;
  }
}

// Names stand as identifiers below targets, which are told by their field or their parent's kind.
void Interpreter::doubt(Node from, const PyValue& why) {
  if (from == Syntax::none || exhausted_) return;
  const Syntax& tree = syntax();
  auto forget_targets = [&](Node target) {
    if (target == Syntax::none) return;
    for (Node i = target; i < tree[target].next; i++) {
      if (tree.kind(i) == sym_attribute || tree.kind(i) == sym_subscript) {
        doubt_node(i, why);
        i = tree[i].next - 1;
      } else if (tree.kind(i) == sym_identifier) {
        // += changes a list in place.
        if (PyValue* held = lookup(tree.text(i))) lose(*held, why.text, why.place);
        bind(tree.text(i), why);
      }
    }
  };
  if (tree[from].field == field_left || tree.kind(from) == sym_identifier) {
    if (tree[from].field == field_left) forget_targets(from);
    return;
  }
  for (Node i = from; i < tree[from].next; i++) {
    if (++steps_ > 4'000'000) exhausted_ = true;
    if (exhausted_) return;
    switch (tree.kind(i)) {
      case sym_return_statement:
        may_have_returned |= doubted_.empty();
        break;
      case sym_function_definition:
      case sym_class_definition:
      case sym_lambda: {
        Node name = tree.field(i, field_name);
        if (name != Syntax::none) bind(tree.text(name), why);
        i = tree[i].next - 1;
        continue;
      }
      case sym_augmented_assignment:
      case sym_for_statement:
      case sym_assignment:
        forget_targets(tree.field(i, field_left));
        break;
      case sym_named_expression:
        forget_targets(tree.field(i, field_name));
        break;
      case alias_sym_as_pattern_target:
        forget_targets(i);
        break;
      case sym_import_statement:
      case sym_import_from_statement: {
        for (Node child : children(i))
          if (tree[child].field == field_name && tree.kind(child) == sym_dotted_name)
            bind(tree.text(child).substr(0, tree.text(child).find('.')), why);
        break;
      }
      default:
        break;
    }
    doubt_node(i, why);
  }
}

}  // namespace trainlint
