#include "lint/rule/package.h"

#include "lint/arguments/arguments.h"

#include <algorithm>

namespace trainlint {

const Module* Package::module_at(std::string_view path) const {
  auto found = std::lower_bound(
      modules.begin(), modules.end(), path,
      [](const Module& module, std::string_view wanted) { return module.path < wanted; });
  return found != modules.end() && found->path == path ? &*found : nullptr;
}

const Arguments& Package::arguments() const {
  if (!arguments_)
    arguments_ = std::make_shared<const Arguments>(
        graph.entry == no_module ? Arguments{}
                                 : collect_arguments(*tree, modules, modules[graph.entry], launch));
  return *arguments_;
}

}  // namespace trainlint
