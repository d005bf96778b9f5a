#include "lint/rule/package.h"

#include <algorithm>

namespace trainlint {

const Module* Package::module_at(std::string_view path) const {
  auto found = std::lower_bound(
      modules.begin(), modules.end(), path,
      [](const Module& module, std::string_view wanted) { return module.path < wanted; });
  return found != modules.end() && found->path == path ? &*found : nullptr;
}

}  // namespace trainlint
