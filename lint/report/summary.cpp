#include "lint/report/summary.h"

#include <set>
#include <string_view>
#include <utility>

namespace trainlint {

Summary summary_of(std::span<const Run> runs) {
  Summary summary;
  // Two packages of one root, or two entry modules of one package, have their files in common. What
  // is submitted without a package is none.
  std::set<std::pair<std::string_view, std::string_view>> files, packages;
  for (const Run& run : runs) {
    const Launch& launch = run.package.launch;
    if (!launch.package_folder.empty() || !launch.module.empty() || !launch.script.empty())
      packages.emplace(run.package.root, launch.package_folder);
    for (const Module& module : run.package.modules) files.emplace(run.package.root, module.path);
    for (const Finding& finding : run.findings) {
      if (finding.severity == Severity::error) ++summary.errors;
      if (finding.severity == Severity::warning) ++summary.warnings;
      if (finding.severity == Severity::advice) ++summary.advice;
    }
  }
  summary.packages = packages.size();
  summary.files = files.size();
  return summary;
}

}  // namespace trainlint
