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
  const bool is_module_scope = is_global || frame.scope == &frame.instance->scope;
  // A name that some function rebinds may stand for something else by the time it is used.
  if (is_module_scope && meaning.kind != MeaningKind::unknown &&
      frame.instance->module != no_module &&
      survey_.modules[frame.instance->module].global.contains(name)) {
    journal_.set(frame.instance->scope, name, {bound, {}});
    return;
  }
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

// `f = lambda: ...`, whose steps have just been met.
bool Simulation::is_lambda(const Module& module, const Step& bind) const {
  const Syntax& syntax = module.syntax;
  const Syntax::Node assignment = syntax.first(bind.statement);
  return defined_.step->text.empty() && assignment != Syntax::none &&
         syntax.kind(assignment) == sym_assignment &&
         syntax.field(assignment, field_right) == defined_.step->node;
}

// `a.b = value` on a module that can be seen gives it a name.
void Simulation::run_bind(Frame& frame, const Step& step) {
  size_t dot = step.text.rfind('.');
  if (dot == std::string_view::npos) {
    if (frame.scope == &frame.instance->scope) {
      if (step.text == "__path__") frame.instance->opaque_path = true;
      if (step.text == "__package__" || step.text == "__name__" || step.text == "__spec__")
        frame.instance->opaque_package = true;  // PEP 366
    }
    // The bind step after a function's own; a decorator may have put something else there, which
    // is taken for a wrapper that calls it.
    const bool is_function = defined_.step && (defined_.step->text == step.text ||
                                               is_lambda(module_of(*frame.instance), step));
    bind(frame, step.text, Bound::yes, is_function ? defined_ : Meaning{});
    defined_ = {};
    return;
  }
  std::string_view object = step.text.substr(0, dot);
  Meaning meaning = meaning_of(frame, object);
  if (meaning.kind == MeaningKind::module) {
    journal_.set(meaning.instance->scope, step.text.substr(dot + 1), {Bound::yes, {}});
  } else if (meaning.kind == MeaningKind::external &&
             (meaning.external == "sys" || meaning.external == "builtins")) {
    path_unknown_ = true;  // sys.path, sys.meta_path, sys.modules, builtins.__import__
  }
}

// `del name`. (The name of a handler is unbound at its end, where `del` does not stand.)
Flow Simulation::run_unbind(Frame& frame, const Step& step) {
  risk(catches_name);
  if (step.text.find('.') != std::string_view::npos) return Flow::next;
  const Syntax& syntax = module_of(*frame.instance).syntax;
  const bool written = syntax.kind(step.statement) == sym_delete_statement;
  // Of a class or comprehension, only the scope itself is asked.
  const bool at_top = frame.scope == &frame.instance->scope;
  if (const Binding* binding = look_up(frame, step.text);
      written && at_top && (!binding || binding->bound == Bound::no))
    if (miss_name(frame, step, step.text) == Flow::raised) return Flow::raised;
  bind(frame, step.text, certain() ? Bound::no : Bound::maybe, {});
  return Flow::next;
}

// A chain such as `trainer.model.build`, followed through the modules it names.
Flow Simulation::run_use(Frame& frame, const Step& step) {
  if (step.annotation && launch_.python >= PythonVersion{3, 14}) return Flow::next;  // PEP 649
  // What is done with the value may raise anything: os.environ["X"], total / count.
  risk(catches_name | catches_attribute | catches_other);
  size_t end = std::min(step.text.find('.'), step.text.size());
  std::string_view head = step.text.substr(0, end);
  if (head == "__path__") frame.instance->opaque_path = true;
  const Binding* binding = look_up(frame, head);
  if (!binding || binding->bound == Bound::no || is_unbound_local(frame, head))
    return miss_name(frame, step, head);
  if (binding->meaning.kind == MeaningKind::external) {
    load_search_path(frame, step);
    if (miss_in_library(frame, step, binding->meaning) == Flow::raised) return Flow::raised;
  }
  while (binding && binding->bound != Bound::no && binding->meaning.kind == MeaningKind::module) {
    Instance& instance = *binding->meaning.instance;
    if (end >= step.text.size()) {
      // The module itself is handed to somebody, who may give it any name.
      instance.scope.opaque = true;
      return Flow::next;
    }
    const bool sure = binding->bound == Bound::yes;
    size_t begin = end + 1;
    end = std::min(step.text.find('.', begin), step.text.size());
    std::string_view name = step.text.substr(begin, end - begin);
    // Whoever takes the dictionary may put anything into it.
    if (name == "__dict__") instance.scope.opaque = true;
    if (name == "__path__") instance.opaque_path = true;
    binding = instance.scope.find(name);
    if (binding && binding->bound != Bound::no && instance.scope.opaque) break;  // perhaps replaced
    if (binding && binding->bound != Bound::no) continue;
    return sure ? miss_attribute(frame, step, instance, end) : Flow::next;
  }
  return Flow::next;
}

