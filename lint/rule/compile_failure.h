#pragma once

#include "lint/rule/rule.h"

namespace trainlint {

// What the rules about text that does not compile share. Calls `message` for each module of the
// package whose first fault is (`python2`) or is not that it is written for Python 2, and reports
// what that returns: as an error where the job imports the module, else as a warning.
void report_compile_failures(const Package& package, Report& report, bool python2,
                             std::string (*message)(const SyntaxFault& fault));

}  // namespace trainlint
