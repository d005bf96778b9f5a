#include "lint/rule/import_failure.h"

namespace trainlint {

// Where the unfinished module was left: the last import on the way that stands in it.
static void add_unfinished(Report::Added& added, const Package& package, const Failure& failure) {
  for (size_t i = failure.chain.size(); i-- > 0;) {
    const Failure::Link& link = failure.chain[i];
    if (link.module != failure.target) continue;
    const Module& module = package.modules[link.module];
    added.note(
        fmt::format("'{}' has come as far as this import", dotted_name(package, module.path)),
        Place{module.path, link.span});
    return;
  }
}

static void check(const Package& package, Report& report) {
  for (const Failure* failure : failures_of(package, FailureKind::circular)) {
    auto [above, last] = split_last(failure->name);
    Report::Added added = report_failure(
        report, package, *failure,
        fmt::format("'{}' has no '{}' yet: it is still being imported itself", above, last));
    add_unfinished(added, package, *failure);
    if (failure->target != no_module) {
      const Module& target = package.modules[failure->target];
      if (std::optional<Span> span = binding_of(target, last))
        added.note(fmt::format("'{}' is bound only here", last), Place{target.path, span});
    }
    added.note(
        "import it inside the function that needs it, or move what both need to a third module");
  }
}

extern constinit const Rule circular_import = {
    .name = "circular-import",
    .severity = Severity::error,
    .summary = "modules import each other, and one needs a name that is not bound yet",
    .explanation = R"(
Python runs a module when it is imported for the first time, and a second import of it gives the
module as far as it has come. If `model` imports `data` and `data` says `from trainer.model import
SIZE`, then `SIZE` must already be bound when `model` reaches its import of `data`. If it is not, the
job stops with `ImportError: cannot import name 'SIZE' from partially initialized module`, or with
`AttributeError` where an attribute is used while importing.

A cycle as such is no mistake and is not reported: imports are followed in the order in which Python
carries them out, from the entry module on, and only a name that is missing at that moment counts.
`import trainer.model` in both modules, used inside functions, works; so do imports in functions and
under `TYPE_CHECKING`.

Source: [circular imports in Python's FAQ](https://docs.python.org/3/faq/programming.html#what-are-the-best-practices-for-using-import-in-a-module).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/data.py --
from trainer.model import SIZE

ROWS = [0] * SIZE
-- trainer/model.py --
from trainer import data

SIZE = 8
-- trainer/task.py --
from trainer import model

print(model.SIZE)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/data.py --
from trainer.model import SIZE

ROWS = [0] * SIZE
-- trainer/model.py --
SIZE = 8
-- trainer/task.py --
from trainer import data, model

print(model.SIZE, data.ROWS)
)",
    .check = check,
};

}  // namespace trainlint
