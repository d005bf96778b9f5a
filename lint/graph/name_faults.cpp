#include "lint/graph/name_faults.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>

#include "lint/graph/conditions.h"
#include "lint/graph/python2.h"
#include "lint/graph/standard_library.h"
#include "lint/text/ascii.h"
#include "rules/facts/builtins.h"

namespace trainlint {

bool is_soft_keyword(std::string_view name) {
  return name == "match" || name == "case" || name == "type";
}

bool is_always_there(std::string_view name, PythonVersion python) {
  const auto& always = facts::builtins::always;
  if (std::binary_search(always.begin(), always.end(), name)) return true;
  return std::any_of(facts::builtins::added.begin(), facts::builtins::added.end(),
                     [&](const facts::builtins::Added& added) {
                       return added.name == name && python >= PythonVersion{3, added.minor};
                     });
}

namespace {

struct NameScope {
  StepKind kind = StepKind::import_module;  // function, class_body, comprehension; else the module
  const NameScope* parent = nullptr;
  std::unordered_set<std::string_view> bound;
  std::unordered_set<std::string_view> elsewhere;  // declared global or nonlocal
  bool unknown = false;                            // any name may be bound
};

using Names = std::unordered_set<std::string_view>;

bool opens_scope(StepKind kind) {
  return kind == StepKind::function || kind == StepKind::class_body ||
         kind == StepKind::comprehension;
}

// Calls `take` with every name that a step itself binds.
template <class Take>
void each_bound(const Module& module, const Step& step, Take take) {
  switch (step.kind) {
    case StepKind::bind:
    case StepKind::declare:
      if (step.text.find('.') == std::string_view::npos) take(step.text);
      break;
    case StepKind::import_module:
      take(step.bound);
      break;
    case StepKind::import_from:
      for (uint32_t i = 0; i < step.name_count; ++i) take(module.names[step.first_name + i].bound);
      break;
    default:
      break;
  }
}

class NamePass {
 public:
  NamePass(const Module& module, PythonVersion python) : module_(module), python_(python) {}

  std::vector<NameFault> run() {
    if (module_.blocks.empty() || !module_.faults.empty()) return {};
    scopes_.emplace_back();
    collect(0, scopes_.front());
    if (scopes_.front().unknown) return {};
    check(0, scopes_.front(), nullptr);
    if (misread_) return {};
    if (python_.major >= 3) add_python2_expressions(module_, all_bound_, faults_);
    std::stable_sort(faults_.begin(), faults_.end(), [](const NameFault& a, const NameFault& b) {
      return a.span.begin < b.span.begin;
    });
    return std::move(faults_);
  }

 private:
  uint32_t block(const Step& step, uint32_t position) const {
    return module_.block_lists[step.first_block + position];
  }

  // First pass: what each scope binds.
  void collect(uint32_t index, NameScope& scope) {
    for (const Step& step : module_.blocks[index]) {
      if (step.kind == StepKind::global) {
        scope.elsewhere.insert(step.text);
        scopes_.front().bound.insert(step.text);
      } else if (step.kind == StepKind::nonlocal) {
        scope.elsewhere.insert(step.text);
      } else if (step.kind == StepKind::opaque ||
                 (step.kind == StepKind::import_from && step.star && !take_star(step, scope))) {
        scopes_.front().unknown = true;
      }
      each_bound(module_, step, [&](std::string_view name) {
        scope.bound.insert(name);
        all_bound_.insert(name);
      });
      if (step.kind == StepKind::import_module || step.kind == StepKind::import_from)
        each_bound(module_, step, [&](std::string_view name) { imported_.insert(name); });
      NameScope* inner = &scope;
      if (opens_scope(step.kind)) {
        inner = &scopes_.emplace_back();
        inner->kind = step.kind;
        inner->parent = &scope;
        of_step_[&step] = inner;
      }
      for (uint32_t i = 0; i < step.block_count; ++i) collect(block(step, i), *inner);
    }
  }

  // The names of a module of the standard library, as far as they are known.
  bool take_star(const Step& step, NameScope& scope) {
    if (step.level > 0) return false;
    const std::span<const std::string_view> names = star_names(step.text);
    scope.bound.insert(names.begin(), names.end());
    all_bound_.insert(names.begin(), names.end());
    return !names.empty();
  }

  bool sees(const NameScope& from, std::string_view name) const {
    if (is_always_there(name, python_)) return true;
    bool through_function = false;
    for (const NameScope* scope = &from; scope; scope = scope->parent) {
      const bool hidden = scope->kind == StepKind::class_body && through_function;
      if (!hidden && scope->bound.contains(name)) return true;
      if (scope->kind == StepKind::comprehension) through_function = true;
      if (scope->kind == StepKind::function) {
        through_function = true;
        if (name == "__class__") return true;
      }
      if (scope->kind == StepKind::class_body && !through_function &&
          (name == "__module__" || name == "__qualname__"))
        return true;
    }
    return name == "__path__" && module_.path.ends_with("__init__.py");
  }

