#include "lint/rule/import_failure.h"
#include "lint/rule/name_failure.h"

namespace trainlint {

static std::string message(std::string_view name) {
  return fmt::format("local variable '{}' is read before anything is assigned to it", name);
}

static void add_reason(Report::Added added, const Module& module, std::string_view name) {
  if (std::optional<Span> span = binding_of(module, name))
    added.note(fmt::format("the module's '{}' is not seen here, since the function assigns to that "
                           "name and makes it its own",
                           name),
               Place{module.path, span});
}

static void check(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::unbound_local))
    add_reason(report_failure(report, package, *failure, message(failure->name)),
               package.modules[failure->module], failure->name);
  for (const PlacedFault& placed : unmet_faults(package, NameFault::read_too_early)) {
    const Module& module = package.modules[placed.module];
    add_reason(report.add({module.path, placed.fault->span}, message(placed.fault->name))
                   .severity(Severity::warning),
               module, placed.fault->name);
  }
}

extern constinit const Rule local_read_before_assignment = {
    .name = "local-read-before-assignment",
    .severity = Severity::error,
    .summary = "a function reads a local variable that it assigns only later",
    .explanation = R"(
A name that a function assigns anywhere is a local of the whole function, also on the lines before.
`callbacks = [callbacks.TensorBoard(logs)]` therefore does not find the imported module `callbacks`:
`UnboundLocalError: local variable 'callbacks' referenced before assignment`.

Give the variable another name, or declare the name `global` where the module's is meant. It is an
error where the function is known to be called when the job starts, else a warning. What a loop may
have assigned in an earlier round, and what a `try` catches, is not reported.

Source: [why am I getting an UnboundLocalError](https://docs.python.org/3/faq/programming.html#why-am-i-getting-an-unboundlocalerror-when-the-variable-has-a-value).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/callbacks.py --
def stop():
    return "stop"
-- trainer/task.py --
from trainer import callbacks


def main():
    callbacks = [callbacks.stop()]
    print(callbacks)


if __name__ == "__main__":
    main()
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/callbacks.py --
def stop():
    return "stop"
-- trainer/task.py --
from trainer import callbacks


def main():
    chosen = [callbacks.stop()]
    print(chosen)


if __name__ == "__main__":
    main()
)",
    .check = check,
};

}  // namespace trainlint
