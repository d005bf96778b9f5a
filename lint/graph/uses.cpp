// Names, attributes and calls.
#include <algorithm>
#include <array>

#include "lint/graph/simulation.h"

namespace trainlint {

std::string_view Simulation::keep(std::string text) {
  return kept_.emplace_back(std::move(text));
}

const Binding* Simulation::look_up(const Frame& frame, std::string_view name) const {
  if (!frame.scope->globals.contains(name))
    for (const Scope* scope = frame.scope; scope; scope = scope->enclosing) {
      const bool hidden = scope->is_class && scope != frame.scope;
      if (const Binding* binding = hidden ? nullptr : scope->find(name)) return binding;
    }
  return frame.instance->scope.find(name);
}

void Simulation::bind(Frame& frame, std::string_view name, Bound bound, const Meaning& meaning) {
  const bool is_global = frame.scope->globals.contains(name);
  journal_.set(is_global ? frame.instance->scope : *frame.scope, name, {bound, meaning});
}

// What a dotted chain stands for, as far as it leads through known modules.
Meaning Simulation::meaning_of(const Frame& frame, std::string_view chain) const {
  size_t end = std::min(chain.find('.'), chain.size());
  const Binding* binding = look_up(frame, chain.substr(0, end));
  if (!binding || binding->bound == Bound::no) return {};
  Meaning meaning = binding->meaning;
  while (end < chain.size() && meaning.kind == MeaningKind::module) {
    size_t begin = end + 1;
    end = std::min(chain.find('.', begin), chain.size());
    binding = meaning.instance->scope.find(chain.substr(begin, end - begin));
    if (!binding || binding->bound == Bound::no) return {};
    meaning = binding->meaning;
  }
  return end < chain.size() && meaning.kind != MeaningKind::external ? Meaning{} : meaning;
}

// `a.b = value` on a module that can be seen gives it a name.
void Simulation::run_bind(Frame& frame, const Step& step) {
  size_t dot = step.text.rfind('.');
  if (dot == std::string_view::npos) {
    if (step.text == "__path__" && frame.scope == &frame.instance->scope)
      frame.instance->opaque_path = true;
    // The bind step after a function's own; a decorator may have put something else there, which
    // is taken for a wrapper that calls it.
    const bool is_function = defined_.step && defined_.step->text == step.text;
    bind(frame, step.text, Bound::yes, is_function ? defined_ : Meaning{});
    defined_ = {};
    return;
  }
  std::string_view object = step.text.substr(0, dot);
  Meaning meaning = meaning_of(frame, object);
  if (meaning.kind == MeaningKind::module) {
    journal_.set(meaning.instance->scope, step.text.substr(dot + 1), {Bound::yes, {}});
  } else if (meaning.kind == MeaningKind::external && meaning.external == "sys") {
    path_unknown_ = true;  // sys.path, sys.meta_path, sys.modules
  }
}

Flow Simulation::run_use(Frame& frame, const Step& step) {
  // What is done with the value may raise anything: os.environ["X"], total / count.
  risk(catches_name | catches_attribute | catches_other);
  size_t end = step.text.find('.');
  if (end == std::string_view::npos) return Flow::next;
  const Binding* binding = look_up(frame, step.text.substr(0, end));
  while (binding && binding->bound == Bound::yes && end < step.text.size() &&
         binding->meaning.kind == MeaningKind::module) {
    Instance& instance = *binding->meaning.instance;
    size_t begin = end + 1;
    end = std::min(step.text.find('.', begin), step.text.size());
    std::string_view name = step.text.substr(begin, end - begin);
    binding = instance.scope.find(name);
    if (binding && binding->bound != Bound::no) continue;
    // Whoever takes the dictionary may put anything into it.
    if (name == "__dict__") instance.scope.opaque = true;
    if (has_attribute(instance, name) || instance.scope.opaque || instance.opaque_path ||
        instance.scope.find("__getattr__") || instance.module == no_module ||
        declared_global(instance, name))
      return Flow::next;
    const Module& module = module_of(*frame.instance);
    auto offset = static_cast<uint32_t>(step.text.data() - module.text().data());
    Site site{&frame, &step, {offset, offset + static_cast<uint32_t>(end)}};
    Failure failure{.kind = FailureKind::missing_name};
    failure.name = instance.name + "." + std::string(name);
    failure.target = instance.module;
    if (instance.state == Instance::loading && binds_somewhere(module_of(instance), name))
      failure.kind = FailureKind::circular;
    const bool folder_may_have_it =
        instance.is_package && (!distribution_.complete || distribution_.generated_modules);
    return folder_may_have_it ? Flow::next : fail(site, catches_attribute, std::move(failure));
  }
  return Flow::next;
}

// A function may bind the name by `global`, and be called in a way that is not followed.
bool Simulation::declared_global(const Instance& instance, std::string_view name) const {
  if (instance.module == no_module) return false;
  for (const Block& block : module_of(instance).blocks)
    for (const Step& step : block)
      if (step.kind == StepKind::global && step.text == name) return true;
  return false;
}

bool Simulation::binds_somewhere(const Module& module, std::string_view name) const {
  std::vector<uint32_t> pending{0};
  while (!pending.empty()) {
    uint32_t block = pending.back();
    pending.pop_back();
    if (block >= module.blocks.size()) continue;
    for (const Step& step : module.blocks[block]) {
      const bool defines = step.kind == StepKind::bind || step.kind == StepKind::function ||
                           step.kind == StepKind::class_body;
      if ((defines && step.text == name) ||
          (step.kind == StepKind::import_module && step.bound == name))
        return true;
      for (uint32_t i = 0; i < step.name_count; ++i)
        if (module.names[step.first_name + i].bound == name) return true;
      if (step.kind == StepKind::function || step.kind == StepKind::class_body ||
          step.kind == StepKind::comprehension)
        continue;
      for (uint32_t i = 0; i < step.block_count; ++i)
        pending.push_back(module.block_lists[step.first_block + i]);
    }
  }
  return false;
}

// Whether a call of the function runs its body: not for a generator or a coroutine.
static bool runs_when_called(const Module& module, const Step& step) {
  const Syntax& syntax = module.syntax;
  const FlatNode& whole = syntax[step.node];
  if (syntax.text(step.node).starts_with("async")) return false;
  for (uint32_t node = step.node + 1; node < whole.next;) {
    uint16_t kind = syntax.kind(node);
    if (kind == sym_yield) return false;
    const bool nested =
        kind == sym_function_definition || kind == sym_lambda || kind == sym_class_definition;
    node = nested ? syntax[node].next : node + 1;
  }
  return true;
}

void Simulation::run_function(const Meaning& function, bool surely) {
  static constexpr int deepest_call = 40;
  Instance& instance = *function.instance;
  const Module& module = module_of(instance);
  Frame outer{&instance, &instance.scope};
  uint32_t body = block_of(outer, *function.step, 0);
  const bool again = !called_.insert({instance.module, body}).second;
  const bool was_perhaps = called_surely_.contains({instance.module, body});
  const bool sure = surely && certain();
  if ((again && (was_perhaps || !sure)) || depth_ > deepest_call) return;
  if (!runs_when_called(module, *function.step) || !active_.insert(function.step).second) return;
  if (sure) called_surely_.insert({instance.module, body});
  Scope& scope = scopes_.emplace_back();
  scope.enclosing = function.scope;
  Frame frame{&instance, &scope};
  const int before = maybe_;
  if (!surely) ++maybe_;
  ++depth_;
  run_block(frame, block_of(outer, *function.step, 1));
  // An error that a try statement in the caller catches ends there with a name that is not bound;
  // what is sure about it is not followed across the call.
  Flow flow = run_block(frame, body);
  if (flow == Flow::raised) tries_[unwinding_to_].risky = true;
  --depth_;
  maybe_ = before;
  active_.erase(function.step);
}

// Functions that call what they are given, at once: `app.run(main)`.
static bool runs_its_argument(std::string_view callee) {
  static constexpr auto runners = std::to_array<std::string_view>(
      {"absl.app.run", "tensorflow.app.run", "tensorflow.compat.v1.app.run", "fire.Fire",
       "tensorflow.python.platform.app.run"});
  return std::find(runners.begin(), runners.end(), callee) != runners.end();
}

Flow Simulation::run_call(Frame& frame, const Step& step) {
  risk(catches_everything);
  const Module& module = module_of(*frame.instance);
  const Call& call = module.calls[step.index];
  std::string callee(call.callee);
  Meaning meaning = meaning_of(frame, call.callee);
  if (meaning.kind == MeaningKind::function) {
    run_function(meaning, true);
    return Flow::next;
  }
  size_t dot = call.callee.find('.');
  std::string_view head = call.callee.substr(0, dot);
  if (const Binding* binding = look_up(frame, head);
      binding && binding->meaning.kind == MeaningKind::external) {
    callee = binding->meaning.external;
    if (dot != std::string_view::npos) callee += call.callee.substr(dot);
  }
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const Argument& argument = module.arguments[call.first_argument + i];
    if (module.syntax.kind(argument.value) != sym_identifier) continue;
    Meaning given = meaning_of(frame, module.syntax.text(argument.value));
    if (given.kind == MeaningKind::function) run_function(given, runs_its_argument(callee));
    if (given.kind == MeaningKind::module && (callee == "setattr" || callee == "vars"))
      given.instance->scope.opaque = true;
  }
  if (callee.starts_with("__path__.")) frame.instance->opaque_path = true;
  if (callee.starts_with("sys.path.") || callee == "site.addsitedir")
    change_search_path(frame, call, callee);
  else if (callee == "sys.modules.setdefault" || callee == "sys.modules.update")
    path_unknown_ = true;
  else if (callee == "pkgutil.extend_path" || callee == "pkg_resources.declare_namespace" ||
           callee == "sys.meta_path.append" || callee == "sys.meta_path.insert")
    path_unknown_ = true;
  else if (callee == "importlib.import_module" || callee == "__import__")
    return import_by_call(frame, step, call, callee);
  else if (callee == "sys.exit" || callee == "exit" || callee == "quit" || callee == "os._exit")
    return run_exit(frame);
  return Flow::next;
}

