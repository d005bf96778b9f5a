#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// Names of libraries that the modules use, in full: "tensorflow.contrib.layers.fully_connected" for
// tf.contrib.layers.fully_connected after "import tensorflow as tf".
struct LibraryUse {
  std::string name;
  Place place;
  bool at_import = false;  // carried out whenever the module is imported
};

// The uses in modules that the job imports. What stands in a try statement's body, or under a
// condition, may be meant for other versions and is left out.
std::vector<LibraryUse> library_uses(const Package& package);

// A requirement of the package that no version of the library below `version` meets.
struct LibraryEvidence {
  std::string requirement;  // as written
  Place place;
};
std::optional<LibraryEvidence> requires_at_least(const Package& package,
                                                 std::span<const std::string_view> distributions,
                                                 std::string_view version);

// An API that is not there from some version of a library on.
struct RemovedName {
  std::string_view name;       // "sklearn.externals.joblib", also what is below it
  std::string_view library;    // "scikit-learn", as people write it
  std::string_view version;    // the first without it
  std::string_view successor;  // what to write instead; "" for nothing short
};

// Reports each removed name once a module, where the requirements rule out the versions that have
// it: an error where the module cannot be imported, a warning in functions.
void report_removed(const Package& package, Report& report, std::span<const RemovedName> names,
                    std::span<const std::string_view> distributions);

}  // namespace trainlint