// `step.text` up to `end` is an attribute that the module does not have now.
Flow Simulation::miss_attribute(Frame& frame, const Step& step, Instance& instance, size_t end) {
  std::string_view name = step.text.substr(0, end);
  name.remove_prefix(name.rfind('.') + 1);
  if (has_attribute(instance, name) || instance.scope.opaque || instance.opaque_path ||
      instance.scope.find("__getattr__") || instance.module == no_module ||
      given_otherwise(instance, name))
    return Flow::next;
  if (instance.is_package &&
      (!distribution_.complete || distribution_.generated_modules || any_submodule_ ||
       path_unknown_ || survey_.imported_in_functions.contains(name)))
    return Flow::next;
  const Module& module = module_of(*frame.instance);
  auto offset = static_cast<uint32_t>(step.text.data() - module.text().data());
  Site site{&frame, &step, {offset, offset + static_cast<uint32_t>(end)}};
  Failure failure{.kind = FailureKind::missing_name};
  failure.name = instance.name + "." + std::string(name);
  failure.target = instance.module;
  if (instance.state == Instance::loading && binds_somewhere(module_of(instance), name))
    failure.kind = FailureKind::circular;
  return fail(site, catches_attribute, std::move(failure));
}

// Whether code somewhere gives a module a name in a way that is not followed: a function that
// declares it global, an assignment to an attribute of that name on who knows what.
bool Simulation::given_otherwise(const Instance& instance, std::string_view name) const {
  return survey_.attributes.contains(name) ||
         (instance.module != no_module && survey_.modules[instance.module].global.contains(name));
}

bool Simulation::binds_somewhere(const Module& module, std::string_view name) const {
  return survey_.modules[static_cast<size_t>(&module - modules_.data())].bound.contains(name);
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

Flow Simulation::run_function(const Meaning& function, bool surely) {
  static constexpr int deepest_call = 40;
  Instance& instance = *function.instance;
  const Module& module = module_of(instance);
  Frame outer{&instance, &instance.scope};
  uint32_t body = block_of(outer, *function.step, 0);
  if (!runs_when_called(module, *function.step)) {
    // Whoever iterates may get to an exit.
    over_ =
        over_ || module.syntax.text(function.step->node).find("exit(") != std::string_view::npos;
    return Flow::next;
  }
  const bool again = !called_.insert({instance.module, body}).second;
  const bool was_sure = called_surely_.contains({instance.module, body});
  const bool sure = surely && certain();
  if ((again && (was_sure || !sure)) || depth_ > deepest_call) return Flow::next;
  if (!active_.insert(function.step).second) return Flow::next;
  if (sure) called_surely_.insert({instance.module, body});
  Scope& scope = scopes_.emplace_back();
  scope.enclosing = function.scope;
  scope.locals = &locals_of(module, *function.step);
  Frame frame{&instance, &scope};
  const int before = maybe_, returns = returns_;
  if (!surely) ++maybe_;
  ++depth_;
  run_block(frame, block_of(outer, *function.step, 1));
  Flow flow = run_block(frame, body);
  --depth_;
  maybe_ = before;
  returns_ = returns;
  active_.erase(function.step);
  return flow == Flow::raised || (flow == Flow::ended && surely) ? flow : Flow::next;
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
  if (defined_.step) defined_.decorated = true;  // the call is a decorator's
  if (meaning.kind == MeaningKind::function) return run_function(meaning, !meaning.decorated);
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
    if (given.kind != MeaningKind::function) continue;
    if (run_function(given, runs_its_argument(callee)) == Flow::raised) return Flow::raised;
  }
  if (callee.starts_with("os.sys.")) callee.erase(0, 3);
  note_dangers(frame, call, callee);
  if (callee.starts_with("__path__.")) frame.instance->opaque_path = true;
  if (callee.starts_with("sys.path.") || callee == "site.addsitedir")
    change_search_path(frame, call, callee);
  else if (callee == "importlib.import_module" || callee == "__import__")
    return import_by_call(frame, step, call, callee);
  else if (callee == "sys.exit" || callee == "exit" || callee == "quit" || callee == "os._exit")
    return run_exit(frame, call);
  else if (callee.starts_with("os.exec"))
    return end_well(frame);
  else if (callee.ends_with(".exit"))  // parser.exit()
    over_ = true;
  return Flow::next;
}

