#include "lint/graph/given_names.h"

#include <algorithm>
#include <utility>

namespace trainlint {

GivenNames::GivenNames(const std::vector<Module>& modules, const Survey& survey,
                       std::vector<bool> tricked)
    : modules_(modules), survey_(survey), tricked_(std::move(tricked)) {}

bool GivenNames::may_give(uint32_t module, const NameFault& fault) {
  if (fault.kind != NameFault::undefined) return false;
  if (tricked_[module] || survey_.attributes.contains(fault.name)) return true;
  if (!fault.in_function) {  // perhaps in the body of a class
    if (!prepares_)
      prepares_ = std::any_of(modules_.begin(), modules_.end(), [](const Module& each) {
        return each.text().find("__prepare__") != std::string_view::npos;
      });
    if (*prepares_) return true;
  }
  if (!builtins_) builtins_ = texts_with_builtins(modules_);
  return may_be_made_builtin(*builtins_, fault.name) || is_filled(modules_[module].path);
}

static std::string_view last_part(std::string_view dotted, char separator) {
  return dotted.substr(dotted.rfind(separator) + 1);
}

// Whether a module of that name is imported under a name whose attributes are set in ways that do
// not show which: setattr(c, name, value), vars(c).update(...).
bool GivenNames::is_filled(std::string_view path) {
  if (!filled_) {
    filled_.emplace();
    if (!survey_.patched.empty())
      for (const Module& module : modules_)
        for (const Block& block : module.blocks)
          for (const Step& step : block) {
            if (step.kind == StepKind::import_module && survey_.patched.contains(step.bound))
              filled_->push_back(last_part(step.text, '.'));
            for (uint32_t i = 0; step.kind == StepKind::import_from && i < step.name_count; ++i)
              if (const ImportedName& name = module.names[step.first_name + i];
                  survey_.patched.contains(name.bound))
                filled_->push_back(name.name);
          }
  }
  path.remove_suffix(std::min<size_t>(path.size(), path.ends_with("/__init__.py") ? 12 : 3));
  return std::find(filled_->begin(), filled_->end(), last_part(path, '/')) != filled_->end();
}

}  // namespace trainlint
