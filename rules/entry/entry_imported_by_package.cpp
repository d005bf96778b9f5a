#include <set>

#include "lint/rule/import_failure.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  const ImportGraph& graph = package.graph;
  if (graph.entry == no_module || package.launch.module.empty()) return;
  std::set<std::pair<uint32_t, Syntax::Node>> told;  // an edge for each name, one finding for all
  for (const ImportEdge& edge : graph.edges) {
    if (edge.to != graph.entry || edge.when > When::main_guard || !graph.reached[edge.from])
      continue;
    if (!told.emplace(edge.from, edge.statement).second) continue;
    const Module& module = package.modules[edge.from];
    Report::Added added =
        report({module.path, edge.span}, "'{}' is run twice: as the program and by this import",
               package.launch.module);
    if (module.path.ends_with("__init__.py"))
      added.note(fmt::format("Python warns: '{}' found in sys.modules prior to execution",
                             package.launch.module));
    added.note(
        fmt::format("the program is called '__main__'; this gives a second copy, called '{}', "
                    "with classes, flags and variables of its own",
                    package.launch.module));
    added.note("move what is needed here to a module that both can import");
  }
}

extern constinit const Rule entry_imported_by_package = {
    .name = "entry-imported-by-package",
    .severity = Severity::warning,
    .summary = "a module of the package imports the entry module",
    .explanation = R"(
`python -m trainer.task` runs `trainer/task.py` under the name `__main__`. Another module's
`import trainer.task` does not find that one, and runs the file a second time under its own name.
Flags defined at its top level are defined twice, an assignment to one copy's variable is not seen in
the other, `isinstance` fails between the two copies of a class, and work outside of the main guard is
done twice.

If `trainer/__init__.py` imports it, Python itself warns: `'trainer.task' found in sys.modules after
import of package 'trainer', but prior to execution of 'trainer.task'; this may result in
unpredictable behaviour`.

Let the entry module import, and nobody import it: move what others need to a module of its own.
Imports in functions and under `TYPE_CHECKING` are not reported.

Source: [`runpy`](https://docs.python.org/3/library/runpy.html#runpy.run_module).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/model.py --
from trainer.task import SIZE

def build():
    return [0] * SIZE
-- trainer/task.py --
SIZE = 8

if __name__ == "__main__":
    from trainer import model
    print(model.build())
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/settings.py --
SIZE = 8
-- trainer/model.py --
from trainer.settings import SIZE

def build():
    return [0] * SIZE
-- trainer/task.py --
from trainer import model

if __name__ == "__main__":
    print(model.build())
)",
    .check = check,
};

}  // namespace trainlint
