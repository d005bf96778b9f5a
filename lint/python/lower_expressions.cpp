#include "lint/python/lower.h"

namespace trainlint {

// Appends the steps of an expression. In most expressions CPython evaluates in source order, which
// is the order of the nodes: a loop over the subtree does, and nothing is recursive but the kinds
// that have an order or a scope of their own.
void Lowering::expression(Node root) {
  const Node end = nodes[root].next;
  for (Node i = root; i < end;) {
    const FlatNode& node = nodes[i];
    switch (node.kind) {
      case sym_identifier:
        // In x.name and f(name=x) the name is no variable.
        if (i == root || (node.field != field_attribute && node.field != field_name))
          use_name(i);
        else
          opaque_attribute(i);
        ++i;
        break;
      case sym_attribute:
        i = chain(i);
        break;
      case sym_call:
        call(i);
        i = node.next;
        break;
      case sym_boolean_operator:
      case sym_not_operator:
        condition(i);
        i = node.next;
        break;
      case sym_comparison_operator:
        i = comparison(i);
        break;
      case sym_conditional_expression:
        conditional(i);
        i = node.next;
        break;
      case sym_lambda:
        lambda(i);
        i = node.next;
        break;
      case sym_list_comprehension:
      case sym_set_comprehension:
      case sym_dictionary_comprehension:
      case sym_generator_expression:
        comprehension(i);
        i = node.next;
        break;
      case sym_named_expression:
        named_expression(i);
        i = node.next;
        break;
      case sym_assignment:
        assignment(i);
        i = node.next;
        break;
      case sym_augmented_assignment:
        augmented(i);
        i = node.next;
        break;
      case sym_subscript:
        opaque_subscript(i);
        ++i;
        break;
      case sym_member_type: {  // list[int].x in a type: the last part is no variable
        Nested nested(*this);
        if (nested.fits(i)) expression(i + 1);
        i = node.next;
        break;
      }
      case sym_string_content:
        i = node.next;
        break;
      default:
        ++i;
    }
  }
}

// A name that is loaded. exec and globals may be called under another name later (run = exec).
void Lowering::use_name(Node node) {
  const std::string_view name = syntax.text(node);
  use(node, name);
  if (name != "exec" && name != "execfile" && name != "globals") return;
  const Node around = parent(node);
  const bool called =
      around != Syntax::none && nodes[around].kind == sym_call && first_named(around) == node;
  if (!called) opaque(node);
}

// Lowers a chain of attributes and returns the node to go on with: the one after it if the chain
// begins with a name, else the expression that it begins with.
Lowering::Node Lowering::chain(Node attribute) {
  Node root = attribute;
  while (nodes[root].kind == sym_attribute && nodes[root].next > root + 1) ++root;
  if (nodes[root].kind != sym_identifier) return root;
  bool complete = false;
  std::string_view name = chain_text(attribute, complete);
  use(attribute, name);
  if (name.size() > 10 && name.ends_with(".f_globals")) opaque(attribute);
  return nodes[attribute].next;
}

// The text of a name or of a chain of attributes that begins with one: up to the first blank in it
// (`complete` is false then). "" where it begins with something else.
std::string_view Lowering::chain_text(Node node, bool& complete) const {
  Node root = node;
  while (nodes[root].kind == sym_attribute && nodes[root].next > root + 1) ++root;
  complete = false;
  if (nodes[root].kind != sym_identifier) return {};
  uint32_t end = nodes[root].end;
  Node part = root + 1;
  for (; part < nodes[node].next && nodes[part].begin == end; ++part) {
    if (nodes[part].flags & FLAT_EXTRA) break;
    end = nodes[part].end;
  }
  complete = end == nodes[node].end;
  if (part < nodes[node].next && text[end - 1] == '.') --end;
  return text.substr(nodes[root].begin, end - nodes[root].begin);
}

// The dotted name that an expression is, or "".
std::string_view Lowering::callee_text(Node node) const {
  if (nodes[node].kind == sym_identifier) return syntax.text(node);
  if (nodes[node].kind != sym_attribute) return {};
  bool complete = false;
  std::string_view name = chain_text(node, complete);
  return complete ? name : std::string_view();
}

void Lowering::call(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  Node function = first_named(node);
  Node arguments = syntax.field(node, field_arguments);
  if (function == Syntax::none || arguments == Syntax::none) return;
  std::string_view callee = callee_text(function);
  expression(function);
  evaluate_arguments(arguments);
  Call& call = module.calls.emplace_back();
  call.node = node;
  call.callee = callee;
  call.first_argument = static_cast<uint32_t>(module.arguments.size());
  record_arguments(arguments);
  call.argument_count = static_cast<uint32_t>(module.arguments.size()) - call.first_argument;
  add(StepKind::call, node).index = static_cast<uint32_t>(module.calls.size() - 1);
  if (!callee.empty()) opaque_call(node, callee, call);
}

// In the order of the source, but for f(a=b, *c): positional arguments come before keywords.
void Lowering::evaluate_arguments(Node arguments) {
  bool keywords = false;
  bool mixed = false;
  auto is_keyword = [&](Node node) {
    return nodes[node].kind == sym_keyword_argument || nodes[node].kind == sym_dictionary_splat;
  };
  for (Node child = first_named(arguments); child != Syntax::none && !mixed;
       child = next_named(child, arguments)) {
    mixed = keywords && !is_keyword(child);
    keywords = keywords || is_keyword(child);
  }
  if (!mixed) return expression(arguments);
  for (bool now : {false, true})
    for (Node child = first_named(arguments); child != Syntax::none;
         child = next_named(child, arguments))
      if (is_keyword(child) == now) expression(child);
}

// After the arguments were lowered, so that those of calls inside them do not stand between.
void Lowering::record_arguments(Node arguments) {
  if (nodes[arguments].kind == sym_generator_expression) {
    module.arguments.push_back({{}, arguments});
    return;
  }
  for (Node child = first_named(arguments); child != Syntax::none;
       child = next_named(child, arguments)) {
    Argument argument{{}, child};
    if (nodes[child].kind == sym_keyword_argument) {
      Node name = syntax.field(child, field_name);
      argument.value = syntax.field(child, field_value);
      if (name != Syntax::none) argument.keyword = syntax.text(name);
    } else if (nodes[child].kind == sym_list_splat || nodes[child].kind == sym_dictionary_splat) {
      argument.keyword = nodes[child].kind == sym_list_splat ? "*" : "**";
      argument.value = first_named(child);
    }
    if (argument.value != Syntax::none) module.arguments.push_back(argument);
  }
}

// a < b < c: what stands behind the second operand is evaluated only while all before it holds.
// Returns the node to go on with: the first operand where there are but two.
Lowering::Node Lowering::comparison(Node node) {
  const Node left = first_named(node);
  const Node right = left == Syntax::none ? left : next_named(left, node);
  Node later = right == Syntax::none ? right : next_named(right, node);
  Nested nested(*this);
  if (later == Syntax::none || !nested.fits(node)) return node + 1;
  expression(left);
  expression(right);
  OpenBlock block = open();
  for (; later != Syntax::none; later = next_named(later, node)) expression(later);
  const uint32_t sometimes = close(block);
  if (sometimes != empty) attach(add(StepKind::branch, node), {sometimes, empty_block()});
  return nodes[node].next;
}

// value if condition else other
void Lowering::conditional(Node node) {
  Nested nested(*this);
  Node value = first_named(node);
  Node tested = value == Syntax::none ? value : next_named(value, node);
  Node other = tested == Syntax::none ? tested : next_named(tested, node);
  if (other == Syntax::none || !nested.fits(node)) return;
  uint32_t test = condition(tested);
  OpenBlock block = open();
  expression(value);
  uint32_t then = close(block);
  block = open();
  expression(other);
  uint32_t otherwise = close(block);
  if (then == empty && otherwise == empty) return;
  Step& step = add(StepKind::branch, node);
  step.index = test;
  attach(step, {then, otherwise});
}

void Lowering::comprehension(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  Node clause = syntax.first(node);
  while (clause != Syntax::none && nodes[clause].kind != sym_for_in_clause)
    clause = syntax.sibling(clause, node);
  if (clause == Syntax::none) return;
  // The first iterable is evaluated before the new scope is entered.
  for (Node part = syntax.first(clause); part != Syntax::none; part = syntax.sibling(part, clause))
    if (nodes[part].field == field_right && meaningful(part)) expression(part);
  size_t mark = walrus.size();
  bool outer = in_comprehension;
  OpenBlock block = open();
  {
    ScopeChange change(*this, Scope::function);
    in_comprehension = true;
    clauses(clause, node, true);
  }
  uint32_t body = close(block);
  attach(add(StepKind::comprehension, node), {body});
  for (size_t i = mark; i < walrus.size(); ++i)
    add(StepKind::bind, walrus[i]).text = syntax.text(walrus[i]);
  if (!outer) walrus.resize(mark);
}

// A for clause as a loop around what follows, an if clause as a branch; innermost is the element.
void Lowering::clauses(Node clause, Node comprehension, bool first) {
  Nested nested(*this);
  if (clause == Syntax::none) {
    if (Node body = syntax.field(comprehension, field_body); body != Syntax::none) expression(body);
    return;
  }
  if (!nested.fits(clause)) return;
  auto next_clause = [&](Node node) {
    do node = syntax.sibling(node, comprehension);
    while (node != Syntax::none && nodes[node].kind != sym_for_in_clause &&
           nodes[node].kind != sym_if_clause);
    return node;
  };
  if (nodes[clause].kind == sym_if_clause) {
    Node tested = first_named(clause);
    uint32_t test = tested == Syntax::none ? 0 : condition(tested);
    OpenBlock block = open();
    clauses(next_clause(clause), comprehension, false);
    uint32_t then = close(block);
    uint32_t otherwise = empty_block();
    Step& step = add(StepKind::branch, clause);
    step.index = test;
    attach(step, {then, otherwise});
    return;
  }
  for (Node part = syntax.first(clause); !first && part != Syntax::none;
       part = syntax.sibling(part, clause))
    if (nodes[part].field == field_right && meaningful(part)) expression(part);
  OpenBlock block = open();
  if (Node left = syntax.field(clause, field_left); left != Syntax::none)
    target(left, Syntax::none);
  clauses(next_clause(clause), comprehension, false);
  uint32_t body = close(block);
  uint32_t otherwise = empty_block();
  attach(add(StepKind::loop, clause), {body, otherwise});
}

void Lowering::named_expression(Node node) {
  Nested nested(*this);
  Node name = syntax.field(node, field_name);
  Node value = syntax.field(node, field_value);
  if (name == Syntax::none || value == Syntax::none || !nested.fits(node)) return;
  if (nodes[node].field == field_expression) {  // f"{x:=5}" is x with the format "=5"
    use(name, syntax.text(name));
    return;
  }
  expression(value);
  bind(name, Syntax::none);
  if (in_comprehension) walrus.push_back(name);
}

}  // namespace trainlint
