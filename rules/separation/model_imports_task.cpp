#include "lint/rule/command_line.h"

namespace trainlint {

static void check(const Package& package, Report& report) {
  const ImportGraph& graph = package.graph;
  if (graph.entry == no_module) return;
  for (const ImportEdge& edge : graph.edges) {
    if (edge.to != graph.entry || edge.from == graph.entry || edge.when != When::in_function)
      continue;
    const Module& module = package.modules[edge.from];
    if (!takes_part(package, module) || module.path.ends_with("__init__.py")) continue;
    report({module.path, edge.span},
           "'{}' imports the entry module: it can be used by no other program, and '{}' is run a "
           "second time",
           module.path, package.modules[graph.entry].path)
        .note("give what it needs as an argument, or move it to a module of its own");
  }
}

extern constinit const Rule model_imports_task = {
    .name = "model-imports-task",
    .severity = Severity::advice,
    .summary = "a module imports the entry module inside a function",
    .explanation = R"(
The entry module takes the command line and starts the work; the model knows of neither. A model
that imports the entry module inside a function gets a second copy of it: the program runs as
`__main__`, and `trainer.task` is loaded anew, with its own globals.

`entry-imported-by-package` is about imports that are carried out at once.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import model

BATCH_SIZE = 64

if __name__ == "__main__":
    model.Model().train()
-- trainer/model.py --
class Model:
    def train(self):
        from trainer import task
        print(task.BATCH_SIZE)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import model

BATCH_SIZE = 64

if __name__ == "__main__":
    model.Model().train(BATCH_SIZE)
-- trainer/model.py --
class Model:
    def train(self, batch_size):
        print(batch_size)
)",
    .check = check,
};

}  // namespace trainlint
