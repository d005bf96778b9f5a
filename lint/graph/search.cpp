// What changes where imports look and what they find: sys.path, sys.modules, files and packages
// that the program puts there.
#include <algorithm>
#include <array>

#include "lint/graph/simulation.h"

namespace trainlint {

// sys.path, loaded for anything but a membership test or a call that is followed.
void Simulation::load_search_path(const Frame& frame, const Step& step) {
  Meaning meaning = meaning_of(frame, step.text.substr(0, step.text.find('.')));
  std::string full(meaning.external == "os.sys" ? "sys" : meaning.external);
  if (size_t dot = step.text.find('.'); dot != std::string_view::npos)
    full += step.text.substr(dot);
  if (full.starts_with("os.sys.")) full.erase(0, 3);
  if (full == "sys.modules") return load_module_table(frame, step);
  std::string_view text = module_of(*frame.instance).text();
  const size_t after = static_cast<size_t>(step.text.data() - text.data()) + step.text.size();
  const bool called = after < text.size() && text[after] == '(';
  if (full.starts_with("sys.path.") && !called) path_unknown_ = true;  // sys.path.append kept
  if (full != "sys.path" && full != "sys.meta_path" && full != "sys.path_hooks") return;
  std::string_view before = text.substr(0, after - step.text.size());
  before = before.substr(0, before.find_last_not_of(' ') + 1);
  if (!before.ends_with(" in") && !before.ends_with("print(")) path_unknown_ = true;
}

// sys.modules, loaded for anything but a membership test, the removal of a module or the module of
// one literal name, which may then be given any name.
void Simulation::load_module_table(const Frame& frame, const Step& step) {
  std::string_view text = module_of(*frame.instance).text();
  const auto begin = static_cast<size_t>(step.text.data() - text.data());
  std::string_view before = text.substr(0, begin);
  before = before.substr(0, before.find_last_not_of(' ') + 1);
  std::string_view after = text.substr(begin + step.text.size());
  if (before.ends_with(" in") || after.starts_with('.')) return;
  if (!after.starts_with('[')) {
    path_unknown_ = path_unknown_ || !before.ends_with("print(");
    return;
  }
  after.remove_prefix(1);
  if (after.empty() || (after[0] != '"' && after[0] != '\'')) {
    // The module's own entry is looked after where it is written as sys.modules[__name__].
    if (step.text != "sys.modules") {
      path_unknown_ = true;
      frame.instance->scope.opaque = true;
    }
    return;
  }
  std::string_view name = after.substr(1, after.find(after[0], 1) - 1);
  auto found = loaded_.find(name);
  if (found != loaded_.end()) found->second->scope.opaque = true;
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
void Simulation::note_dangers(std::string_view callee, const Call& call, const Module& module) {
  static constexpr auto finders = std::to_array<std::string_view>(
      {"sys.modules.setdefault", "sys.modules.update", "pkgutil.extend_path",
       "pkg_resources.declare_namespace", "sys.meta_path.append", "sys.meta_path.insert",
       "sys.path_hooks.append", "sys.path_hooks.insert", "imp.load_source", "imp.load_module",
       "importlib.machinery.SourceFileLoader"});
  if (std::find(finders.begin(), finders.end(), callee) != finders.end()) path_unknown_ = true;
  if (callee == "sys.modules.get" || callee == "inspect.getmodule") hand_out_module(call, module);
  if (may_install(callee, module.syntax.text(call.node))) path_unknown_ = any_submodule_ = true;
  if (callee == "os.chdir") chdir_ = true;
  const bool literal =
      call.argument_count > 0 &&
      string_value(module.syntax, module.arguments[call.first_argument].value).has_value();
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
