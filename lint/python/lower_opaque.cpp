#include <algorithm>

#include "lint/python/lower.h"

namespace trainlint {

// How far back a parent is looked for; nodes do not know their parents, and who asks is rare.
static constexpr Syntax::Node parent_search = 256;

Lowering::Node Lowering::parent(Node node) const {
  Node least = node > parent_search ? node - parent_search : 0;
  for (Node candidate = node; candidate-- > least;)
    if (nodes[candidate].next > node) return candidate;
  return Syntax::none;
}

static bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether an expression that gives the module, or the dictionary of its names, stands where it may
// be changed or kept. Known not to: reading an item or an attribute, `in`, **, loops, and calls of
// built-in functions that only look.
bool Lowering::may_write(Node node) const {
  Node around = parent(node);
  if (around == Syntax::none) return true;
  switch (nodes[around].kind) {
    case sym_subscript:
      return nodes[node].field != field_value || stored == around;
    case sym_comparison_operator:
    case sym_dictionary_splat:
    case sym_list_splat:
    case sym_for_statement:
    case sym_for_in_clause:
      return false;
    case sym_attribute: {
      Node name = syntax.field(around, field_attribute);
      if (name == Syntax::none || stored == around) return true;
      return one_of(syntax.text(name), {"update", "setdefault", "pop", "popitem", "clear",
                                        "__setitem__", "__setattr__", "__dict__", "__class__"});
    }
    case sym_argument_list: {
      Node call = parent(around);
      Node function = call == Syntax::none ? call : first_named(call);
      if (function == Syntax::none || nodes[call].kind != sym_call) return true;
      return !one_of(callee_text(function), {"dict",
                                             "list",
                                             "sorted",
                                             "set",
                                             "len",
                                             "iter",
                                             "tuple",
                                             "print",
                                             "repr",
                                             "eval",
                                             "getattr",
                                             "hasattr",
                                             "dir",
                                             "id",
                                             "type",
                                             "copy.copy",
                                             "inspect.getmembers",
                                             "inspect.getsource",
                                             "inspect.getfile",
                                             "inspect.getdoc",
                                             "inspect.getsourcefile"});
    }
    default:
      return true;
  }
}

// Whether eval() may bind names: by `:=` or a call of exec(), or as code that compile() has made.
bool Lowering::may_bind_names(const Call& call) const {
  const Node code = module.arguments[call.first_argument].value;
  if (nodes[code].kind != sym_string) return true;
  for (std::string_view word : {":=", "exec", "eval", "globals", "vars", "locals"})
    if (syntax.text(code).find(word) != std::string_view::npos) return true;
  return false;
}

void Lowering::opaque_call(Node node, std::string_view callee, const Call& call) {
  auto names_module = [&] {
    return call.argument_count > 0 &&
           syntax.text(module.arguments[call.first_argument].value) == "__name__";
  };
  switch (callee.front()) {
    case 'e':  // with a dictionary given, only that one is changed
      if ((callee == "exec" || callee == "execfile") && call.argument_count < 2) opaque(node);
      if (callee == "eval" && call.argument_count == 1 && may_bind_names(call)) opaque(node);
      return;
    case 'g':
      if (callee == "globals" && may_write(node)) opaque(node);
      return;
    case 'l':
    case 'v':  // those of a function are a copy
      if ((callee == "locals" || callee == "vars") && call.argument_count == 0 &&
          scope != Scope::function && may_write(node))
        opaque(node);
      return;
    case 's':
      if (!callee.starts_with("sys.modules.")) return;
      callee.remove_prefix(12);
      if (one_of(callee, {"update", "setdefault", "__setitem__"}) ||
          (one_of(callee, {"get", "pop"}) && names_module() && may_write(node)))
        opaque(node);
      return;
    case 'i':
      if (callee == "importlib.import_module" && names_module() && may_write(node)) opaque(node);
      return;
    case 'd':
    case 'p':
      if (callee == "pkg_resources.declare_namespace" || callee == "declare_namespace")
        opaque(node);
      return;
    case '_':
      if (callee.starts_with("__path__.") ||
          (callee == "__import__" && names_module() && may_write(node)))
        opaque(node);
      if (callee.starts_with("__all__.")) call_on_exports(callee.substr(8), call);
      return;
    default:
      return;
  }
}

// frame().f_globals, __import__("pkg_resources").declare_namespace: attributes of what has no name.
void Lowering::opaque_attribute(Node name) {
  uint32_t length = nodes[name].end - nodes[name].begin;
  if ((length == 9 && syntax.text(name) == "f_globals") ||
      (length == 17 && syntax.text(name) == "declare_namespace"))
    opaque(name);
}

// sys.modules[...] assigned to or deleted, sys.modules[__name__] handed on, __path__[0] = ...
void Lowering::opaque_subscript(Node node) {
  Node value = node + 1;
  uint32_t length = nodes[value].end - nodes[value].begin;
  if (nodes[value].kind == sym_attribute && length == 11 && syntax.text(value) == "sys.modules") {
    Node index = syntax.field(node, field_subscript);
    bool own = index != Syntax::none && syntax.text(index) == "__name__";
    if (stored == node || (own && may_write(node))) opaque(node);
  } else if (stored == node && nodes[value].kind == sym_identifier) {
    if (syntax.text(value) == "__path__") opaque(node);
    if (syntax.text(value) == "__all__") exports_lost = true;
  }
}

}  // namespace trainlint
