#include "lint/rule/compile_failure.h"

#include "lint/launch/target.h"
#include "lint/rule/import_failure.h"
#include "lint/rule/rewrite.h"

#include <algorithm>

namespace trainlint {

// Whether a module is part of what is submitted: on the worker, or in the package's folder.
static bool belongs(const Package& package, size_t index) {
  if (index < package.graph.names.size() && !package.graph.names[index].empty()) return true;
  const std::string& folder = package.launch.package_folder;
  return !folder.empty() && package.modules[index].path.starts_with(folder + "/");
}

static CompileFault kind_of(const SyntaxFault& fault) {
  if (fault.python2) return CompileFault::python2;
  return fault.needs ? CompileFault::newer_python : CompileFault::other;
}

void report_compile_failures(const Package& package, Report& report, CompileFault kind,
                             std::string (*message)(const Package&, const SyntaxFault&)) {
  std::vector<const Failure*> failures = failures_of(package, FailureKind::does_not_compile);
  for (size_t i = 0; i < package.modules.size(); ++i) {
    const Module& module = package.modules[i];
    if (module.faults.empty() || kind_of(module.faults.front()) != kind) continue;
    const SyntaxFault& fault = module.faults.front();
    auto met = std::find_if(failures.begin(), failures.end(),
                            [&](const Failure* failure) { return failure->module == i; });
    std::string text = message(package, fault);
    std::optional<Fix> fix =
        kind == CompileFault::python2 ? call_print(package, module) : std::nullopt;
    if (met != failures.end()) {
      Report::Added added = report_failure(report, package, **met, std::move(text));
      if (fix) added.fix(std::move(*fix));
      if (kind != CompileFault::newer_python) continue;
      added.note(describe_python(package.launch), place_of_python(package.launch));
      // Nobody has said which Python it is.
      if (package.launch.python_source == PythonSource::by_default)
        added.severity(Severity::warning);
    } else if (belongs(package, i)) {
      Report::Added added = report.add({module.path, fault.span}, std::move(text));
      added.severity(Severity::warning)
          .note("nothing is known to import this file when the job starts");
      if (fix) added.fix(std::move(*fix));
    }
  }
}

}  // namespace trainlint
