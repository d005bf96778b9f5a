// The order of the steps of each statement against the order of CPython's bytecode.
#include <doctest/doctest.h>

#include <map>

#include "lint/text/line_map.h"
#include "tests/support/oracle.h"

using namespace trainlint;

// Events of each statement, by the statement's node.
struct Order {
  const Module& module;
  std::map<Syntax::Node, std::string> events;

  void add(const Step& step, const std::string& event) {
    std::string& all = events[step.statement];
    all += (all.empty() ? "" : " ") + event;
  }
  void add_step(const Step& step);
  void add_block(uint32_t block);
};

void Order::add_step(const Step& step) {
  std::string text(step.text);
  if (text == "__annotations__" || text == "__debug__") return;
  bool simple = module.syntax.kind(step.statement) == sym_expression_statement ||
                module.syntax.kind(step.statement) == sym_delete_statement ||
                module.syntax.kind(step.statement) == sym_raise_statement ||
                module.syntax.kind(step.statement) == sym_type_alias_statement;
  switch (step.kind) {
    case StepKind::use:
      add(step, text.substr(0, text.find('.')));
      break;
    case StepKind::import_module:
      add(step, "=" + std::string(step.bound));
      break;
    case StepKind::import_from:
      for (uint32_t i = 0; i < step.name_count; ++i)
        add(step, "=" + std::string(module.names[step.first_name + i].bound));
      break;
    case StepKind::bind:
      if (text.find('.') == std::string::npos) add(step, "=" + text);
      break;
    case StepKind::unbind:
      add(step, "-" + text);
      break;
    case StepKind::comprehension:
    case StepKind::call:
      if (simple) add(step, "()");
      break;
    default:
      break;
  }
}

void Order::add_block(uint32_t block) {
  Syntax::Node comprehension = 0;
  for (const Step& step : module.blocks[block]) {
    // Names that := binds in a comprehension are stored by the comprehension's own code.
    bool stored_inside = comprehension != 0 && step.kind == StepKind::bind &&
                         step.node > comprehension && step.node < module.syntax[comprehension].next;
    if (step.kind == StepKind::comprehension) comprehension = step.node;
    if (stored_inside) continue;
    events.try_emplace(step.statement);
    bool own_code = step.kind == StepKind::function || step.kind == StepKind::class_body ||
                    step.kind == StepKind::comprehension;
    bool statement = own_code && step.node == step.statement;
    add_step(step);
    // The bodies of functions and classes hold statements of their own; lambdas do not.
    for (uint32_t i = 0; i < step.block_count; ++i)
      if (!own_code || (statement && i == 0)) add_block(module.block_lists[step.first_block + i]);
  }
}

TEST_CASE("the steps of a statement stand in the order of its bytecode") {
  size_t statements = 0, different = 0;
  for_each_judged_file("order_oracle.py", [&](const std::string& path,
                                              std::vector<std::string> theirs) {
    Module module = lowered_file(path);
    if (module.syntax.has_error()) return;
    Order order{module, {}};
    order.add_block(0);
    LineMap lines(module.text());
    std::map<std::string, std::string> ours;
    for (const auto& [node, events] : order.events) {
      uint32_t begin = module.syntax[node].begin;
      uint32_t line = lines.line_of(begin);
      ours[std::to_string(line) + " " + std::to_string(begin - lines.line_begin(line))] = events;
    }
    for (const std::string& line : theirs) {
      size_t colon = line.find(": ");
      std::string expected = line.substr(colon + 2);
      std::string actual = ours[line.substr(0, colon)];
      ++statements;
      if (actual == expected) continue;
      if (++different <= 30)
        FAIL_CHECK(path << ":" << line.substr(0, colon) << "\n  lowering: " << actual
                        << "\n  CPython:  " << expected);
    }
  });
  MESSAGE(statements << " statements compared, " << different << " differ");
  CHECK(different == 0);
  CHECK(statements > 20000);
}