// The program ends here. Inside a handler of an import error that error is the reason.
Flow Simulation::run_exit(Frame& frame) {
  if (!certain()) return Flow::left;
  if (!handling_.empty() && handling_.back().maybe_depth == maybe_ && handling_.back().failure) {
    Handling handling = handling_.back();
    if (raise(handling.category, std::move(handling.failure)) == Flow::raised) return Flow::raised;
  }
  frame.instance->scope.opaque = true;
  return Flow::left;
}

Flow Simulation::import_by_call(Frame& frame, const Step& step, const Call& call,
                                std::string_view callee) {
  const Module& module = module_of(*frame.instance);
  if (call.argument_count == 0) return Flow::next;
  const Argument& first = module.arguments[call.first_argument];
  std::optional<std::string> name = string_value(module.syntax, first.value);
  if (!first.keyword.empty() || !name || name->empty()) return Flow::next;
  if (name->front() == '.') {
    // Relative names need the package: `__package__` or `__name__` of a package, or a literal.
    if (callee == "__import__" || call.argument_count < 2) return Flow::next;
    const Argument& second = module.arguments[call.first_argument + 1];
    std::optional<std::string> package = string_value(module.syntax, second.value);
    std::string_view words = module.syntax.text(second.value);
    if (words == "__package__" || (words == "__name__" && frame.instance->is_package))
      package = frame.instance->package;
    size_t dots = name->find_first_not_of('.');
    if (!package || dots == std::string::npos) return Flow::next;
    for (size_t i = 1; i < dots; ++i) {
      size_t dot = package->rfind('.');
      if (dot == std::string::npos) return Flow::next;
      package->resize(dot);
    }
    name = *package + "." + name->substr(dots);
  }
  std::string_view kept = keep(*name);
  Site site{&frame, &step, module.syntax.span(call.node)};
  Outcome outcome = import_name(site, kept);
  record_edge(site, kept, outcome);
  return outcome.kind == Outcome::raised ? Flow::raised : Flow::next;
}

void Simulation::change_search_path(Frame& frame, const Call& call, std::string_view callee) {
  const bool insert = callee == "sys.path.insert";
  if (callee != "sys.path.append" && callee != "site.addsitedir" && !insert) {
    path_unknown_ = callee == "sys.path.extend" || path_unknown_;
    return;
  }
  const uint32_t wanted = insert ? 1 : 0;
  const Module& module = module_of(*frame.instance);
  PathValue value;
  if (wanted < call.argument_count)
    value = path_value(module, installed_path(*frame.instance),
                       module.arguments[call.first_argument + wanted].value);
  if (value.kind == PathValue::unknown) path_unknown_ = true;
  if (value.kind == PathValue::inside && !value.path.empty())
    roots_.push_back({value.path, insert});
}

}  // namespace trainlint
