// What is wrong with patterns that follow the grammar (PEP 634).
#include <algorithm>

#include <fmt/format.h>

#include "lint/python/check/placement.h"

namespace trainlint {

void PlacementPass::match(const AstNode& node) {
  visit(node.child);
  for (NodeId id = at(node.child).next; id && !fault_; id = at(id).next) {
    const AstNode& one = at(id);
    PatternNames names;
    bool last = one.next == 0;
    pattern(at(one.child), names, last || (one.flags & ast_has_value));
    for (NodeId part = at(one.child).next; part && !fault_; part = at(part).next) visit(part);
  }
}

void PlacementPass::bind_pattern(const AstNode& node, PatternNames& names) {
  if (!(node.flags & ast_named)) return;
  std::string_view name = word(node.extra);
  store_name(node.extra, node.first);
  if (std::find(names.names.begin(), names.names.end(), name) != names.names.end())
    fail(node.first, fmt::format("multiple assignments to name '{}' in pattern", name));
  names.names.push_back(name);
}

void PlacementPass::pattern(const AstNode& node, PatternNames& names, bool irrefutable) {
  if (fault_) return;
  switch (node.kind) {
    case Ast::pattern_value:
      if (node.child && at(node.child).kind == Ast::joined)
        fail(node.first, "patterns may only match literals and attribute lookups");
      return;
    case Ast::pattern_capture:
      if (!irrefutable)
        fail(node.first, node.flags & ast_named
                             ? fmt::format("name capture '{}' makes remaining patterns unreachable",
                                           word(node.extra))
                             : "wildcard makes remaining patterns unreachable");
      return bind_pattern(node, names);
    case Ast::pattern_star:
      return bind_pattern(node, names);
    case Ast::pattern_as:
      pattern(at(node.child), names, irrefutable);
      return bind_pattern(node, names);
    case Ast::pattern_or:
      return or_pattern(node, names, irrefutable);
    case Ast::pattern_mapping:
      return mapping_pattern(node, names);
    case Ast::pattern_class:
      return class_pattern(node, names);
    default:
      break;
  }
  bool starred = false;
  for (NodeId id = node.child; id && !fault_; id = at(id).next) {
    bool star = at(id).kind == Ast::pattern_star;
    if (star && starred) fail(node.first, "multiple starred expressions in sequence pattern");
    starred |= star;
  }
  for (NodeId id = node.child; id; id = at(id).next) pattern(at(id), names, true);
}

void PlacementPass::or_pattern(const AstNode& node, PatternNames& names, bool irrefutable) {
  PatternNames first;
  for (NodeId id = node.child; id && !fault_; id = at(id).next) {
    PatternNames own;
    pattern(at(id), own, irrefutable && at(id).next == 0);
    std::sort(own.names.begin(), own.names.end());
    if (id == node.child)
      first = own;
    else if (first.names != own.names)
      fail(node.first, "alternative patterns bind different names");
  }
  for (std::string_view name : first.names) {
    if (std::find(names.names.begin(), names.names.end(), name) != names.names.end())
      fail(node.first, fmt::format("multiple assignments to name '{}' in pattern", name));
    names.names.push_back(name);
  }
}

void PlacementPass::mapping_pattern(const AstNode& node, PatternNames& names) {
  auto text = [&](NodeId id) {
    const auto& list = program_.tokens.list;
    uint32_t begin = list[at(id).first].begin;
    return program_.tokens.text.substr(begin, list[at(id).last].end - begin);
  };
  for (NodeId key = node.child; key && !fault_; key = at(at(key).next).next) {
    if (at(key).child && at(at(key).child).kind == Ast::joined)
      fail(at(key).first, "mapping pattern keys may only match literals and attribute lookups");
    // Only keys that are written alike are known to be equal; dotted names never are.
    bool constant = program_.tokens.list[at(key).first].kind != Tok::name;
    for (NodeId other = node.child; constant && other != key; other = at(at(other).next).next)
      if (text(other) == text(key))
        fail(node.first, fmt::format("mapping pattern checks duplicate key ({})", text(key)));
  }
  for (NodeId key = node.child; key && !fault_; key = at(at(key).next).next)
    pattern(at(at(key).next), names, true);
  if (!fault_) bind_pattern(node, names);
}

void PlacementPass::class_pattern(const AstNode& node, PatternNames& names) {
  for (NodeId id = node.child; id && !fault_; id = at(id).next) {
    if (at(id).kind != Ast::pattern_keyword) continue;
    std::string_view name = word(at(id).extra);
    store_name(at(id).extra, at(id).first);
    for (NodeId other = node.child; other != id; other = at(other).next)
      if (at(other).kind == Ast::pattern_keyword && word(at(other).extra) == name)
        fail(at(id).first, fmt::format("attribute name repeated in class pattern: {}", name));
  }
  for (NodeId id = node.child; id; id = at(id).next)
    pattern(at(id).kind == Ast::pattern_keyword ? at(at(id).child) : at(id), names, true);
}

}  // namespace trainlint
