#include "lint/python/lower.h"

namespace trainlint {

void Lowering::decorated(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  for (Node child = first_named(node); child != Syntax::none; child = next_named(child, node)) {
    if (nodes[child].kind != sym_decorator) continue;
    statement = child;
    expression(child);
  }
  Node definition = syntax.field(node, field_definition);
  if (definition == Syntax::none) return;
  statement = definition;
  if (nodes[definition].kind == sym_function_definition) function(definition, node);
  if (nodes[definition].kind == sym_class_definition) class_definition(definition, node);
}

// The calls of decorators that are plain names, the innermost first; what a decorator that is
// itself a call returns is not known.
void Lowering::apply_decorators(Node decorated) {
  if (decorated == Syntax::none) return;
  size_t mark = spine.size();
  for (Node child = first_named(decorated); child != Syntax::none;
       child = next_named(child, decorated))
    if (nodes[child].kind == sym_decorator) spine.push_back(child);
  Node definition = statement;
  for (; spine.size() > mark; spine.pop_back()) {
    Node decorator = spine.back();
    Node expression = first_named(decorator);
    if (expression == Syntax::none) continue;
    std::string_view callee = callee_text(expression);  // "" for a lambda
    statement = decorator;
    auto none = static_cast<uint32_t>(module.arguments.size());
    module.calls.push_back({decorator, callee, none, 0});
    add(StepKind::call, decorator).index = static_cast<uint32_t>(module.calls.size() - 1);
  }
  statement = definition;
}

// Remembers the names between the brackets of `def f[T: bound]`: they are known in the definition
// only, and their bounds are evaluated when asked for (PEP 695).
void Lowering::add_type_parameters(Node node) {
  Node list = syntax.field(node, field_type_parameters);
  if (list == Syntax::none) return;
  for (Node child = first_named(list); child != Syntax::none; child = next_named(child, list)) {
    Node name = child;
    while (name != Syntax::none && nodes[name].kind != sym_identifier) name = first_named(name);
    if (name != Syntax::none) type_parameters.push_back(syntax.text(name));
  }
}

void Lowering::annotation(Node node) {
  if (node == Syntax::none || future_annotations) return;
  bool outer = in_annotation;
  in_annotation = true;
  expression(node);
  in_annotation = outer;
}

void Lowering::defaults(Node parameters) {
  for (Node child = first_named(parameters); child != Syntax::none;
       child = next_named(child, parameters)) {
    if (nodes[child].kind != sym_default_parameter &&
        nodes[child].kind != sym_typed_default_parameter)
      continue;
    if (Node value = syntax.field(child, field_value); value != Syntax::none) expression(value);
  }
}

void Lowering::parameter_annotations(Node parameters) {
  for (Node child = first_named(parameters); child != Syntax::none;
       child = next_named(child, parameters))
    if (nodes[child].kind == sym_typed_parameter ||
        nodes[child].kind == sym_typed_default_parameter)
      annotation(syntax.field(child, field_type));
}

uint32_t Lowering::parameter_block(Node parameters) {
  OpenBlock block = open();
  for (Node child = parameters == Syntax::none ? parameters : first_named(parameters);
       child != Syntax::none; child = next_named(child, parameters)) {
    switch (nodes[child].kind) {
      case sym_identifier:
        bind(child, Syntax::none);
        break;
      case sym_default_parameter:
      case sym_typed_parameter:
      case sym_typed_default_parameter:
        if (Node name = first_named(child); name != Syntax::none) target(name, Syntax::none);
        break;
      case sym_list_splat_pattern:
      case sym_dictionary_splat_pattern:
      case sym_tuple_pattern:
        target(child, Syntax::none);
        break;
      default:
        break;
    }
  }
  return close(block);
}

void Lowering::function(Node node, Node decorated) {
  Nested nested(*this);
  Node name = syntax.field(node, field_name);
  if (name == Syntax::none || !nested.fits(node)) return;
  size_t generic = type_parameters.size();
  add_type_parameters(node);
  Node parameters = syntax.field(node, field_parameters);
  if (parameters != Syntax::none) {
    defaults(parameters);
    parameter_annotations(parameters);
  }
  annotation(syntax.field(node, field_return_type));
  uint32_t body;
  uint32_t bound;
  {
    ScopeChange change(*this, Scope::function);
    bound = parameter_block(parameters);
    body = suite(syntax.field(node, field_body));
  }
  type_parameters.resize(generic);
  Step& step = add(StepKind::function, node);
  step.text = syntax.text(name);
  attach(step, {body, bound});
  apply_decorators(decorated);
  bind(name, Syntax::none);
}

void Lowering::class_definition(Node node, Node decorated) {
  Nested nested(*this);
  Node name = syntax.field(node, field_name);
  if (name == Syntax::none || !nested.fits(node)) return;
  size_t generic = type_parameters.size();
  add_type_parameters(node);
  if (Node bases = syntax.field(node, field_superclasses); bases != Syntax::none)
    evaluate_arguments(bases);
  uint32_t body;
  {
    ScopeChange change(*this, Scope::class_body);
    body = suite(syntax.field(node, field_body));
  }
  type_parameters.resize(generic);
  Step& step = add(StepKind::class_body, node);
  step.text = syntax.text(name);
  attach(step, {body});
  apply_decorators(decorated);
  bind(name, Syntax::none);
}

void Lowering::lambda(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  Node parameters = syntax.field(node, field_parameters);
  if (parameters != Syntax::none) defaults(parameters);
  ScopeChange change(*this, Scope::function);
  uint32_t bound = parameter_block(parameters);
  OpenBlock block = open();
  if (Node body = syntax.field(node, field_body); body != Syntax::none) expression(body);
  uint32_t body = close(block);
  attach(add(StepKind::function, node), {body, bound});
}

}  // namespace trainlint
