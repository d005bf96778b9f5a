// Blocks and statements: which steps are carried out, surely or perhaps.
#include <algorithm>

#include "lint/graph/conditions.h"
#include "lint/graph/simulation.h"

namespace trainlint {

static constexpr uint32_t no_block = UINT32_MAX;
static constexpr int deepest_nesting =
    1500;  // blocks over all loads and calls: the stack is finite

uint32_t Simulation::block_of(const Frame& frame, const Step& step, uint32_t position) const {
  if (position >= step.block_count) return no_block;
  return module_of(*frame.instance).block_lists[step.first_block + position];
}

Flow Simulation::run_block(Frame& frame, uint32_t block) {
  if (block == no_block) return Flow::next;
  const Module& module = module_of(*frame.instance);
  if (block >= module.blocks.size()) return Flow::next;
  if (journal_.exhausted()) over_ = true;
  if (nesting_ >= deepest_nesting || journal_.exhausted()) {
    frame.instance->scope.opaque = true;
    return Flow::next;
  }
  ++nesting_;
  Flow flow = Flow::next;
  for (const Step& step : module.blocks[block])
    if ((flow = run_step(frame, step)) != Flow::next) break;
  --nesting_;
  return flow;
}

Flow Simulation::run_step(Frame& frame, const Step& step) {
  switch (step.kind) {
    case StepKind::import_module:
      return run_import(frame, step);
    case StepKind::import_from:
      return run_import_from(frame, step);
    case StepKind::bind:
      run_bind(frame, step);
      return Flow::next;
    case StepKind::unbind:
      return run_unbind(frame, step);
    case StepKind::use:
      return run_use(frame, step);
    case StepKind::call:
      return run_call(frame, step);
    case StepKind::branch:
      return run_branch(frame, step);
    case StepKind::loop:
      return run_loop(frame, step);
    case StepKind::attempt:
      return run_attempt(frame, step);
    case StepKind::with:
      return run_with(frame, step);
    case StepKind::function: {
      Scope* closure = frame.scope == &frame.instance->scope ? nullptr : frame.scope;
      while (closure && closure->is_class) closure = closure->enclosing;
      defined_ = {.kind = MeaningKind::function,
                  .instance = frame.instance,
                  .scope = closure,
                  .step = &step};
      return Flow::next;
    }
    case StepKind::class_body:
    case StepKind::comprehension:
      run_scope(frame, step);
      return Flow::next;
    case StepKind::global:
      frame.scope->globals.insert(step.text);
      return Flow::next;
    case StepKind::opaque:
      run_opaque(frame, step);
      return Flow::next;
    case StepKind::leave:
      if (module_of(*frame.instance).syntax.kind(step.node) != sym_return_statement)
        return Flow::left;
      ++returns_;
      return Flow::returned;
    case StepKind::raise:
      return run_raise(frame, step);
    case StepKind::declare:
    case StepKind::nonlocal:
    case StepKind::handler:
      return Flow::next;
  }
  return Flow::next;
}

// Names of this module may be bound in any way from here on; `sys.modules[...] = ` also puts
// modules where imports find them.
void Simulation::run_opaque(Frame& frame, const Step& step) {
  frame.instance->scope.opaque = true;
  const Syntax& syntax = module_of(*frame.instance).syntax;
  if (syntax.text(step.node).find("sys.modules") != std::string_view::npos ||
      syntax.text(step.statement).substr(0, 200).find("modules") != std::string_view::npos)
    path_unknown_ = true;
  if (syntax.text(step.node).find("__path__") != std::string_view::npos)
    frame.instance->opaque_path = true;
}

// A class body or comprehension: run now, in a scope of its own.
// A metaclass may begin the namespace of its classes with names (__prepare__, PEP 3115).
static bool has_metaclass(const Syntax& syntax, Syntax::Node definition) {
  const Syntax::Node bases = syntax.field(definition, field_superclasses);
  return bases != Syntax::none && syntax.text(bases).find("metaclass") != std::string_view::npos;
}

void Simulation::run_scope(Frame& frame, const Step& step) {
  Scope& scope = scopes_.emplace_back();
  scope.enclosing = frame.scope == &frame.instance->scope ? nullptr : frame.scope;
  scope.is_class = step.kind == StepKind::class_body;
  scope.opaque = scope.is_class && has_metaclass(module_of(*frame.instance).syntax, step.node);
  Frame inner{frame.instance, &scope};
  if (step.kind == StepKind::class_body) {
    run_block(inner, block_of(frame, step, 0));
  } else {
    run_maybe(inner, block_of(frame, step, 0));  // what is iterated over may be empty
  }
}

// Runs a block that may or may not be run: afterwards both hold.
Flow Simulation::run_maybe(Frame& frame, uint32_t block) {
  if (block == no_block) return Flow::next;
  size_t mark = journal_.mark();
  const int before = maybe_++;
  Flow flow = run_block(frame, block);
  maybe_ = before;
  Journal::Changes changes = journal_.take_back(mark);
  if (flow != Flow::raised) apply_changes(journal_, join(changes, {}));
  return flow;
}

std::optional<bool> Simulation::truth(const Frame& frame, uint32_t index, int depth) const {
  const std::vector<Test>& tests = module_of(*frame.instance).tests;
  if (index >= tests.size() || depth > 100) return std::nullopt;
  const Test& test = tests[index];
  auto side = [&](uint32_t i) { return truth(frame, i, depth + 1); };
  switch (test.kind) {
    case TestKind::unknown:
      return std::nullopt;
    case TestKind::always_true:
      return true;
    case TestKind::always_false:
      return false;
    case TestKind::negation: {
      std::optional<bool> value = side(test.left);
      return value ? std::optional(!*value) : std::nullopt;
    }
    case TestKind::conjunction:
    case TestKind::disjunction: {
      const bool decisive = test.kind == TestKind::disjunction;
      std::optional<bool> left = side(test.left), right = side(test.right);
      if (left == decisive || right == decisive) return decisive;
      return left && right ? std::optional(!decisive) : std::nullopt;
    }
    case TestKind::main_guard:
      return frame.instance == entry_ && guard_;
    case TestKind::type_checking:
      return false;
    case TestKind::package_none:
      return frame.instance->package.empty();
    case TestKind::version:
      return version_holds(test, launch_.python);
    case TestKind::platform:
      return platform_holds(test);
  }
  return std::nullopt;
}

// A branch that is not taken, for a reason a reader may want to see in the graph.
static When untaken(const Module& module, const Step& step) {
  if (step.index < module.tests.size() && module.tests[step.index].kind == TestKind::type_checking)
    return When::type_checking;
  return When::not_taken;
}

// Whether a branch of the entry module is the one that only `python -m` takes.
bool Simulation::main_guarded(const Frame& frame, const Step& step) {
  if (frame.instance != entry_ || !module_of(*entry_).has_main_guard) return false;
  guard_ = false;
  std::optional<bool> imported = truth(frame, step.index);
  guard_ = true;
  return imported != truth(frame, step.index);
}

Flow Simulation::run_branch(Frame& frame, const Step& step) {
  const Module& module = module_of(*frame.instance);
  uint32_t then = block_of(frame, step, 0), otherwise = block_of(frame, step, 1);
  const When occasion = when_;
  if (when_ == When::import_time && main_guarded(frame, step)) when_ = When::main_guard;
  Flow flow = Flow::next;
  if (std::optional<bool> known = truth(frame, step.index)) {
    record_only(frame, *known ? otherwise : then, untaken(module, step));
    flow = run_block(frame, *known ? then : otherwise);
  } else {
    flow = run_both(frame, then, otherwise);
  }
  when_ = occasion;
  return flow;
}

// Either of two blocks is run: what both leave holds, what one leaves holds perhaps.
Flow Simulation::run_both(Frame& frame, uint32_t then, uint32_t otherwise) {
  const int before = maybe_++;
  size_t mark = journal_.mark();
  Flow one = run_block(frame, then);
  Journal::Changes changes_one = journal_.take_back(mark);
  maybe_ = before + 1;
  mark = journal_.mark();
  Flow other = run_block(frame, otherwise);
  Journal::Changes changes_other = journal_.take_back(mark);
  maybe_ = before;
  if (one == Flow::next && other == Flow::next) {
    apply_changes(journal_, join(changes_one, changes_other));
    return Flow::next;
  }
  if (one != Flow::next && other != Flow::next) return one == other ? one : Flow::left;
  apply_changes(journal_, one == Flow::next ? changes_one : changes_other);
  // After `if x: return` the rest is run only perhaps; after `if x: raise` there is no success
  // without it. Whoever runs the function or loop restores the count.
  Flow way_out = one == Flow::next ? other : one;
  if (way_out != Flow::ended) ++maybe_;
  return Flow::next;
}

Flow Simulation::run_loop(Frame& frame, const Step& step) {
  const int before = maybe_, returns = returns_;
  uint32_t body = block_of(frame, step, 0), otherwise = block_of(frame, step, 1);
  Flow flow = Flow::next;
  const bool surely = truth(frame, step.index) == true;
  if (surely)
    flow = run_block(frame, body);
  else if (truth(frame, step.index) != false)
    run_maybe(frame, body);
  maybe_ = before;
  if (flow == Flow::raised || flow == Flow::returned || flow == Flow::ended) return flow;
  // A return on some way through the body: what follows is run only perhaps.
  if (returns_ != returns) ++maybe_;
  run_maybe(frame, otherwise);
  return Flow::next;
}

// Imports on ways that are never taken on the worker: shown in the graph, never judged.
void Simulation::record_only(Frame& frame, uint32_t block, When when) {
  if (block == no_block || nesting_ >= deepest_nesting) return;
  const Module& module = module_of(*frame.instance);
  ++nesting_;
  for (const Step& step : module.blocks[block]) {
    if (step.kind == StepKind::import_module || step.kind == StepKind::import_from) {
      std::optional<std::string> name =
          step.kind == StepKind::import_from ? absolute_name(frame, step) : std::string(step.text);
      if (name) {
        auto [target, to] = resolve_quietly(frame, *name);
        record_edge(frame, step, module.syntax.span(step.statement), *name, target, to, when);
      }
    }
    if (step.kind == StepKind::function) continue;
    for (uint32_t i = 0; i < step.block_count; ++i)
      record_only(frame, block_of(frame, step, i), when);
  }
  --nesting_;
}

}  // namespace trainlint
