#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// What the package's code needs from others, and what its metadata asks for.

// The distributions that bring an imported name, in canonical form, most usual first; for
// "google.cloud.storage.blob" those of "google.cloud.storage". Empty for a name that is not known
// to be a library's.
std::vector<std::string> distributions_of(std::string_view dotted);

// The names in install_requires, in canonical form, with what they are known to bring. Requirements
// that cannot be read are left out.
std::set<std::string> declared_distributions(const Package& package);

// Libraries that are imported whenever the job starts, once each, at the first place: the import is
// in no try, and in a module that the entry module loads.
std::vector<const ImportEdge*> certain_imports(const Package& package);

// Whether an image may have the distribution, as far as the published lists and the project's own
// configuration tell.
bool is_preinstalled(const Package& package, std::string_view distribution);

// Whether the job may find distributions besides those that are declared and those that the
// prebuilt images have: an image of somebody's own, further archives, or a place that nothing is
// known about.
bool may_have_others(const Package& package);

}  // namespace trainlint
