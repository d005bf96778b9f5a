// Try statements, and errors on their way out.
#include <algorithm>

#include "lint/graph/simulation.h"

namespace trainlint {

// The module, function or class names of the errors that a `raise` statement names.
static uint8_t category_of(std::string_view error) {
  if (error == "ModuleNotFoundError") return catches_module_not_found;
  if (error == "ImportError") return catches_import;
  if (error == "AttributeError") return catches_attribute;
  if (error == "SyntaxError") return catches_syntax;
  if (error == "NameError") return catches_name;
  return catches_other;
}

void Simulation::risk(uint8_t categories) {
  for (TryFrame& attempt : tries_)
    if (attempt.catches & (categories | catches_unknown)) attempt.risky = true;
}

bool Simulation::guarded(uint8_t category) const {
  return std::any_of(tries_.begin(), tries_.end(), [&](const TryFrame& attempt) {
    return attempt.catches & (category | catches_unknown);
  });
}

// An error leaves the step that is being carried out. Caught for sure: unwind to there. Caught
// perhaps: go on, both ways hold. Caught by nothing: report it and go on as if it had not happened.
Flow Simulation::raise(uint8_t category, std::optional<Failure> failure) {
  for (size_t i = tries_.size(); i-- > 0;) {
    TryFrame& attempt = tries_[i];
    if (attempt.catches & category) {
      attempt.risky = true;
      if (maybe_ != attempt.maybe_depth) return Flow::next;
      attempt.raised = category;
      attempt.failure = std::move(failure);
      unwinding_to_ = i;
      return Flow::raised;
    }
    if (attempt.catches & catches_unknown) {
      attempt.risky = true;
      return Flow::next;
    }
  }
  if (!failure) return Flow::next;
  auto key = std::make_tuple(failure->module, failure->span.begin, failure->name);
  auto [known, fresh] = recorded_failures_.try_emplace(key, graph_.failures.size());
  if (fresh) {
    graph_.failures.push_back(std::move(*failure));
  } else if (failure->certain && !graph_.failures[known->second].certain) {
    graph_.failures[known->second] = std::move(*failure);
  }
  return Flow::next;
}

Flow Simulation::fail(const Site& site, uint8_t category, Failure failure) {
  if (!site.frame || site.frame->instance->module == no_module) return Flow::next;
  failure.module = site.frame->instance->module;
  failure.span = site.span;
  if (failure.detail == Span{}) failure.detail = site.span;
  failure.certain = certain();
  failure.when = when_;
  failure.chain = chain_;
  return raise(category, std::move(failure));
}

Flow Simulation::run_raise(Frame& frame, const Step& step) {
  if (step.text == "SystemExit") return guarded(catches_exit) ? run_caught_exit() : end_well(frame);
  const bool again = step.text.empty() && !handling_.empty();
  if (again && handling_.back().maybe_depth == maybe_) {
    Handling handling = handling_.back();
    return raise(handling.category, std::move(handling.failure)) == Flow::raised ? Flow::raised
                                                                                 : Flow::left;
  }
  std::optional<Failure> failure;
  if (!handling_.empty() && handling_.back().maybe_depth == maybe_ && handling_.back().failure) {
    // `raise ImportError("install x") from error`: CPython's traceback ends here.
    failure = handling_.back().failure;
    failure->module = frame.instance->module;
    failure->span = module_of(*frame.instance).syntax.span(step.statement);
    failure->detail = failure->span;
    failure->chain = chain_;
  }
  if (raise(category_of(step.text), std::move(failure)) == Flow::raised) return Flow::raised;
  // The module ends here: whatever it would have bound afterwards is not there to be missed.
  frame.instance->scope.opaque = true;
  const bool caught_perhaps = guarded(category_of(step.text));
  return caught_perhaps ? Flow::left : Flow::ended;
}

static uint8_t caught_by(const Module& module, uint32_t block) {
  if (block >= module.blocks.size() || module.blocks[block].empty()) return catches_unknown;
  const Step& first = module.blocks[block].front();
  return first.kind == StepKind::handler ? first.catches : uint8_t{catches_unknown};
}

// Whether a block ends with something that drops the error which is on its way.
static bool leaves(const Module& module, uint32_t block) {
  auto leaves_by = [&](const Step& step) {
    if (step.kind == StepKind::leave || step.kind == StepKind::raise) return true;
    return step.kind == StepKind::call && module.calls[step.index].callee.ends_with("exit");
  };
  return block < module.blocks.size() &&
         std::any_of(module.blocks[block].begin(), module.blocks[block].end(), leaves_by);
}

static constexpr uint32_t first_handler = 3;  // after body, else and finally

Flow Simulation::run_attempt(Frame& frame, const Step& step) {
  const Module& module = module_of(*frame.instance);
  TryFrame attempt{.maybe_depth = maybe_};
  for (uint32_t i = first_handler; i < step.block_count; ++i)
    attempt.catches |= caught_by(module, block_of(frame, step, i));
  // `finally: return` drops whatever error is on its way.
  if (leaves(module, block_of(frame, step, 2))) attempt.catches |= catches_unknown;
  const int before = maybe_;
  tries_.push_back(attempt);
  size_t mark = journal_.mark();
  Flow flow = run_block(frame, block_of(frame, step, 0));
  bool handler_leaves = false;
  attempt = std::move(tries_.back());
  // Errors other than those of importing can come out of anything: 1 / 0, a, b = row, {}["x"].
  if (attempt.catches & (catches_other | catches_unknown)) attempt.risky = true;
  tries_.pop_back();
  maybe_ = before;
  if (flow == Flow::raised) {
    journal_.forget();
    if (unwinding_to_ == tries_.size()) flow = run_handler(frame, step, attempt);
  } else if (!attempt.risky || step.block_count <= first_handler) {
    journal_.forget();
    if (flow == Flow::next) flow = run_block(frame, block_of(frame, step, 1));
  } else {
    // The body may have stopped anywhere: what it binds holds perhaps when a handler begins.
    Journal::Changes body = journal_.take_back(mark);
    mark = journal_.mark();
    apply_changes(journal_, body);
    if (flow == Flow::next) flow = run_block(frame, block_of(frame, step, 1));
    Journal::Changes result = journal_.take_back(mark);
    for (uint32_t i = first_handler; i < step.block_count; ++i) {
      mark = journal_.mark();
      apply_changes(journal_, join(body, {}));
      ++maybe_;
      Flow handled = run_block(frame, block_of(frame, step, i));
      maybe_ = before;
      Journal::Changes changes = journal_.take_back(mark);
      if (handled == Flow::next) result = join(result, changes);
      handler_leaves = handler_leaves || handled == Flow::left || handled == Flow::returned;
    }
    apply_changes(journal_, result);
  }
  Flow last = run_block(frame, block_of(frame, step, 2));
  if (handler_leaves) ++maybe_;  // what follows is run only if the body had no error
  return last != Flow::next ? last : flow;
}

// The error is known and surely caught: its handler is run as surely as the statement itself.
Flow Simulation::run_handler(Frame& frame, const Step& step, const TryFrame& attempt) {
  const Module& module = module_of(*frame.instance);
  for (uint32_t i = first_handler; i < step.block_count; ++i) {
    uint32_t block = block_of(frame, step, i);
    uint8_t catches = caught_by(module, block);
    if (!(catches & (attempt.raised | catches_unknown))) continue;
    handling_.push_back({attempt.raised, attempt.failure, maybe_});
    Flow flow = catches & attempt.raised ? run_block(frame, block) : run_maybe(frame, block);
    handling_.pop_back();
    return flow;
  }
  return Flow::next;
}

// `with contextlib.suppress(ImportError)` is a try statement whose handler does nothing.
Flow Simulation::run_with(Frame& frame, const Step& step) {
  if (step.catches == catches_nothing) return run_block(frame, block_of(frame, step, 0));
  const int before = maybe_;
  tries_.push_back({.catches = step.catches, .maybe_depth = maybe_});
  size_t mark = journal_.mark();
  Flow flow = run_block(frame, block_of(frame, step, 0));
  const bool risky = tries_.back().risky;
  tries_.pop_back();
  maybe_ = before;
  if (flow == Flow::raised) {
    journal_.forget();
    return unwinding_to_ == tries_.size() ? Flow::next : Flow::raised;
  }
  Journal::Changes changes = journal_.take_back(mark);
  apply_changes(journal_, risky ? join(changes, {}) : changes);
  return flow;
}

}  // namespace trainlint
