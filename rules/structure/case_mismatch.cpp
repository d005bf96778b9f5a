#include <algorithm>
#include <map>

#include "lint/rule/import_failure.h"

namespace trainlint {

static std::string folded(std::string_view path) {
  std::string text(path);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// Both are there on the worker; the one is lost wherever the archive is unpacked on a file system
// that folds case, and neither is what an import there finds for certain.
static void check_twins(const Package& package, Report& report) {
  std::map<std::string, std::string> seen;
  for (const InstalledFile& file : package.distribution.installed) {
    auto [at, is_new] = seen.emplace(folded(file.source), file.source);
    if (is_new || at->second == file.source) continue;
    report({file.source, std::nullopt}, "differs from '{}' only in upper and lower case",
           at->second)
        .severity(Severity::warning)
        .note("macOS and Windows keep only one of the two when the package is unpacked there",
              Place{at->second, std::nullopt})
        .note("rename one of them");
  }
}

static void check(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::case_differs)) {
    std::string dotted = dotted_name(package, failure->source);
    report_failure(report, package, *failure,
                   fmt::format("no module named '{}' on the worker: the file is {}", failure->name,
                               failure->source))
        .note(
            "macOS and Windows take upper and lower case for the same, the worker's Linux does not",
            Place{failure->source, std::nullopt})
        .note(fmt::format("write '{}' or rename the file", dotted));
  }
  check_twins(package, report);
}

extern constinit const Rule case_mismatch = {
    .name = "case-mismatch",
    .severity = Severity::error,
    .summary = "an import and its file differ in upper and lower case",
    .explanation = R"(
The worker runs Linux, where `Model.py` and `model.py` are two files. `from trainer import Model`
stops there with `ImportError` if the file is called `model.py`.

Use one spelling, best lower case. Two files of one folder whose names differ only in case are both
there on the worker, and one is lost as soon as the package is unpacked or checked out on macOS or
Windows: that is a warning.

Source: [PEP 235](https://peps.python.org/pep-0235/), on case in imports.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build():
    return []
-- trainer/task.py --
from trainer import Model

print(Model.build())
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/model.py --
def build():
    return []
-- trainer/task.py --
from trainer import model

print(model.build())
)",
    .check = check,
};

}  // namespace trainlint
