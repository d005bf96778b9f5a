#include "lint/python/lower.h"

#include <initializer_list>

namespace trainlint {

Lowering::OpenBlock Lowering::open() {
  OpenBlock block{static_cast<uint32_t>(module.blocks.size()),
                  static_cast<uint32_t>(pending.size())};
  module.blocks.emplace_back();
  ++open_blocks;
  return block;
}

uint32_t Lowering::close(OpenBlock block) {
  --open_blocks;
  if (pending.size() > block.mark) {
    module.blocks[block.index].assign(pending.begin() + block.mark, pending.end());
    pending.resize(block.mark);
    return block.index;
  }
  if (block.index + 1 == module.blocks.size() && block.index > 0) {
    module.blocks.pop_back();
    return empty_block();
  }
  return block.index;
}

uint32_t Lowering::empty_block() {
  if (empty == UINT32_MAX) {
    empty = static_cast<uint32_t>(module.blocks.size());
    module.blocks.emplace_back();
  }
  return empty;
}

Step& Lowering::add(StepKind kind, Node node) {
  Step& step = pending.emplace_back();
  step.kind = kind;
  step.node = node;
  step.statement = statement;
  step.annotation = in_annotation;
  return step;
}

void Lowering::attach(Step& step, std::initializer_list<uint32_t> blocks) {
  step.first_block = static_cast<uint32_t>(module.block_lists.size());
  step.block_count = static_cast<uint32_t>(blocks.size());
  module.block_lists.insert(module.block_lists.end(), blocks);
}

void Lowering::use(Node node, std::string_view name) {
  if (name.empty()) return;  // tree-sitter put a missing identifier there
  if (!type_parameters.empty()) {
    std::string_view root = name.substr(0, name.find('.'));
    for (std::string_view parameter : type_parameters)
      if (parameter == root) return;
  }
  add(StepKind::use, node).text = name;
}

void Lowering::opaque(Node node) {
  add(StepKind::opaque, node);
}

Lowering::Node Lowering::first_named(Node node) const {
  for (Node child = syntax.first(node); child != Syntax::none; child = syntax.sibling(child, node))
    if (meaningful(child)) return child;
  return Syntax::none;
}

Lowering::Node Lowering::next_named(Node child, Node parent) const {
  do child = syntax.sibling(child, parent);
  while (child != Syntax::none && !meaningful(child));
  return child;
}

// The first statement of the module, where it is a plain string.
std::string_view Lowering::docstring() const {
  Node first = first_named(0);
  if (first == Syntax::none || nodes[first].kind != sym_expression_statement) return {};
  Node value = first_named(first);
  if (value == Syntax::none || next_named(value, first) != Syntax::none) return {};
  if (nodes[value].kind == sym_concatenated_string) value = first_named(value);
  if (value == Syntax::none || nodes[value].kind != sym_string) return {};
  Node begin = syntax.first(value);
  if (begin == Syntax::none || nodes[begin].kind != sym_string_start) return {};
  if (syntax.text(begin).find_first_of("bBfFtT") != std::string_view::npos) return {};
  uint32_t end = nodes[begin].end;
  for (Node part = begin; part != Syntax::none; part = syntax.sibling(part, value))
    if (nodes[part].kind == sym_string_end) end = nodes[part].begin;
  return text.substr(nodes[begin].end, end - nodes[begin].end);
}

void Lowering::run() {
  module.tests.emplace_back();
  OpenBlock body = open();
  if (syntax.nodes().empty()) {
    close(body);
    return;
  }
  module.docstring = docstring();
  if (syntax.has_error()) opaque(0);
  statements(0);
  close(body);
  finish_exports();
}

void lower(Module& module) {
  Lowering(module).run();
}

}  // namespace trainlint
