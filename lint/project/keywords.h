#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/project/project.h"

namespace trainlint {

// What a setup.py gives to setup(), as far as it is written there.
struct SetupKeyword {
  std::string name;
  bool empty = false;  // certainly nothing: None, "", []
  Place place;         // of the value
};

struct SetupCall {
  Place place;
  std::vector<SetupKeyword> keywords;
};

// nullopt where setup() is not reached or may get more than is seen. Evaluates setup.py again.
std::optional<SetupCall> read_setup_call(const SourceTree& tree);

// The keyword of setuptools that one unknown to it is a slip of: "install_require" is
// "install_requires". "" for all others.
std::string meant_keyword(const std::string& name);

}  // namespace trainlint
