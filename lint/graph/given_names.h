#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "lint/graph/name_faults.h"
#include "lint/graph/survey.h"

namespace trainlint {

// Whether code of the package may give a module a name from outside, which no look at the module
// alone can see: `config.rate = 0.1`, setattr(config, ...), builtins, a metaclass's __prepare__.
class GivenNames {
 public:
  // `tricked`: modules that may get any name in ways that no step shows.
  GivenNames(const std::vector<Module>& modules, const Survey& survey, std::vector<bool> tricked);
  bool may_give(uint32_t module, const NameFault& fault);

 private:
  bool is_filled(std::string_view path);

  const std::vector<Module>& modules_;
  const Survey& survey_;
  std::vector<bool> tricked_;
  std::optional<std::vector<std::string_view>> builtins_;  // texts that mention them
  std::optional<bool> prepares_;                           // some metaclass fills namespaces
  std::optional<std::vector<std::string_view>> filled_;    // last parts of modules' names
};

}  // namespace trainlint
