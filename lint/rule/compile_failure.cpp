#include "lint/rule/compile_failure.h"

#include "lint/rule/import_failure.h"

#include <algorithm>

namespace trainlint {

// Whether a module is part of what is submitted: on the worker, or in the package's folder.
static bool belongs(const Package& package, size_t index) {
  if (index < package.graph.names.size() && !package.graph.names[index].empty()) return true;
  const std::string& folder = package.launch.package_folder;
  return !folder.empty() && package.modules[index].path.starts_with(folder + "/");
}

void report_compile_failures(const Package& package, Report& report, bool python2,
                             std::string (*message)(const SyntaxFault& fault)) {
  std::vector<const Failure*> failures = failures_of(package, FailureKind::does_not_compile);
  for (size_t i = 0; i < package.modules.size(); ++i) {
    const Module& module = package.modules[i];
    if (module.faults.empty() || module.faults.front().python2 != python2) continue;
    const SyntaxFault& fault = module.faults.front();
    auto met = std::find_if(failures.begin(), failures.end(),
                            [&](const Failure* failure) { return failure->module == i; });
    if (met != failures.end())
      report_failure(report, package, **met, message(fault));
    else if (belongs(package, i))
      report.add({module.path, fault.span}, message(fault))
          .severity(Severity::warning)
          .note("nothing is known to import this file when the job starts");
  }
}

}  // namespace trainlint
