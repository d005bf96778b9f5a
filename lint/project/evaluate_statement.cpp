#include "lint/project/interpreter.h"

namespace trainlint {

Flow Interpreter::run_block(Node block) {
  if (block == Syntax::none) return Flow::next;
  for (Node statement : children(block)) {
    Flow flow = run(statement);
    if (flow != Flow::next) return flow;
  }
  return Flow::next;
}

Flow Interpreter::run(Node statement) {
  if (depth_ > 300) exhausted_ = true;
  if (raised) return Flow::raised;
  if (stopped()) return Flow::finished;
  depth_++;
  Flow flow = run_inner(statement);
  depth_--;
  if (raised) return Flow::raised;
  if (stopped()) return Flow::finished;
  return flow;
}

Flow Interpreter::run_inner(Node node) {
  const Syntax& tree = syntax();
  switch (tree.kind(node)) {
    case sym_expression_statement: {
      std::vector<Node> inner = children(node);
      if (inner.size() == 1 && tree.kind(inner[0]) == sym_assignment)
        assign_statement(inner[0]);
      else if (inner.size() == 1 && tree.kind(inner[0]) == sym_augmented_assignment)
        augmented(inner[0]);
      else
        evaluate(node);
      return Flow::next;
    }
    case sym_if_statement:
      return run_if(node);
    case sym_for_statement:
      return run_for(node);
    case sym_while_statement:
      return run_while(node);
    case sym_try_statement:
      return run_try(node);
    case sym_with_statement:
      return run_with(node);
    case sym_return_statement:
      return run_return(node);
    case sym_raise_statement:
      return run_raise(node);
    case sym_assert_statement:
      return run_assert(node);
    case sym_exec_statement:
      return run_exec(node);
    case sym_break_statement:
      return Flow::leave_loop;
    case sym_continue_statement:
      return Flow::next_round;
    case sym_import_statement:
      return run_import(node);
    case sym_import_from_statement:
      return run_import_from(node);
    case sym_function_definition:
      bind(tree.text(tree.field(node, field_name)),
           make_function(node, tree.field(node, field_parameters)));
      return Flow::next;
    case sym_decorated_definition: {
      Node definition = tree.field(node, field_definition);
      if (definition == Syntax::none) return Flow::next;
      if (extension)
        bind(tree.text(tree.field(definition, field_name)), decorated(node));
      else if (tree.kind(definition) == sym_class_definition)
        define_class(definition);
      else
        bind(tree.text(tree.field(definition, field_name)), unknown("a decorated function", node));
      return Flow::next;
    }
    case sym_class_definition:
      define_class(node);
      return Flow::next;
    case sym_delete_statement:
      delete_names(node);
      return Flow::next;
    case sym_global_statement:
      for (Node name : children(node)) scope_->globals.insert(std::string(tree.text(name)));
      return Flow::next;
    case sym_nonlocal_statement:
      for (Node name : children(node)) scope_->nonlocals.insert(std::string(tree.text(name)));
      return Flow::next;
    case sym_match_statement:
    case kind_error:
      doubt(node, unknown("a statement that is not evaluated", node));
      return Flow::next;
    case sym_pass_statement:
    case sym_future_import_statement:
    default:
      return Flow::next;
  }
}

void Interpreter::define_class(Node node) {
  if (extension) return bind(syntax().text(syntax().field(node, field_name)), make_class(node));
  PyValue type;
  type.kind = PyKind::type;
  type.text = syntax().text(syntax().field(node, field_name));
  type.place = place(node);
  bind(type.text, type);
}

void Interpreter::delete_names(Node node) {
  const Syntax& tree = syntax();
  for (Node child : children(node)) {
    if (tree.kind(child) == sym_identifier) {
      scope_->names.erase(std::string(tree.text(child)));
      continue;
    }
    Node object = tree.field(child, field_value), index = tree.field(child, field_subscript);
    bool item = object != Syntax::none && index != Syntax::none && tree.kind(index) != sym_slice;
    PyValue held = object == Syntax::none ? py_none() : evaluate(object);
    PyValue key = item ? evaluate(index) : py_none();
    if (item && (held.is(PyKind::dict) || held.is(PyKind::list)))
      call_method(held, "pop", {{key}, {}, {}, place(child)});
    else if (object != Syntax::none)
      lose(held, "del of a part", place(node));
    else
      doubt(child, unknown("a del statement that is not evaluated", node));
  }
}

// The branches of an if statement: condition (none for else) and body.
static std::vector<std::pair<Syntax::Node, Syntax::Node>> branches(const Syntax& tree,
                                                                   Syntax::Node node) {
  std::vector<std::pair<Syntax::Node, Syntax::Node>> out;
  out.emplace_back(tree.field(node, field_condition), tree.field(node, field_consequence));
  for (auto child = tree.first(node); child != Syntax::none; child = tree.sibling(child, node)) {
    if (tree.kind(child) == sym_elif_clause)
      out.emplace_back(tree.field(child, field_condition), tree.field(child, field_consequence));
    if (tree.kind(child) == sym_else_clause)
      out.emplace_back(Syntax::none, tree.field(child, field_body));
  }
  return out;
}

Flow Interpreter::run_if(Node node) {
  auto all = branches(syntax(), node);
  for (size_t i = 0; i < all.size(); i++) {
    if (all[i].first == Syntax::none) return run_block(all[i].second);
    PyValue condition = evaluate(all[i].first);
    if (stopped()) return Flow::next;
    std::optional<bool> holds = truth(condition);
    if (holds == true) return run_block(all[i].second);
    if (holds == false) continue;
    PyValue why =
        condition.known()
            ? unknown("depends on '" + std::string(syntax().text(all[i].first)) + "'", all[i].first)
            : condition;
    // A build in which setup() is not called comes to nothing: where just one way leads there, it
    // is the one to follow.
    size_t with_setup = all.size(), count = 0;
    for (size_t j = i; j < all.size() && !extension; j++)
      if (all[j].second != Syntax::none && contains_setup(all[j].second)) with_setup = j, count++;
    if (count == 1) {
      for (size_t j = i; j < all.size(); j++)
        if (j != with_setup && all[j].second != Syntax::none) doubt(all[j].second, why);
      return run_block(all[with_setup].second);
    }
    for (size_t j = i; j < all.size(); j++) {
      if (all[j].first != Syntax::none) doubt(all[j].first, why);
      if (all[j].second != Syntax::none) doubt(all[j].second, why);
    }
    return Flow::next;
  }
  return Flow::next;
}

Flow Interpreter::run_for(Node node) {
  const Syntax& tree = syntax();
  PyValue source = evaluate(tree.field(node, field_right));
  if (stopped()) return Flow::next;
  std::optional<std::vector<PyValue>> items = iterate(source);
  if (!items) {
    PyValue why = first_unknown(source).value_or(
        source.is(PyKind::library) ? unknown("uses " + source.text, node)
                                   : unknown("an iteration that is not evaluated", node));
    doubt(node, why);
    uncertain();
    return Flow::next;
  }
  for (PyValue& item : *items) {
    assign(tree.field(node, field_left), std::move(item));
    Flow flow = run_block(tree.field(node, field_body));
    if (flow == Flow::leave_loop) return Flow::next;
    if (flow != Flow::next && flow != Flow::next_round) return flow;
  }
  Node otherwise = tree.field(node, field_alternative);
  return otherwise == Syntax::none ? Flow::next : run_block(tree.field(otherwise, field_body));
}

Flow Interpreter::run_while(Node node) {
  const Syntax& tree = syntax();
  for (;;) {
    PyValue condition = evaluate(tree.field(node, field_condition));
    if (stopped()) return Flow::next;
    std::optional<bool> holds = truth(condition);
    if (!holds) {
      doubt(node,
            condition.known() ? unknown("depends on a condition of a loop", node) : condition);
      return Flow::next;
    }
    if (!*holds) return Flow::next;
    Flow flow = run_block(tree.field(node, field_body));
    if (flow == Flow::leave_loop) return Flow::next;
    if (flow != Flow::next && flow != Flow::next_round) return flow;
  }
}

bool Interpreter::catches(Node clause) {
  const Syntax& tree = syntax();
  std::string_view names;
  for (Node child : children(clause)) {
    if (tree.kind(child) == sym_block) break;
    names = tree.text(child);
  }
  if (names.empty() || !raised) return true;
  if (raised->type == "SystemExit")
    return names.find("SystemExit") != std::string_view::npos ||
           names.find("BaseException") != std::string_view::npos;
  if (names.find("Exception") != std::string_view::npos) return true;
  static constexpr std::pair<std::string_view, std::string_view> bases[] = {
      {"FileNotFoundError", "FileNotFoundError OSError IOError EnvironmentError"},
      {"IsADirectoryError", "IsADirectoryError OSError IOError EnvironmentError"},
      {"ModuleNotFoundError", "ModuleNotFoundError ImportError"},
      {"KeyError", "KeyError LookupError"},
      {"IndexError", "IndexError LookupError"},
      {"UnicodeDecodeError", "UnicodeDecodeError UnicodeError ValueError"}};
  std::string_view accepted = raised->type;
  for (const auto& [type, all] : bases)
    if (type == raised->type) accepted = all;
  for (size_t begin = 0; begin <= accepted.size();) {
    size_t end = std::min(accepted.find(' ', begin), accepted.size());
    if (names.find(accepted.substr(begin, end - begin)) != std::string_view::npos) return true;
    begin = end + 1;
  }
  return false;
}

Flow Interpreter::run_handlers(Node node) {
  const Syntax& tree = syntax();
  for (Node child : children(node)) {
    if (tree.kind(child) != sym_except_clause || !catches(child)) continue;
    raised.reset();
    Node body = Syntax::none;
    for (Node part : children(child)) {
      if (tree.kind(part) == sym_block)
        body = part;
      else if (tree.kind(part) == sym_as_pattern)
        doubt(part, unknown("an exception", part));
    }
    return run_block(body);
  }
  return Flow::raised;
}

// Does the block end by leaving the script, so that what follows runs only without it?
static bool leaves_script(const Syntax& tree, const std::vector<Syntax::Node>& statements) {
  if (statements.empty()) return false;
  if (tree.kind(statements.back()) == sym_raise_statement) return true;
  std::string_view last = tree.text(statements.back());
  return last.starts_with("sys.exit(") || last.starts_with("exit(") || last.starts_with("quit(");
}

// Something in the body may raise: then the rest of it is not run, but a handler is.
void Interpreter::doubt_try(Node node) {
  PyValue why = unknown("depends on whether this raises", node);
  bool goes_on = false;
  for (Node child : children(node)) {
    if (syntax().kind(child) != sym_except_clause) continue;
    std::vector<Node> parts = children(child);
    bool leaves = !parts.empty() && leaves_script(syntax(), children(parts.back()));
    if (!leaves) doubt(child, why);
    goes_on |= !leaves;
  }
  if (goes_on) doubt(syntax().field(node, field_body), why);
}

Flow Interpreter::run_try(Node node) {
  const Syntax& tree = syntax();
  bool import_guard = false, handled = false;
  for (Node child : children(node)) {
    if (tree.kind(child) != sym_except_clause) continue;
    handled = true;
    std::string_view head = tree.text(child);
    head = head.substr(0, head.find(':'));
    import_guard |= head == "except" || head.find("Error") != std::string_view::npos ||
                    head.find("Exception") != std::string_view::npos;
  }
  size_t before = doubts_;
  guarded_ += import_guard;
  Flow flow = run_block(tree.field(node, field_body));
  guarded_ -= import_guard;
  if (raised && handled) {
    flow = run_handlers(node);
  } else if (flow == Flow::next && !stopped()) {
    for (Node child : children(node))
      if (tree.kind(child) == sym_else_clause) flow = run_block(tree.field(child, field_body));
    if (doubts_ != before) doubt_try(node);
  }
  for (Node child : children(node))
    if (tree.kind(child) == sym_finally_clause && !stopped()) {
      std::vector<Node> body = children(child);
      if (!body.empty()) run_block(body.back());
    }
  return flow;
}

Flow Interpreter::run_with(Node node) {
  const Syntax& tree = syntax();
  bool may_swallow = false;  // a context manager that is not known may stop exceptions
  for (Node child : children(node)) {
    if (tree.kind(child) != sym_with_clause) continue;
    for (Node item : children(child)) {
      if (tree.kind(item) != sym_with_item) continue;
      Node value = tree.field(item, field_value);
      if (value == Syntax::none) continue;
      bool named = tree.kind(value) == sym_as_pattern;
      PyValue held = evaluate(named ? children(value)[0] : value);
      may_swallow |= !held.is(PyKind::file);
      Node target = named ? tree.field(value, field_alias) : Syntax::none;
      if (target != Syntax::none && !children(target).empty())
        assign(children(target)[0], std::move(held));
      if (stopped()) return Flow::next;
    }
  }
  size_t before = doubts_;
  Node body = tree.field(node, field_body);
  Flow flow = run_block(body);
  if (!may_swallow || (doubts_ == before && !raised)) return flow;
  raised.reset();
  doubt(body, unknown("depends on whether this raises", node));
  return flow == Flow::raised ? Flow::next : flow;
}

Flow Interpreter::run_return(Node node) {
  std::vector<Node> parts = children(node);
  PyValue value = parts.empty() ? py_none() : evaluate(parts[0]);
  if (stopped()) return Flow::next;
  returned_ = std::move(value);
  return Flow::give_back;
}

Flow Interpreter::run_raise(Node node) {
  const Syntax& tree = syntax();
  std::vector<Node> parts = children(node);
  std::string type = "an exception";
  if (!parts.empty()) {
    std::string_view text = syntax().text(parts[0]);
    type = text.substr(0, text.find('('));
  }
  std::string message = "raises " + type;
  if (extension && !parts.empty() && tree.kind(parts[0]) == sym_call) {
    Node list = tree.field(parts[0], field_arguments);
    std::vector<Node> given = list == Syntax::none ? std::vector<Node>{} : children(list);
    PyValue text = given.size() == 1 ? evaluate(given[0]) : py_none();
    if (stopped()) return Flow::raised;
    if (text.is(PyKind::string)) message = text.text;
  }
  if (type == "SystemExit")
    raise(type, "exits", place(node));
  else
    raise(type, std::move(message), place(node));
  return Flow::raised;
}

Flow Interpreter::run_assert(Node node) {
  std::vector<Node> parts = children(node);
  if (parts.empty()) return Flow::next;
  PyValue condition = evaluate(parts[0]);
  if (truth(condition) == false)
    raise("AssertionError", "this assertion fails", place(node));
  else if (!truth(condition))
    uncertain();
  return Flow::next;
}

Flow Interpreter::run_exec(Node node) {
  doubt(node, unknown("Python 2's exec statement", node));
  return Flow::next;
}

}  // namespace trainlint