// `except SystemExit` around it: the program goes on there.
Flow Simulation::run_caught_exit() {
  if (raise(catches_exit, std::nullopt) == Flow::raised) return Flow::raised;
  over_ = true;  // perhaps: what stands behind the exit is run, or the handler
  return Flow::left;
}

// The program ends, or becomes another one: nothing after it fails.
Flow Simulation::end_well(Frame& frame) {
  const bool surely = certain();
  over_ = true;
  if (!surely) return Flow::returned;
  frame.instance->scope.opaque = true;
  return Flow::ended;
}

// sys.exit() and its like. Inside a handler of an import error that error is the reason.
Flow Simulation::run_exit(Frame& frame, const Call& call) {
  const Module& module = module_of(*frame.instance);
  std::string_view status;
  if (call.argument_count > 0)
    status = module.syntax.text(module.arguments[call.first_argument].value);
  const bool failure = !status.empty() &&
                       (string_value(module.syntax, module.arguments[call.first_argument].value) ||
                        (status.size() < 4 && status != "0" &&
                         status.find_first_not_of("-0123456789") == std::string_view::npos));
  if (call.callee != "os._exit" && guarded(catches_exit)) return run_caught_exit();
  if (!certain()) {
    over_ = over_ || !failure;
    return failure ? Flow::ended : Flow::returned;
  }
  if (!handling_.empty() && handling_.back().maybe_depth == maybe_ && handling_.back().failure) {
    Handling handling = handling_.back();
    if (failure && raise(handling.category, std::move(handling.failure)) == Flow::raised)
      return Flow::raised;
  }
  frame.instance->scope.opaque = true;
  if (!failure) over_ = true;
  return Flow::ended;
}

Flow Simulation::import_by_call(Frame& frame, const Step& step, const Call& call,
                                std::string_view callee) {
  const Module& module = module_of(*frame.instance);
  if (call.argument_count == 0) return Flow::next;
  if (callee == "__import__" && call.argument_count > 1) {  // its fromlist decides what it gives
    hand_out_module(call, module);
    return Flow::next;
  }
  const Argument& first = module.arguments[call.first_argument];
  std::optional<std::string> name = text_of(frame, first.value);
  if (!first.keyword.empty() || !name || name->empty()) return Flow::next;
  if (name->front() == '.') {
    // Relative names need the package: `__package__` or `__name__` of a package, or a literal.
    if (callee == "__import__" || call.argument_count < 2) return Flow::next;
    const Argument& second = module.arguments[call.first_argument + 1];
    std::optional<std::string> package = text_of(frame, second.value);
    if (module.syntax.text(second.value) == "__name__" && frame.instance->is_package)
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
  // Whoever keeps the module may give it any name.
  const bool kept_elsewhere = module.syntax.kind(step.statement) != sym_expression_statement ||
                              module.syntax.first(step.statement) != call.node;
  if (outcome.instance && kept_elsewhere) outcome.instance->scope.opaque = true;
  return outcome.kind == Outcome::raised ? Flow::raised : Flow::next;
}

}  // namespace trainlint
