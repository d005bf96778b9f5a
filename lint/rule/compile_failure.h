#pragma once

#include "lint/rule/rule.h"

namespace trainlint {

// Why a text does not compile, as far as it has a rule of its own.
enum class CompileFault : uint8_t { python2, newer_python, other };

// What the rules about text that does not compile share. Calls `message` for each module of the
// package whose first fault is of that kind, and reports what it returns: as an error where the job
// imports the module, else as a warning.
void report_compile_failures(const Package& package, Report& report, CompileFault kind,
                             std::string (*message)(const Package&, const SyntaxFault&));

}  // namespace trainlint
