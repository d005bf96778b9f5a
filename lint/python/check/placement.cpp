#include "lint/python/check/placement.h"

#include <algorithm>

#include <fmt/format.h>

namespace trainlint {

static constexpr std::string_view in_except_star =
    "'break', 'continue' and 'return' cannot appear in an except* block";

bool PlacementPass::fail(uint32_t token, std::string message) {
  if (!fault_) fault_ = ProgramFault{token, std::move(message)};
  return false;
}

std::optional<ProgramFault> PlacementPass::run() {
  Unit module;
  unit_ = &module;
  for (NodeId id = at(program_.module).child; id && !fault_; id = at(id).next) {
    top_level_ = at(id).kind == Ast::import_from;
    visit(id);
  }
  unit_ = nullptr;
  return fault_;
}

void PlacementPass::hold(Held held, uint32_t token) {
  const size_t most = before(12) ? 20 : 21;  // CO_MAXBLOCKS
  unit_->held.push_back(held);
  if (unit_->held.size() > most) fail(token, "too many statically nested blocks");
}

void PlacementPass::visit_all(NodeId first) {
  for (NodeId id = first; id && !fault_; id = at(id).next) visit(id);
}

void PlacementPass::visit(NodeId id) {
  if (depth_ >= deepest_visit) return;
  const AstNode& node = at(id);
  ++depth_;
  if (node.kind >= Ast::expression)
    statement(node);
  else
    expression(node);
  --depth_;
}

void PlacementPass::statement(const AstNode& node) {
  switch (node.kind) {
    case Ast::pass:
    case Ast::global:
    case Ast::nonlocal:
      return;
    case Ast::function:
      return function(node);
    case Ast::class_:
      return class_definition(node);
    case Ast::return_:
      return return_statement(node);
    case Ast::break_:
    case Ast::continue_:
      return break_statement(node);
    case Ast::for_:
    case Ast::while_:
      return loop(node);
    case Ast::if_:
      return if_statement(node);
    case Ast::with:
      return with(node);
    case Ast::try_:
      return try_statement(node);
    case Ast::match:
      return match(node);
    case Ast::import:
    case Ast::import_from:
      return imported(node);
    case Ast::del:
      storing_ = node.kind;
      for (NodeId id = node.child; id; id = at(id).next) store(id);
      storing_ = Ast::none;
      return;
    case Ast::assign: {
      NodeId value = node.child;
      while (at(value).next) value = at(value).next;
      visit(value);
      for (NodeId id = node.child; id != value && !fault_; id = at(id).next) store(id);
      return;
    }
    case Ast::annotated: {
      const NodeId type = at(node.child).next;
      store(node.child);
      if (!in_function() && !skip_annotations_) return visit_all(type);
      return visit_all(at(type).next);  // annotations of locals are never evaluated
    }
    case Ast::augmented:
      storing_ = node.kind;
      store(node.child);
      storing_ = Ast::none;
      return visit_all(at(node.child).next);
    case Ast::type_alias:
      store_name(at(node.child).first, node.first);
      return visit_all(at(node.child).next);
    case Ast::type_parameter:
      store_name(node.extra, node.first);
      return starred_items(node);  // "*Ts = *Default"
    default:
      return visit_all(node.child);
  }
}

void PlacementPass::expression(const AstNode& node) {
  switch (node.kind) {
    case Ast::name:
    case Ast::number:
    case Ast::string:
      return;
    case Ast::lambda:
      return lambda(node);
    case Ast::list_comprehension:
    case Ast::set_comprehension:
    case Ast::dict_comprehension:
    case Ast::generator:
      return comprehension(node);
    case Ast::await:
      return await(node);
    case Ast::yield:
    case Ast::yield_from:
      return yielded(node);
    case Ast::tuple:
    case Ast::list:
    case Ast::set:
      return starred_items(node);
    case Ast::call:
      visit(node.child);
      return arguments(at(node.child).next);
    case Ast::named:
      store(node.child);
      return visit(at(node.child).next);
    case Ast::starred:
      fail(node.first, "can't use starred expression here");
      return;
    default:
      return visit_all(node.child);
  }
}

// Items among which a starred expression is right.
void PlacementPass::starred_items(const AstNode& node) {
  for (NodeId id = node.child; id && !fault_; id = at(id).next)
    visit(at(id).kind == Ast::starred ? at(id).child : id);
}

void PlacementPass::arguments(NodeId first) {
  uint32_t count = 0;
  for (NodeId id = first; id && !fault_; id = at(id).next) {
    const AstNode& argument = at(id);
    if (++count > 255 && before(7)) fail(at(first).first, "more than 255 arguments");
    if (argument.kind != Ast::keyword) continue;
    std::string_view name = word(argument.extra);
    if (name == "__debug__") fail(argument.first, "cannot assign to __debug__");
    for (NodeId later = argument.next; later; later = at(later).next)
      if (at(later).kind == Ast::keyword && word(at(later).extra) == name)
        fail(at(later).first, fmt::format("keyword argument repeated: {}", name));
  }
  for (NodeId id = first; id && !fault_; id = at(id).next)
    visit(at(id).kind == Ast::starred ? at(id).child : id);
}

void PlacementPass::return_statement(const AstNode& node) {
  if (!in_function()) fail(node.first, "'return' outside function");
  if (node.child) {
    if (!unit_->return_with_value) unit_->return_with_value = node.first;
    visit(node.child);
  }
  const std::vector<Held>& held = unit_->held;
  if (std::find(held.begin(), held.end(), Held::except_star) != held.end())
    fail(node.first, std::string(in_except_star));
}

void PlacementPass::break_statement(const AstNode& node) {
  const std::vector<Held>& held = unit_->held;
  for (auto inner = held.rbegin(); inner != held.rend(); ++inner) {
    if (*inner == Held::loop) return;
    if (*inner == Held::finally && node.kind == Ast::continue_ && before(8)) {
      fail(node.first, "'continue' not supported inside 'finally' clause");
      return;
    }
    if (*inner == Held::except_star) {
      fail(node.first, std::string(in_except_star));
      return;
    }
  }
  fail(node.first,
       node.kind == Ast::break_ ? "'break' outside loop" : "'continue' not properly in loop");
}

void PlacementPass::loop(const AstNode& node) {
  NodeId test = node.child;
  if (node.kind == Ast::for_) {
    if ((node.flags & ast_async) && unit_->kind != Kind::async_function)
      fail(node.first, "'async for' outside async function");
    test = at(test).next;
    visit(test);
    store(node.child);
  } else {
    visit(test);
  }
  if (fault_) return;
  NodeId body = at(test).next;
  if (node.kind == Ast::while_ && before(8) && constant(at(test)) >= Constant::falsy)
    return visit(at(body).next);
  hold(Held::loop, node.first);
  visit_all(at(body).child);
  unit_->held.pop_back();
  if (at(body).next && !fault_) visit(at(body).next);
}

void PlacementPass::with(const AstNode& node) {
  if ((node.flags & ast_async) && unit_->kind != Kind::async_function)
    fail(node.first, "'async with' outside async function");
  size_t before = unit_->held.size();
  for (NodeId id = node.child; id && !fault_; id = at(id).next) {
    if (at(id).kind == Ast::block) {
      visit_all(at(id).child);
      break;
    }
    visit(at(id).child);
    hold(Held::other, node.first);
    if (NodeId target = at(at(id).child).next) store(target);
  }
  unit_->held.resize(before);
}

// The last statement of a block: until 3.9 CPython named the line of what it had compiled last.
uint32_t PlacementPass::last_statement(NodeId block) const {
  NodeId last = at(block).child;
  while (at(last).next) last = at(last).next;
  return at(last).first;
}

void PlacementPass::handlers(const AstNode& node) {
  NodeId previous = node.child;
  for (NodeId id = at(node.child).next; id && !fault_; id = at(id).next) {
    if (at(id).kind != Ast::handler) continue;
    bool more = at(id).next && at(at(id).next).kind == Ast::handler;
    if (at(at(id).child).kind == Ast::block && more)
      fail(this->before(10) ? last_statement(previous) : at(id).first,
           "default 'except:' must be last");
    if (at(id).flags & ast_named) store_name(at(id).extra, at(id).first);
    hold(Held::other, at(id).first);
    for (NodeId part = at(id).child; part && !fault_; part = at(part).next) {
      if (at(part).kind != Ast::block) {
        visit(part);
        continue;
      }
      previous = part;
      hold(at(id).flags & ast_star ? Held::except_star : Held::other, at(id).first);
      visit_all(at(part).child);
      unit_->held.pop_back();
    }
    unit_->held.pop_back();
  }
}

void PlacementPass::try_statement(const AstNode& node) {
  size_t before = unit_->held.size();
  NodeId otherwise = 0, last = 0;
  bool handled = false;
  for (NodeId id = node.child; id; id = at(id).next) {
    handled |= at(id).kind == Ast::handler;
    if (at(id).kind == Ast::else_) otherwise = id;
    if (at(id).kind == Ast::finally) last = id;
  }
  if (last) hold(Held::other, node.first);
  if (handled) hold(Held::other, node.first);
  visit_all(at(node.child).child);
  if (handled) unit_->held.pop_back();
  if (otherwise && !fault_) visit(otherwise);
  handlers(node);
  unit_->held.resize(before);
  if (!last || fault_) return;
  hold(Held::finally, node.first);
  visit(last);
  unit_->held.resize(before);
}

void PlacementPass::imported(const AstNode& node) {
  bool future = node.kind == Ast::import_from && (node.flags & ast_simple);
  // Those in the module's own body have been seen to.
  if (future && !top_level_)
    fail(node.first, "from __future__ imports must occur at the beginning of the file");
  for (NodeId id = node.child; id && !fault_; id = at(id).next)
    store_name(at(id).extra, node.first);
}

void PlacementPass::store_name(uint32_t name, uint32_t place) {
  if (word(name) == "__debug__") fail(place, "cannot assign to __debug__");
}

// Not every version of CPython that refuses "x.__debug__ = 1" refuses what does the same.
bool PlacementPass::overlooks_debug(Ast kind) const {
  if (storing_ == Ast::del) return before(kind == Ast::attribute ? 14 : 10);
  return storing_ == Ast::augmented && kind == Ast::attribute && !before(9) && before(14);
}

void PlacementPass::store(NodeId id, bool in_sequence) {
  const AstNode& node = at(id);
  switch (node.kind) {
    case Ast::name:
      if (!overlooks_debug(node.kind)) store_name(node.first, node.first);
      return;
    case Ast::attribute:
      if (!overlooks_debug(node.kind)) store_name(node.extra, node.first);
      if (!fault_) visit(node.child);
      return;
    case Ast::starred:
      if (!in_sequence) fail(node.first, "starred assignment target must be in a list or tuple");
      return store(node.child);
    case Ast::tuple:
    case Ast::list: {
      uint32_t count = 0;
      bool starred = false;
      if (node.kind == Ast::tuple && !node.child && before(6))
        fail(node.first, "can't assign to ()");
      for (NodeId item = node.child; item && !fault_; item = at(item).next, ++count) {
        if (at(item).kind != Ast::starred) continue;
        if (starred) fail(node.first, "multiple starred expressions in assignment");
        if (count >= 256) fail(node.first, "too many expressions in star-unpacking assignment");
        starred = true;
      }
      for (NodeId item = node.child; item && !fault_; item = at(item).next) store(item, true);
      return;
    }
    default:
      return visit(id);
  }
}

std::optional<ProgramFault> placement_fault(const Program& program) {
  return PlacementPass(program).run();
}

}  // namespace trainlint
