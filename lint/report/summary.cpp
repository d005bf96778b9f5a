#include "lint/report/summary.h"

#include <set>
#include <string_view>
#include <utility>

namespace trainlint {

Summary summary_of(std::span<const Run> runs) {
  Summary summary;
  summary.packages = runs.size();
  // Two packages of one root, or two entry modules of one package, have their files in common.
  std::set<std::pair<std::string_view, std::string_view>> files;
  for (const Run& run : runs) {
    for (const Module& module : run.package.modules) files.emplace(run.package.root, module.path);
    for (const Finding& finding : run.findings) {
      if (finding.severity == Severity::error) ++summary.errors;
      if (finding.severity == Severity::warning) ++summary.warnings;
      if (finding.severity == Severity::advice) ++summary.advice;
    }
  }
  summary.files = files.size();
  return summary;
}

}  // namespace trainlint
