// Names that are not bound when they are loaded, and what this Python's library does not have.
#include <algorithm>

#include "lint/graph/name_faults.h"
#include "lint/graph/simulation.h"
#include "lint/graph/standard_library.h"
#include "lint/text/ascii.h"

namespace trainlint {

const std::unordered_set<std::string_view>& Simulation::locals_of(const Module& module,
                                                                  const Step& function) {
  auto [known, fresh] = locals_.try_emplace(&function);
  if (fresh) known->second = local_names(module, function);
  return known->second;
}

// A name that the function being run binds only later: what encloses the function is not asked.
bool Simulation::is_unbound_local(const Frame& frame, std::string_view name) const {
  const Scope* scope = frame.scope;
  if (!scope || !scope->locals || !scope->locals->contains(name)) return false;
  const Binding* binding = scope->find(name);
  return !binding || binding->bound == Bound::no;
}

// The texts that mention the module of builtins.
std::vector<std::string_view> texts_with_builtins(const std::vector<Module>& modules) {
  std::vector<std::string_view> texts;
  for (const Module& module : modules)
    if (module.text().find("builtins") != std::string_view::npos) texts.push_back(module.text());
  return texts;
}

bool may_be_made_builtin(const std::vector<std::string_view>& texts, std::string_view name) {
  const std::string assigned = "builtins." + std::string(name);
  return std::any_of(texts.begin(), texts.end(), [&](std::string_view text) {
    auto has = [&](std::string_view word) { return text.find(word) != text.npos; };
    return has(assigned) || has("__builtins__") || has("builtins.__dict__") || has("(builtins") ||
           has("builtins as") || has("'builtins'") || has("\"builtins\"");
  });
}

// A NameError, where nothing that is not followed can have bound the name. Code that may not be
// reached is judged by name_faults(), which looks at no order.
Flow Simulation::miss_name(Frame& frame, const Step& step, std::string_view name) {
  if (!certain() || (when_ != When::import_time && when_ != When::main_guard)) return Flow::next;
  const Instance& instance = *frame.instance;
  for (const Scope* scope = frame.scope; scope; scope = scope->enclosing)
    if (scope->opaque) return Flow::next;
  const bool local = is_unbound_local(frame, name);
  if (instance.scope.opaque || instance.module == no_module || !is_ascii(name) ||
      survey_.modules[instance.module].other_letters ||
      (!local && (given_otherwise(instance, name) || is_always_there(name, launch_.python))))
    return Flow::next;
  const bool special = name == "__class__" || (instance.is_package && name == "__path__") ||
                       (frame.scope->is_class && (name == "__module__" || name == "__qualname__"));
  if (is_soft_keyword(name)) frame.instance->scope.opaque = true;
  if (special || is_soft_keyword(name) || survey_.modules[instance.module].opaque)
    return Flow::next;
  if (!builtins_) builtins_ = texts_with_builtins(modules_);
  if (!local && may_be_made_builtin(*builtins_, name)) return Flow::next;
  const uint32_t begin = module_of(instance).syntax.span(step.node).begin;
  Site site{&frame, &step, {begin, begin + static_cast<uint32_t>(name.size())}};
  Failure failure{.kind = local ? FailureKind::unbound_local : FailureKind::undefined_name};
  failure.name = name;
  return fail(site, catches_name, std::move(failure));
}

// Whether a failure here is more than one of the ways that a condition leaves open: code for other
// versions of Python stands behind conditions of all kinds.
bool Simulation::worth_saying() const {
  return maybe_ <= (when_ == When::in_function ? 1 : 0) && !over_;
}

// `if not hasattr(inspect, "getargspec"): inspect.getargspec = ...`, anywhere in the package: the
// program may have given the library the name. `local` is what the module calls it here.
bool Simulation::is_patched(std::string_view full, std::string_view local) const {
  const size_t dot = full.rfind('.');
  return survey_.attributes.contains(full.substr(dot + 1)) ||
         survey_.patched.contains(full.substr(0, dot)) || survey_.patched.contains(local);
}

// `string.letters` and `time.clock`, where `string` and `time` are the library's.
Flow Simulation::miss_in_library(Frame& frame, const Step& step, const Meaning& meaning) {
  std::string_view top = meaning.external.substr(0, meaning.external.find('.'));
  if (!worth_saying() || !is_standard_library(top, launch_.python)) return Flow::next;
  std::string full(meaning.external);
  if (size_t dot = step.text.find('.'); dot != std::string_view::npos)
    full += step.text.substr(dot);
  if (full.find('.') == std::string::npos) return Flow::next;
  std::optional<LibraryGap> gap = missing_name(full, launch_.python);
  // What was imported by that name has been reported there.
  if (!gap || gap->name == meaning.external) return Flow::next;
  if (is_patched(gap->name, step.text.substr(0, step.text.find('.')))) return Flow::next;
  Site site{&frame, &step, module_of(*frame.instance).syntax.span(step.node)};
  Failure failure{.kind = FailureKind::not_in_library};
  failure.name = gap->name;
  return fail(site, catches_attribute, std::move(failure));
}

// `from collections import Mapping`
Flow Simulation::miss_library_names(Frame& frame, const Step& step, std::string_view from) {
  if (!worth_saying() || !is_standard_library(from.substr(0, from.find('.')), launch_.python))
    return Flow::next;
  const Module& module = module_of(*frame.instance);
  for (uint32_t i = 0; i < step.name_count; ++i) {
    const ImportedName& imported = module.names[step.first_name + i];
    std::string full = std::string(from) + "." + std::string(imported.name);
    if (!missing_name(full, launch_.python) || is_patched(full, from)) continue;
    Site site{&frame, &step, on_statement_line(module, step, imported.span)};
    Failure failure{.kind = FailureKind::not_in_library, .detail = imported.span};
    failure.name = full;
    if (fail(site, catches_import, std::move(failure)) == Flow::raised) return Flow::raised;
  }
  return Flow::next;
}

// `import email.MIMEText`
Flow Simulation::miss_library_submodule(const Site& site, std::string_view dotted) {
  if (!worth_saying() || !is_standard_library(dotted.substr(0, dotted.find('.')), launch_.python))
    return Flow::next;
  std::optional<LibraryGap> gap = missing_name(dotted, launch_.python);
  if (!gap || is_patched(dotted, dotted)) return Flow::next;
  Failure failure{.kind = FailureKind::not_in_library};
  failure.name = gap->name;
  return fail(site, catches_module_not_found, std::move(failure));
}

// A top-level module that only another Python's library has, and no requirement brings.
std::optional<Simulation::Outcome> Simulation::miss_library_module(const Site& site,
                                                                   std::string_view name) {
  if (!project_.install_requires.is_known() && !project_.install_requires.is_absent())
    return std::nullopt;
  std::optional<LibraryGap> gap = missing_module(name, launch_.python);
  if (!gap || !worth_saying()) return std::nullopt;
  // setuptools brings its own distutils, and most environments have setuptools.
  if (name == "distutils") return std::nullopt;
  for (const std::string& requirement : requirements_)  // "legacy-cgi", "zombie-imp"
    if (requirement.find(name) != std::string::npos) return std::nullopt;
  Failure failure{.kind = FailureKind::not_in_library};
  failure.name = name;
  return outcome_of(fail(site, catches_module_not_found, std::move(failure)));
}

}  // namespace trainlint
