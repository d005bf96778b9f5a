#pragma once

#include <optional>
#include <string_view>
#include <unordered_set>

#include "lint/graph/name_faults.h"

namespace trainlint {

// `rows.iteritems()`, where `rows` is no module: six.iteritems(rows) is right; and other calls that
// only Python 2 takes: sorted(rows, cmp=order). `bound` are the names that the module binds,
// `imported` those that imports bind.
std::optional<NameFault> python2_call(const Module& module, const Call& call,
                                      const std::unordered_set<std::string_view>& bound,
                                      const std::unordered_set<std::string_view>& imported,
                                      PythonVersion python);

// Whether some code of the module asks which Python it is, in any of the ways that are seen.
bool asks_for_version(std::string_view text);

}  // namespace trainlint