  // Second pass: what each step loads. `assigned` are the names that the function around may have
  // bound by now; null outside of functions. True where nothing behind the block is run.
  bool check(uint32_t index, const NameScope& scope, Names* assigned) {
    for (const Step& step : module_.blocks[index]) {
      if (step.kind == StepKind::use && guards_ == 0) use(step, scope, assigned);
      if (step.kind == StepKind::call && guards_ == 0 && versions_ == 0) call(step);
      if (check_inside(step, scope, assigned) || step.kind == StepKind::leave ||
          step.kind == StepKind::raise || ends_program(step))
        return true;
      if (assigned)
        each_bound(module_, step, [&](std::string_view name) {
          if (step.kind != StepKind::declare) assigned->insert(name);
        });
    }
    return false;
  }

  // The blocks of a step; true where they surely leave the one around.
  bool check_inside(const Step& step, const NameScope& scope, Names* assigned) {
    switch (step.kind) {
      case StepKind::function:
        enter_function(step);
        return false;
      case StepKind::class_body:
      case StepKind::comprehension:
        check(block(step, 0), *of_step_.at(&step), nullptr);
        return false;
      case StepKind::attempt:
        attempt(step, scope, assigned);
        return false;
      case StepKind::branch:
        return branch(step, scope, assigned);
      case StepKind::with: {
        const bool swallows = (step.catches & (catches_name | catches_unknown)) != 0;
        guards_ += swallows;
        const bool ends = check(block(step, 0), scope, assigned);
        guards_ -= swallows;
        return ends && !swallows;
      }
      case StepKind::loop:
        loop(step, scope, assigned);
        return false;
      default:
        for (uint32_t i = 0; i < step.block_count; ++i) check(block(step, i), scope, assigned);
        return false;
    }
  }

  void loop(const Step& step, const NameScope& scope, Names* assigned) {
    if (assigned)  // a second round sees what the first binds
      for (uint32_t i = 0; i < step.block_count; ++i) bind_all(block(step, i), *assigned);
    const bool never = truth(step.index, 0) == false;
    for (uint32_t i = never ? 1 : 0; i < step.block_count; ++i)
      check(block(step, i), scope, assigned);
  }

  // `sys.exit()` as a statement.
  bool ends_program(const Step& step) const {
    static constexpr std::string_view exits[] = {"sys.exit", "exit", "quit", "os._exit",
                                                 "os.abort"};
    if (step.kind != StepKind::call) return false;
    const Call& call = module_.calls[step.index];
    const Syntax& syntax = module_.syntax;
    return std::find(std::begin(exits), std::end(exits), call.callee) != std::end(exits) &&
           syntax.kind(step.statement) == sym_expression_statement &&
           syntax.first(step.statement) == call.node;
  }

  void enter_function(const Step& step) {
    const NameScope& inner = *of_step_.at(&step);
    Names assigned;
    bind_all(block(step, 1), assigned);
    const int guards = guards_;
    guards_ = 0;
    ++functions_;
    check(block(step, 0), inner, &assigned);
    --functions_;
    guards_ = guards;
  }

  void bind_all(uint32_t index, Names& names) const {
    for (const Step& step : module_.blocks[index]) {
      each_bound(module_, step, [&](std::string_view name) { names.insert(name); });
      if (opens_scope(step.kind)) continue;
      for (uint32_t i = 0; i < step.block_count; ++i) bind_all(block(step, i), names);
    }
  }

  void attempt(const Step& step, const NameScope& scope, Names* assigned) {
    static constexpr uint32_t first_handler = 3;
    bool guarded = false;
    for (uint32_t i = first_handler; i < step.block_count; ++i) {
      const Block& handler = module_.blocks[block(step, i)];
      guarded |= handler.empty() || handler.front().kind != StepKind::handler ||
                 (handler.front().catches & (catches_name | catches_attribute | catches_unknown));
    }
    guards_ += guarded;
    check(block(step, 0), scope, assigned);
    guards_ -= guarded;
    for (uint32_t i = first_handler; i < step.block_count; ++i)
      check(block(step, i), scope, assigned);
    check(block(step, 1), scope, assigned);
    check(block(step, 2), scope, assigned);
  }

