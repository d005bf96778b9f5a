// What is wrong with patterns that follow the grammar (PEP 634).
#include <algorithm>

#include <fmt/format.h>

#include "lint/python/check/literal.h"
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

// What a constant key is equal to, as text: numbers by value, strings by content where that can be
// seen; "" for dotted names and for what is not known.
std::string PlacementPass::key_value(const AstNode& key) const {
  const std::vector<Token>& list = program_.tokens.list;
  Tok kind = list[key.first].kind;
  if (kind == Tok::name) return {};
  if (kind == Tok::kw_none) return "None";
  if (kind == Tok::kw_true || kind == Tok::kw_false) return kind == Tok::kw_true ? "1" : "0";
  std::string value;
  for (uint32_t i = key.first; i <= key.last; ++i) {
    std::string_view text = word(i);
    if (list[i].kind == Tok::number) {
      bool plain = text.find_first_not_of("0123456789.") == text.npos && text.size() <= 15;
      bool zero = text.find_first_not_of("0.j") == text.npos;
      if (zero && value == "-") value.clear();
      value += zero ? "0" : plain ? fmt::format("{}", std::stod(std::string(text))) : text;
    } else if (list[i].kind == Tok::string && !(list[i].flags & token_has_backslash)) {
      if (i == key.first) value = list[i].flags & token_bytes ? "b'" : "'";
      value += content_of(program_.tokens, list[i]);
    } else {
      value += text;
    }
  }
  return kind == Tok::string ? value + "'" : value;
}

void PlacementPass::mapping_pattern(const AstNode& node, PatternNames& names) {
  for (NodeId key = node.child; key && !fault_; key = at(at(key).next).next) {
    if (at(key).child && at(at(key).child).kind == Ast::joined)
      fail(at(key).first, "mapping pattern keys may only match literals and attribute lookups");
    std::string value = key_value(at(key));
    for (NodeId other = node.child; !value.empty() && other != key; other = at(at(other).next).next)
      if (key_value(at(other)) == value)
        fail(node.first, fmt::format("mapping pattern checks duplicate key ({})", value));
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
