#include "lint/python/lower.h"

namespace trainlint {

void Lowering::match(Node node) {
  Nested nested(*this);
  if (!nested.fits(node)) return;
  for (Node child = syntax.first(node); child != Syntax::none; child = syntax.sibling(child, node))
    if (nodes[child].field == field_subject && meaningful(child)) expression(child);
  Node body = syntax.field(node, field_body);
  Node clause = body == Syntax::none ? body : syntax.field(body, field_alternative);
  if (clause != Syntax::none) cases(clause, body);
}

// Each case is a branch whose else block holds the cases after it.
void Lowering::cases(Node clause, Node parent) {
  Nested nested(*this);
  if (!nested.fits(clause)) return;
  statement = clause;
  OpenBlock block = open();
  for (Node child = first_named(clause); child != Syntax::none; child = next_named(child, clause))
    if (nodes[child].kind == sym_case_pattern) pattern(child);
  if (Node guard = syntax.field(clause, field_guard); guard != Syntax::none) expression(guard);
  if (Node body = syntax.field(clause, field_consequence); body != Syntax::none) statements(body);
  uint32_t then = close(block);
  Node next = next_named(clause, parent);
  while (next != Syntax::none && nodes[next].kind != sym_case_clause)
    next = next_named(next, parent);
  uint32_t otherwise = empty_block();
  if (next != Syntax::none) {
    block = open();
    cases(next, parent);
    otherwise = close(block);
  }
  statement = clause;
  uint32_t test = always_matches(clause) ? known(true) : 0;
  Step& step = add(StepKind::branch, clause);
  step.index = test;
  attach(step, {then, otherwise});
}

// A pattern's names: a name alone is bound, a dotted one and a class are looked up.
void Lowering::pattern(Node node) {
  const Node end = nodes[node].next;
  for (Node i = node; i < end;) {
    switch (nodes[i].kind) {
      case sym_class_pattern: {
        Node name = first_named(i);
        if (name == Syntax::none) return;
        use(name, dotted_text(name));
        i = nodes[name].next;
        break;
      }
      case sym_keyword_pattern:
        i += 2;
        break;  // the name in C(name=...)
      case sym_dotted_name: {
        Node name = first_named(i);
        if (name != Syntax::none && next_named(name, i) != Syntax::none)
          use(i, dotted_text(i));
        else if (name != Syntax::none && syntax.text(name) != "_")
          bind(name, Syntax::none);
        i = nodes[i].next;
        break;
      }
      case sym_identifier:  // after `as`, `*` or `**`
        if (syntax.text(i) != "_") bind(i, Syntax::none);
        ++i;
        break;
      case sym_string:
        i = nodes[i].next;
        break;
      default:
        ++i;
    }
  }
}

// case _: and case name: (docs.python.org/3/reference/compound_stmts.html#irrefutable-case-blocks)
bool Lowering::always_matches(Node clause) const {
  if (syntax.field(clause, field_guard) != Syntax::none) return false;
  Node only = first_named(clause);
  if (only == Syntax::none || nodes[only].kind != sym_case_pattern) return false;
  for (Node child = syntax.first(clause); child != Syntax::none;
       child = syntax.sibling(child, clause))
    if (nodes[child].kind == anon_sym_COMMA) return false;
  Node inner = syntax.first(only);
  if (inner == Syntax::none || nodes[inner].next != nodes[only].next) return false;
  if (nodes[inner].kind == anon_sym__) return true;
  return nodes[inner].kind == sym_dotted_name && nodes[inner].next == inner + 2;
}

}  // namespace trainlint
