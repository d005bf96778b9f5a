#include "lint/report/summary.h"

namespace trainlint {

Summary summary_of(std::span<const Run> runs) {
  Summary summary;
  summary.packages = runs.size();
  for (const Run& run : runs) {
    summary.files += run.package.modules.size();
    for (const Finding& finding : run.findings) {
      if (finding.severity == Severity::error) ++summary.errors;
      if (finding.severity == Severity::warning) ++summary.warnings;
      if (finding.severity == Severity::advice) ++summary.advice;
    }
  }
  return summary;
}

}  // namespace trainlint
