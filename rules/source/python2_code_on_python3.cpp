#include <algorithm>

#include "lint/graph/python2.h"
#include "lint/graph/standard_library.h"
#include "lint/rule/import_failure.h"
#include "lint/rule/name_failure.h"

namespace trainlint {

static void add_instead(Report::Added added, std::string_view instead) {
  if (!instead.empty()) added.note(fmt::format("in Python 3 it is '{}'", instead));
}

static void check_library(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::not_in_library)) {
    std::optional<LibraryGap> gap = missing_name(failure->name, package.launch.python);
    if (!gap) gap = missing_module(failure->name, package.launch.python);
    if (!gap || !gap->python2) continue;
    const bool is_module = failure->name.find('.') == std::string::npos;
    add_instead(report_failure(report, package, *failure,
                               fmt::format("only Python 2 has {}'{}'",
                                           is_module ? "the module " : "", failure->name)),
                gap->instead);
  }
}

static void check_builtins(const Package& package, Report& report) {
  auto message = [](std::string_view name) { return fmt::format("only Python 2 has '{}'", name); };
  for (const Failure* failure : failures_of(package, FailureKind::undefined_name))
    if (const char* instead = python2_replacement(failure->name))
      add_instead(report_failure(report, package, *failure, message(failure->name)), instead);
  for (const PlacedFault& placed : unmet_faults(package, NameFault::undefined)) {
    const NameFault& fault = *placed.fault;
    const char* instead = python2_replacement(fault.name);
    const Module& module = package.modules[placed.module];
    if (instead && !fault.for_python2 && !asks_for_version(module.text()))
      add_instead(
          report.add({module.path, fault.span}, message(fault.name)).severity(Severity::warning),
          instead);
  }
}

// Whether some class of the package has its own `keys` or the like.
static bool defines_method(const Package& package, std::string_view name) {
  const std::string definition = fmt::format("def {}(", name);
  return std::any_of(package.modules.begin(), package.modules.end(), [&](const Module& module) {
    return module.text().find(definition) != std::string_view::npos;
  });
}

// `rows.iteritems()`: a warning, since nobody knows what `rows` is.
static void check_methods(const Package& package, Report& report) {
  for (const PlacedFault& placed : unmet_faults(package, NameFault::python2_method)) {
    const NameFault& fault = *placed.fault;
    if (defines_method(package, "__getattr__")) continue;  // perhaps a dictionary of their own
    report({package.modules[placed.module].path, fault.span},
           "dictionaries have no '{}' in Python 3", fault.name)
        .severity(Severity::warning)
        .note(fault.name == "has_key"
                  ? "write 'key in dictionary'"
                  : fmt::format("in Python 3 it is '{}'", fault.name.substr(4)));
  }
  for (const PlacedFault& placed : unmet_faults(package, NameFault::python2_item)) {
    const std::string_view said = placed.fault->name;
    if (const size_t advice = said.find("; "); advice != std::string_view::npos) {
      report({package.modules[placed.module].path, placed.fault->span}, "{}",
             said.substr(0, advice))
          .severity(Severity::warning)
          .note(std::string(said.substr(advice + 2)));
      continue;
    }
    if (defines_method(package, said)) continue;
    report({package.modules[placed.module].path, placed.fault->span},
           "'{}' gives no list in Python 3: it has no items to ask for by number",
           placed.fault->name)
        .severity(Severity::warning)
        .note("write 'list(...)' around it");
  }
  for (const PlacedFault& placed : unmet_faults(package, NameFault::python2_print))
    report({package.modules[placed.module].path, placed.fault->span},
           "'print >>' shifts the function 'print' in Python 3, which is a TypeError")
        .severity(Severity::warning)
        .note("write 'print(..., file=...)'");
}

static void check(const Package& package, Report& report) {
  if (package.launch.python.major < 3) return;
  check_library(package, report);
  check_builtins(package, report);
  check_methods(package, report);
}

extern constinit const Rule python2_code_on_python3 = {
    .name = "python2-code-on-python3",
    .severity = Severity::error,
    .summary = "code compiles with Python 3 and uses what only Python 2 has",
    .explanation = R"(
Some of Python 2 is not refused when the file is compiled, but fails when the line runs: modules that
have another name now (`urllib2`, `ConfigParser`, `Queue`), builtins that are gone (`xrange`,
`unicode`, `raw_input`), names in modules (`string.letters`, `itertools.izip`, `sys.maxint`), methods
of dictionaries (`iteritems`, `has_key`), what is no list any more (`zip(a, b)[0]`, `range(9) + [9]`),
arguments that are gone (`sorted(rows, cmp=order)`, `open(path, "rU")`), and `print >>`.

It is an error where the line surely runs when the job starts, else a warning. `six`, a `try` that
catches the error, and tests of `sys.version_info` or `six.PY2` are fine, and so are classes that
define the method.

Source: [porting Python 2 code](https://docs.python.org/3/howto/pyporting.html).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import urllib2


def rows(source):
    for key, value in source.iteritems():
        yield unicode(key), value


print(urllib2, rows)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
try:
    from urllib.request import urlopen
except ImportError:
    from urllib2 import urlopen


def rows(source):
    for key, value in source.items():
        yield str(key), value


print(urlopen, rows)
)",
    .check = check,
};

}  // namespace trainlint
