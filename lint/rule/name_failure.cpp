#include "lint/rule/name_failure.h"

#include <set>
#include <utility>

#include "lint/rule/import_failure.h"
#include "rules/facts/builtins.h"

namespace trainlint {

std::vector<PlacedFault> unmet_faults(const Package& package, NameFault::Kind kind) {
  std::vector<PlacedFault> found;
  const ImportGraph& graph = package.graph;
  std::set<std::pair<uint32_t, uint32_t>> met;  // module and place of each failure
  for (uint32_t i = 0; i < graph.name_faults.size(); ++i)
    for (const NameFault& fault : graph.name_faults[i]) {
      if (fault.kind != kind) continue;
      if (met.empty())
        for (const Failure& failure : graph.failures)
          met.emplace(failure.module, failure.span.begin);
      if (!met.contains({i, fault.span.begin})) found.push_back({i, &fault});
    }
  return found;
}

const char* python2_replacement(std::string_view name) {
  for (const facts::builtins::Python2& builtin : facts::builtins::python2)
    if (builtin.name == name) return builtin.instead.data();
  return nullptr;
}

void add_name_notes(Report::Added& added, const Module& module, std::string_view name) {
  if (std::optional<Span> span = binding_of(module, name)) {
    added.note(fmt::format("'{}' is bound only here", name), Place{module.path, span});
  } else if (std::optional<std::string> near = nearest_name(name, bound_names(module))) {
    added.note(fmt::format("there is a '{}'", *near));
  }
}

}  // namespace trainlint
