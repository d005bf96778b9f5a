#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/idle.h"

namespace trainlint {

// A call after which new processes import the entry module anew.
static bool starts_fresh_processes(const Module& module, const Call& call) {
  if (call.callee == "mp.spawn" || call.callee.ends_with("multiprocessing.spawn")) return true;
  std::string_view last = last_of(call.callee);
  if (last != "set_start_method" && last != "get_context") return false;
  std::vector<Syntax::Node> given = positional_arguments(module, call);
  return !given.empty() && string_value(module.syntax, given[0]) == "spawn";
}

static void check(const Package& package, Report& report) {
  if (package.graph.entry == no_module) return;
  const Module& entry = package.modules[package.graph.entry];
  if (entry.has_main_guard || does_nothing(entry, false)) return;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      if (!starts_fresh_processes(module, call)) continue;
      report({module.path, module.syntax.span(call.node)},
             "every process that this starts imports '{}' again, which does its work at once: "
             "\"An attempt has been made to start a new process before the current process has "
             "finished its bootstrapping phase\"",
             entry.path)
          .note("put what the entry module does under if __name__ == \"__main__\":");
      return;
    }
  }
}

extern constinit const Rule missing_main_guard = {
    .name = "missing-main-guard",
    .severity = Severity::warning,
    .summary = "processes are spawned, and the entry module does its work when imported",
    .explanation = R"(
A process that is spawned (not forked) imports the entry module to find the function that it is to
run. Without `if __name__ == "__main__":` that import does all the work again, which
multiprocessing refuses with a `RuntimeError`.

Said only where something suffers from it: `torch.multiprocessing.spawn()`, or the start method
`"spawn"`. A trainer that just runs from top to bottom needs no guard.

Source: [multiprocessing, safe importing of main
module](https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import torch.multiprocessing as mp

def train(rank):
    print(rank)

mp.spawn(train, nprocs=2)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import torch.multiprocessing as mp

def train(rank):
    print(rank)

if __name__ == "__main__":
    mp.spawn(train, nprocs=2)
)",
    .check = check,
};

}  // namespace trainlint
