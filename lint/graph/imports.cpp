// Import statements: what the interpreter's IMPORT_NAME, IMPORT_FROM and import * do with a module
// once importlib has given it (Python/ceval.c: import_name, import_from, import_all_from).
#include <algorithm>
#include <array>

#include "lint/graph/simulation.h"
#include "lint/graph/standard_library.h"
#include "lint/text/ascii.h"

namespace trainlint {

static Span span_of(const Module& module, std::string_view text) {
  auto begin = static_cast<uint32_t>(text.data() - module.text().data());
  return {begin, begin + static_cast<uint32_t>(text.size())};
}

// CPython's traceback names the line on which an import statement begins. A name on another line
// cannot be pointed at then; the statement's first line is.
Span Simulation::on_statement_line(const Module& module, const Step& step, Span name) {
  const Span statement = module.syntax.span(step.statement);
  if (import_ != &step) {
    import_ = &step;
    import_line_end_ = module.text().find_first_of("\r\n", statement.begin);
  }
  if (name.begin <= import_line_end_) return name;
  return {statement.begin, static_cast<uint32_t>(import_line_end_)};
}

Flow Simulation::run_import(Frame& frame, const Step& step) {
  const Module& module = module_of(*frame.instance);
  Span span = on_statement_line(module, step, span_of(module, step.text));
  Site site{&frame, &step, span};
  Outcome outcome = import_name(site, step.text);
  record_edge(site, step.text, outcome);
  if (outcome.kind == Outcome::raised) return Flow::raised;
  if (outcome.kind == Outcome::external && miss_library_submodule(site, step.text) == Flow::raised)
    return Flow::raised;
  std::string_view top = step.text.substr(0, step.text.find('.'));
  const bool renamed = step.bound != top || step.text == step.bound;
  Meaning meaning;
  if (outcome.kind == Outcome::module) {
    meaning = module_meaning(renamed ? step.text : top);
  } else if (outcome.kind == Outcome::external) {
    meaning.kind = MeaningKind::external;
    meaning.external = renamed ? step.text : top;
  }
  bind(frame, step.bound, Bound::yes, meaning);
  return Flow::next;
}

// What `import a.b as c` binds: the attribute b of a, which need not be the module a.b, and only
// where there is none the module that sys.modules holds (since Python 3.7).
Meaning Simulation::module_meaning(std::string_view dotted) const {
  Meaning meaning;
  for (size_t begin = 0; begin <= dotted.size();) {
    size_t end = std::min(dotted.find('.', begin), dotted.size());
    const Binding* attribute = nullptr;
    if (begin > 0 && meaning.kind == MeaningKind::module)
      attribute = meaning.instance->scope.find(dotted.substr(begin, end - begin));
    auto loaded = loaded_.find(dotted.substr(0, end));
    if (attribute && attribute->bound != Bound::no)
      meaning = attribute->bound == Bound::yes ? attribute->meaning : Meaning{};
    else if (loaded != loaded_.end())
      meaning = {.kind = MeaningKind::module, .instance = loaded->second};
    else
      return {};
    if (meaning.kind != MeaningKind::module) return {};
    begin = end + 1;
  }
  return meaning;
}

std::optional<std::string> Simulation::absolute_name(const Frame& frame, const Step& step) const {
  if (step.level == 0) return std::string(step.text);
  std::string package = frame.instance->package;
  if (package.empty()) return std::nullopt;
  for (int i = 1; i < step.level; ++i) {
    size_t dot = package.rfind('.');
    if (dot == std::string::npos) return std::nullopt;
    package.resize(dot);
  }
  return step.text.empty() ? package : package + "." + std::string(step.text);
}

Flow Simulation::run_import_from(Frame& frame, const Step& step) {
  const Module& module = module_of(*frame.instance);
  Span statement = module.syntax.span(step.statement);
  Span span = step.text.empty() ? Span{statement.begin, statement.begin + 4}
                                : on_statement_line(module, step, span_of(module, step.text));
  Site site{&frame, &step, span};
  std::optional<std::string> name = absolute_name(frame, step);
  Outcome outcome;
  if (step.level > 0 && frame.instance->opaque_package) {
    name.reset();
  } else if (!name) {
    Failure failure{.kind = FailureKind::beyond_top};
    failure.name = std::string(step.level, '.') + std::string(step.text);
    outcome = outcome_of(fail(site, catches_import, std::move(failure)));
  } else {
    outcome = import_name(site, *name);
  }
  if (outcome.kind == Outcome::module && !step.star)
    return bind_names(frame, step, *outcome.instance);
  if (name) record_edge(site, *name, outcome);
  if (outcome.kind == Outcome::raised) return Flow::raised;
  if (step.star) {
    if (outcome.kind == Outcome::module) return run_star(frame, step, *outcome.instance);
    const bool known = outcome.kind == Outcome::external &&
                       is_standard_library(name->substr(0, name->find('.')), launch_.python);
    const std::span<const std::string_view> names =
        known ? star_names(*name) : std::span<const std::string_view>();
    for (std::string_view each : names) bind(frame, each, Bound::maybe, {});
    if (names.empty()) frame.instance->scope.opaque = true;
    return Flow::next;
  }
  if (outcome.kind == Outcome::external && miss_library_names(frame, step, *name) == Flow::raised)
    return Flow::raised;
  for (uint32_t i = 0; i < step.name_count; ++i) {
    const ImportedName& imported = module.names[step.first_name + i];
    Meaning meaning;
    if (outcome.kind == Outcome::external) {
      meaning.kind = MeaningKind::external;
      meaning.external = keep(*name + "." + std::string(imported.name));
    }
    bind(frame, imported.bound, Bound::yes, meaning);
  }
  return Flow::next;
}

bool Simulation::has_attribute(const Instance& instance, std::string_view name) const {
  static constexpr auto always = std::to_array<std::string_view>(
      {"__name__",    "__doc__",         "__package__",       "__loader__",      "__spec__",
       "__file__",    "__cached__",      "__path__",          "__dict__",        "__builtins__",
       "__class__",   "__annotations__", "__delattr__",       "__dir__",         "__eq__",
       "__format__",  "__ge__",          "__getattribute__",  "__getstate__",    "__gt__",
       "__hash__",    "__init__",        "__init_subclass__", "__le__",          "__lt__",
       "__ne__",      "__new__",         "__reduce__",        "__reduce_ex__",   "__repr__",
       "__setattr__", "__sizeof__",      "__str__",           "__subclasshook__"});
  const Binding* binding = instance.scope.find(name);
  if (binding && binding->bound != Bound::no) return true;
  return std::find(always.begin(), always.end(), name) != always.end();
}

static bool may_have_any(const Instance& instance) {
  const Binding* getattr = instance.scope.find("__getattr__");  // PEP 562
  return instance.scope.opaque || (getattr && getattr->bound != Bound::no);
}

// `from package import a, b`: first every name that is no attribute is tried as a submodule
// (importlib's _handle_fromlist), then the names are bound one by one.
Flow Simulation::bind_names(Frame& frame, const Step& step, Instance& from) {
  const Module& module = module_of(*frame.instance);
  for (uint32_t i = 0; i < step.name_count; ++i) {
    const ImportedName& imported = module.names[step.first_name + i];
    Site site{&frame, &step, on_statement_line(module, step, imported.span)};
    std::string full = from.name + "." + std::string(imported.name);
    const Binding* present = from.scope.find(imported.name);
    const bool is_there = present && present->bound == Bound::yes;
    Outcome outcome{Outcome::module, &from};
    if (from.is_package && !is_there && !loaded_.contains(full) &&
        files_.find(from.folder, imported.name).found != ImportFiles::Found::nothing) {
      const bool unsure = may_have_any(from) || (present && present->bound == Bound::maybe);
      maybe_ += unsure;
      outcome = import_submodule(site, from, imported.name);
      maybe_ -= unsure;
    } else if (auto loaded = loaded_.find(full); loaded != loaded_.end()) {
      outcome.instance = loaded->second;
      if (from.is_package && from.state != Instance::loading)
        outcome = again(site, *loaded->second, &from);
    }
    record_edge(site, full, outcome);
    if (outcome.kind == Outcome::raised) return Flow::raised;
  }
  for (uint32_t i = 0; i < step.name_count; ++i) {
    const ImportedName& imported = module.names[step.first_name + i];
    const Binding* binding = from.scope.find(imported.name);
    if (binding && binding->bound != Bound::no) {
      bind(frame, imported.bound, binding->bound, binding->meaning);
    } else if (has_attribute(from, imported.name) || may_have_any(from) ||
               given_otherwise(from, imported.name)) {
      bind(frame, imported.bound, Bound::yes, {});
    } else if (bind_missing_name(frame, step, from, imported) == Flow::raised) {
      return Flow::raised;
    }
  }
  return Flow::next;
}

// Names that Python spells otherwise than the file does: other forms of the same letters (PEP
// 3131), and private names of a class (_K__hidden).
static bool may_be_spelt_otherwise(std::string_view name) {
  return !is_ascii(name) || (name.starts_with('_') && name.find("__", 1) != std::string_view::npos);
}

Flow Simulation::bind_missing_name(Frame& frame, const Step& step, Instance& from,
                                   const ImportedName& name) {
  const bool other_letters = from.module != no_module && survey_.modules[from.module].other_letters;
  if (other_letters || may_be_spelt_otherwise(name.name)) {
    bind(frame, name.bound, Bound::yes, {});
    return Flow::next;
  }
  std::string full = from.name + "." + std::string(name.name);
  // Since Python 3.7 a submodule that is still being loaded is found in sys.modules.
  if (auto loaded = loaded_.find(full); loaded != loaded_.end()) {
    bind(frame, name.bound, Bound::yes, {.kind = MeaningKind::module, .instance = loaded->second});
    return Flow::next;
  }
  const Module& module = module_of(*frame.instance);
  Site site{&frame, &step, on_statement_line(module, step, name.span)};
  Failure failure{.kind = FailureKind::missing_name, .detail = name.span};
  failure.name = full;
  failure.target = from.module;
  if (from.module != no_module && from.state == Instance::loading &&
      binds_somewhere(module_of(from), name.name)) {
    failure.kind = FailureKind::circular;
  } else if (from.is_package) {
    ImportFiles::Hit in_folder = folder_.find(source_folder(from), name.name);
    std::string other = files_.find_other_case(from.folder, name.name);
    const bool unsure = !distribution_.complete || from.opaque_path || path_unknown_ ||
                        leads_out(source_folder(from), name.name);
    if (!other.empty()) {
      failure.kind = FailureKind::case_differs;
      failure.source = other;
    } else if (in_folder.found != ImportFiles::Found::nothing) {
      failure.kind = FailureKind::not_in_distribution;
      failure.source = in_folder.path;
      failure.reason = why_left_out(in_folder.path);
      failure.target = in_folder.module;
    }
    if (unsure || (distribution_.generated_modules && in_folder.path.empty())) {
      bind(frame, name.bound, Bound::yes, {});
      return Flow::next;
    }
  }
  Flow flow = fail(site, catches_import, std::move(failure));
  if (flow != Flow::raised) bind(frame, name.bound, Bound::yes, {});
  return flow;
}

Flow Simulation::run_star(Frame& frame, const Step& step, Instance& from) {
  Scope& scope = *frame.scope;
  if (from.module == no_module) {
    if (!from.is_namespace) scope.opaque = true;
    return Flow::next;
  }
  const Exports& exports = module_of(from).exports;
  const Binding* all = from.scope.find("__all__");
  const bool uses_all = all && all->bound == Bound::yes;
  if (uses_all && (!exports.present || survey_.exports_touched)) {
    scope.opaque = true;
    return Flow::next;
  }
  if (may_have_any(from) || (all && all->bound == Bound::maybe) || (uses_all && !exports.known)) {
    scope.opaque = true;
  }
  if (uses_all) {
    if (!exports.known) return Flow::next;
    for (const std::string& name : exports.names)
      if (import_star_name(frame, step, from, keep(name)) == Flow::raised) return Flow::raised;
    return Flow::next;
  }
  // A method or callback may have bound what it declares global.
  for (std::string_view name : survey_.modules[from.module].global)
    if (!has_attribute(from, name)) scope.opaque = true;
  std::vector<std::pair<std::string_view, Binding>> names(from.scope.names.begin(),
                                                          from.scope.names.end());
  for (const auto& [name, binding] : names)
    if (!name.starts_with('_') && binding.bound != Bound::no)
      bind(frame, name, binding.bound, binding.meaning);
  return Flow::next;
}

// One name of __all__: a missing submodule is imported, a missing name is an AttributeError.
Flow Simulation::import_star_name(Frame& frame, const Step& step, Instance& from,
                                  std::string_view name) {
  const Module& module = module_of(*frame.instance);
  Span statement = module.syntax.span(step.statement);
  Site site{&frame, &step, on_statement_line(module, step, {statement.begin, statement.end})};
  if (!has_attribute(from, name) && from.is_package &&
      files_.find(from.folder, name).found != ImportFiles::Found::nothing) {
    Outcome outcome = import_submodule(site, from, name);
    if (outcome.kind == Outcome::raised) return Flow::raised;
  }
  const Binding* binding = from.scope.find(name);
  if (binding && binding->bound != Bound::no) {
    bind(frame, name, binding->bound, binding->meaning);
    return Flow::next;
  }
  if (has_attribute(from, name) || may_have_any(from) || given_otherwise(from, name)) {
    bind(frame, name, Bound::yes, {});
    return Flow::next;
  }
  Failure failure{.kind = FailureKind::missing_name};
  failure.name = from.name + "." + std::string(name);
  failure.target = from.module;
  if (from.state == Instance::loading && binds_somewhere(module_of(from), name))
    failure.kind = FailureKind::circular;
  Flow flow = fail(site, catches_attribute, std::move(failure));
  if (flow != Flow::raised) bind(frame, name, Bound::yes, {});
  return flow;
}

}  // namespace trainlint
