#pragma once

#include <string>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

// Something wrong in the file that configures trainlint.
struct SettingFault {
  Place place;
  std::string message;
  std::vector<std::string> notes;
};

// What a project's configuration says to the rules themselves.
struct Settings {
  bool require_reason = false;  // of comments that suppress findings
  std::vector<SettingFault> faults;
};

}  // namespace trainlint
