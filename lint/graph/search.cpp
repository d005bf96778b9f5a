// What changes where imports look and what they find: sys.path, sys.modules, files and packages
// that the program puts there.
#include <algorithm>
#include <array>

#include "lint/graph/simulation.h"

namespace trainlint {

namespace {

// What is done with a value that a step loads.
enum class Usage : uint8_t { other, called, subscripted, searched, iterated, printed };

// `x in sys.path`: the node is what stands behind the operator.
bool is_searched(const Syntax& syntax, Syntax::Node comparison, Syntax::Node node) {
  bool behind_in = false;
  for (Syntax::Node child = syntax.first(comparison); child != node && child != Syntax::none;
       child = syntax.sibling(child, comparison))
    behind_in = syntax.text(child).ends_with("in");  // or "not in"
  return behind_in;
}

Usage usage_of(const Syntax& syntax, const Step& step) {
  const Syntax::Node parent = parent_of(syntax, step.node);
  switch (syntax.kind(parent)) {
    case sym_call:
      return syntax.field(parent, field_function) == step.node ? Usage::called : Usage::other;
    case sym_subscript:
      return syntax.field(parent, field_value) == step.node ? Usage::subscripted : Usage::other;
    case sym_comparison_operator:
      return is_searched(syntax, parent, step.node) ? Usage::searched : Usage::other;
    case sym_for_statement:
    case sym_for_in_clause:
      return syntax.field(parent, field_right) == step.node ? Usage::iterated : Usage::other;
    case sym_argument_list: {
      const Syntax::Node call = parent_of(syntax, parent);
      const bool print = syntax.kind(call) == sym_call &&
                         syntax.text(syntax.field(call, field_function)) == "print";
      return print ? Usage::printed : Usage::other;
    }
    default:
      return Usage::other;
  }
}

bool only_reads(Usage usage) {
  return usage == Usage::searched || usage == Usage::iterated || usage == Usage::printed;
}

}  // namespace

// sys.path, loaded for anything but a membership test or a call that is followed.
void Simulation::load_search_path(const Frame& frame, const Step& step) {
  Meaning meaning = meaning_of(frame, step.text.substr(0, step.text.find('.')));
  std::string full(meaning.external == "os.sys" ? "sys" : meaning.external);
  if (size_t dot = step.text.find('.'); dot != std::string_view::npos)
    full += step.text.substr(dot);
  if (full.starts_with("os.sys.")) full.erase(0, 3);
  if (full == "sys.modules") return load_module_table(frame, step);
  if (full == "sys.modules.items" || full == "sys.modules.values" || full == "sys.modules.copy")
    return hand_out_all_modules();
  const bool list = full == "sys.path" || full == "sys.meta_path" || full == "sys.path_hooks";
  if (!list && !full.starts_with("sys.path.")) return;
  const Usage usage = usage_of(module_of(*frame.instance).syntax, step);
  // sys.path.append that is not called is kept by somebody.
  const bool own_print = usage == Usage::printed && look_up(frame, "print") != nullptr;
  const bool harmless = list ? only_reads(usage) && !own_print : usage == Usage::called;
  if (!harmless) path_unknown_ = true;
}

// sys.modules, loaded for anything but a membership test, the removal of a module or the module of
// one literal name, which may then be given any name.
void Simulation::load_module_table(const Frame& frame, const Step& step) {
  const Syntax& syntax = module_of(*frame.instance).syntax;
  const Usage usage = usage_of(syntax, step);
  if (only_reads(usage)) return;
  if (usage != Usage::subscripted) {
    path_unknown_ = true;
    return;
  }
  const Syntax::Node entry = parent_of(syntax, step.node);
  const Syntax::Node key = syntax.field(entry, field_subscript);
  if (const std::optional<std::string> name = text_of(frame, key)) {
    if (auto found = loaded_.find(*name); found != loaded_.end())
      found->second->scope.opaque = true;
    return;
  }
  // The module's own entry is looked after where it is written as sys.modules[__name__].
  if (step.text == "sys.modules" && key != Syntax::none && syntax.text(key) == "__name__") return;
  if (step.text != "sys.modules") path_unknown_ = true;
  hand_out_all_modules();
}

// Whoever has the modules may give them any name.
void Simulation::hand_out_all_modules() {
  for (auto& [name, instance] : loaded_) instance->scope.opaque = true;
}

// Whether a call may put modules where imports find them: a command that installs, a file of Python
// that is written.
static bool may_install(std::string_view callee, std::string_view text) {
  auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  if (callee == "open") return has(".py'") || has(".py\"");
  const bool command = callee == "os.system" || callee == "os.popen" ||
                       callee.starts_with("subprocess.") || callee.starts_with("pip.");
  return command && (has("install") || has("setup.py"));
}

// sys.modules.get("trainer.model"): whoever has the module may give it any name.
void Simulation::hand_out_module(const Call& call, const Module& module) {
  std::optional<std::string> name;
  if (call.argument_count > 0)
    name = string_value(module.syntax, module.arguments[call.first_argument].value);
  if (!name) {
    path_unknown_ = true;
  } else if (auto found = loaded_.find(*name); found != loaded_.end()) {
    found->second->scope.opaque = true;
  }
}

// Calls after which less can be said about what imports find.
void Simulation::note_dangers(const Frame& frame, const Call& call, std::string_view callee) {
  const Module& module = module_of(*frame.instance);
  static constexpr auto finders = std::to_array<std::string_view>(
      {"sys.modules.setdefault", "sys.modules.update", "pkgutil.extend_path",
       "pkg_resources.declare_namespace", "sys.meta_path.append", "sys.meta_path.insert",
       "sys.path_hooks.append", "sys.path_hooks.insert", "imp.load_source", "imp.load_module",
       "importlib.machinery.SourceFileLoader"});
  if (std::find(finders.begin(), finders.end(), callee) != finders.end()) path_unknown_ = true;
  if (callee == "sys.modules.get" || callee == "inspect.getmodule") hand_out_module(call, module);
  if (may_install(callee, module.syntax.text(call.node))) path_unknown_ = any_submodule_ = true;
  if (callee == "os.chdir") chdir_ = true;
  const bool literal = call.argument_count > 0 &&
                       text_of(frame, module.arguments[call.first_argument].value).has_value();
  if (callee.starts_with("pkgutil.") || callee.starts_with("importlib.util.") ||
      ((callee == "importlib.import_module" || callee == "__import__") && !literal))
    any_submodule_ = true;
}

void Simulation::change_search_path(Frame& frame, const Call& call, std::string_view callee) {
  const bool insert = callee == "sys.path.insert";
  if (callee != "sys.path.append" && callee != "site.addsitedir" && !insert) {
    path_unknown_ = callee == "sys.path.extend" || path_unknown_;
    return;
  }
  static constexpr int most_changes = 64;
  const uint32_t wanted = insert ? 1 : 0;
  const Module& module = module_of(*frame.instance);
  PathValue value;
  if (wanted < call.argument_count && ++path_changes_ <= most_changes)
    value =
        path_value(module, survey_.modules[frame.instance->module], installed_path(*frame.instance),
                   module.arguments[call.first_argument + wanted].value);
  if (value.kind == PathValue::relative && chdir_) value.kind = PathValue::unknown;
  if (value.kind == PathValue::unknown) path_unknown_ = true;
  if (value.kind != PathValue::inside || value.path.empty()) return;
  // After the first entries comes the standard library.
  std::string_view place =
      insert ? module.syntax.text(module.arguments[call.first_argument].value) : std::string_view();
  if (certain())
    roots_.push_back({value.path, place == "0" || place == "1"});
  else
    path_unknown_ = true;
}

}  // namespace trainlint