  // Only what the target Python runs; what a condition on six.PY2 and the like leaves open is
  // remembered.
  bool branch(const Step& step, const NameScope& scope, Names* assigned) {
    const std::optional<bool> known = truth(step.index, 0);
    const bool asks = asks_version(step);
    versions_ += asks;
    bool ends[2] = {false, false};
    for (uint32_t i = 0; i < 2 && i < step.block_count; ++i) {
      if (known && *known == (i == 1))
        bind_maybe(block(step, i), assigned);
      else
        ends[i] = check(block(step, i), scope, assigned);
    }
    versions_ -= asks;
    return known ? ends[*known ? 0 : 1] : ends[0] && ends[1];
  }

  void bind_maybe(uint32_t index, Names* assigned) const {
    if (assigned) bind_all(index, *assigned);
  }

  // (The nodes of conditions are not kept: the header's text says enough.)
  bool asks_version(const Step& step) const {
    const Syntax& syntax = module_.syntax;
    std::string_view text = syntax.text(step.node);
    if (syntax.kind(step.node) == sym_if_statement || syntax.kind(step.node) == sym_elif_clause)
      text = text.substr(0, text.find('\n'));
    return asks_for_version(text);
  }

  std::optional<bool> truth(uint32_t index, int depth) const {
    if (index >= module_.tests.size() || depth > 100) return std::nullopt;
    const Test& test = module_.tests[index];
    switch (test.kind) {
      case TestKind::always_true:
        return true;
      case TestKind::always_false:
        return false;
      case TestKind::version:
        return version_holds(test, python_);
      case TestKind::negation: {
        std::optional<bool> inner = truth(test.left, depth + 1);
        return inner ? std::optional(!*inner) : std::nullopt;
      }
      case TestKind::conjunction:
      case TestKind::disjunction: {
        const bool decisive = test.kind == TestKind::disjunction;
        if (truth(test.left, depth + 1) == decisive || truth(test.right, depth + 1) == decisive)
          return decisive;
        return std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }

  void use(const Step& step, const NameScope& scope, const Names* assigned) {
    std::string_view name = step.text.substr(0, step.text.find('.'));
    const bool local = assigned && scope.bound.contains(name) && !scope.elsewhere.contains(name);
    NameFault fault;
    if (local && !assigned->contains(name))
      fault.kind = NameFault::read_too_early;
    else if (local || sees(scope, name))
      return;
    if (may_be_bound_otherwise(name)) return;
    if (is_soft_keyword(name)) misread_ = true;
    if (step.annotation && python_ >= PythonVersion{3, 14}) return;  // PEP 649
    const uint32_t begin = module_.syntax.span(step.node).begin;
    fault.span = {begin, begin + static_cast<uint32_t>(name.size())};
    fault.name = name;
    fault.in_function = functions_ > 0;
    fault.for_python2 = versions_ > 0;
    faults_.push_back(fault);
  }

  // In other characters that mean the same: names are compared in NFKC (PEP 3131).
  bool may_be_bound_otherwise(std::string_view name) const {
    return !is_ascii(name) || !std::all_of(all_bound_.begin(), all_bound_.end(), is_ascii);
  }

  void call(const Step& step) {
    if (python_.major < 3) return;
    const Call& call = module_.calls[step.index];
    std::optional<NameFault> fault = python2_call(module_, call, all_bound_, imported_, python_);
    if (!fault || (fault->kind == NameFault::python2_item && asks_for_version(module_.text())))
      return;
    fault->in_function = functions_ > 0;
    faults_.push_back(*fault);
  }

  const Module& module_;
  PythonVersion python_;
  Names all_bound_;  // in whatever scope
  Names imported_;
  std::deque<NameScope> scopes_;
  std::unordered_map<const Step*, const NameScope*> of_step_;
  std::vector<NameFault> faults_;
  int guards_ = 0;     // try statements around that catch NameError
  int versions_ = 0;   // conditions around that ask for the version
  int functions_ = 0;  // around
  bool misread_ = false;
};

void add_locals(const Module& module, uint32_t index, Names& bound, Names& elsewhere) {
  for (const Step& step : module.blocks[index]) {
    if (step.kind == StepKind::global || step.kind == StepKind::nonlocal)
      elsewhere.insert(step.text);
    each_bound(module, step, [&](std::string_view name) { bound.insert(name); });
    if (opens_scope(step.kind)) continue;
    for (uint32_t i = 0; i < step.block_count; ++i)
      add_locals(module, module.block_lists[step.first_block + i], bound, elsewhere);
  }
}

}  // namespace

std::vector<NameFault> name_faults(const Module& module, PythonVersion python) {
  return NamePass(module, python).run();
}

std::unordered_set<std::string_view> local_names(const Module& module, const Step& function) {
  Names bound, elsewhere;
  add_locals(module, module.block_lists[function.first_block], bound, elsewhere);
  for (std::string_view name : elsewhere) bound.erase(name);
  return bound;
}

}  // namespace trainlint
