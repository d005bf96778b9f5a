#include <algorithm>

#include "lint/rule/idle.h"
#include "lint/rule/import_failure.h"

namespace trainlint {

static bool is_definition(const Step& step) {
  return (step.kind == StepKind::function || step.kind == StepKind::class_body) &&
         !step.text.empty();
}

// The function that was meant to be called: by its name, or the last one of the file.
static const Step* main_function(const Module& module) {
  constexpr std::string_view usual[] = {"main", "run", "train", "train_and_evaluate", "_main"};
  const Step* last = nullptr;
  for (std::string_view name : usual)
    for (const Step& step : module.blocks[0])
      if (step.kind == StepKind::function && step.text == name) return &step;
  for (const Step& step : module.blocks[0])
    if (step.kind == StepKind::function && !step.text.empty()) last = &step;
  return last;
}

// Whether a dependency that the module imports could do the work: only where the module has
// nothing of its own is that how it may be meant.
static bool leaves_it_to_imports(const Package& package, const Module& module) {
  if (std::any_of(module.blocks[0].begin(), module.blocks[0].end(), is_definition)) return false;
  const std::vector<ImportEdge>& edges = package.graph.edges;
  return std::any_of(edges.begin(), edges.end(), [&](const ImportEdge& edge) {
    return &package.modules[edge.from] == &module && edge.target != Target::distribution &&
           edge.target != Target::standard_library;
  });
}

static bool stops_while_importing(const Package& package) {
  const std::vector<Failure>& failures = package.graph.failures;
  return std::any_of(failures.begin(), failures.end(), [](const Failure& failure) {
    return failure.when == When::import_time || failure.when == When::main_guard;
  });
}

static bool nothing_is_done(const Package& package) {
  const ImportGraph& graph = package.graph;
  if (!graph.entry_found || graph.entry == no_module || stops_while_importing(package))
    return false;
  for (uint32_t i = 0; i < package.modules.size(); ++i)
    if ((graph.reached[i] || i == graph.entry) &&
        !does_nothing(package.modules[i], i == graph.entry))
      return false;
  return !leaves_it_to_imports(package, package.modules[graph.entry]);
}

// A folder with a task.py is no trainer yet: task queues and to-do lists have one as well.
static bool is_surely_started(const Package& package) {
  const Module& entry = package.modules[package.graph.entry];
  return package.launch.module_given || package.launch.package == "trainer" ||
         entry.has_main_guard || package.project.origin != ProjectOrigin::generated ||
         package.kind != TreeKind::folder;
}

static void check(const Package& package, Report& report) {
  if (!nothing_is_done(package) || !is_surely_started(package)) return;
  const Module& module = package.modules[package.graph.entry];
  std::string name = package.launch.module.empty() ? module.path : package.launch.module;
  if (std::optional<Span> guard = misspelt_guard(module)) {
    report({module.path, guard},
           "never true: '{}' starts, skips this and ends without doing anything", name)
        .note("write if __name__ == \"__main__\":");
    return;
  }
  if (const Step* function = main_function(module)) {
    std::string_view definition = module.syntax.text(function->node);
    Span span = module.syntax.span(function->node);
    span.end =
        span.begin + static_cast<uint32_t>(std::min(definition.find('\n'), definition.size()));
    report({module.path, span}, "'{}' is never called: '{}' starts and ends without doing anything",
           function->text, name)
        .note(fmt::format("call it at the end of the file: if __name__ == \"__main__\": {}()",
                          function->text));
    return;
  }
  report({module.path, std::nullopt}, "'{}' starts and ends without doing anything", name)
      .note("the job succeeds within seconds and has trained nothing");
}

extern constinit const Rule entry_does_nothing = {
    .name = "entry-does-nothing",
    .severity = Severity::error,
    .summary = "the entry module defines things and calls nothing",
    .explanation = R"(
`python -m trainer.task` runs the statements of `trainer/task.py`. If these only import, define
functions and classes, and set constants, then the program ends at once, with exit status 0: the job
is reported as succeeded, with no model and no line in the log. Most often the call at the end is
missing, or its guard can never be true, as in `if __name__ == "main":`.

End the file with

```python
if __name__ == "__main__":
    main()
```

Any call that may do work counts, also one in a module that the entry module imports, so code that
trains at the top level is not reported. Nor is a module with decorators that are not known to be
harmless: some of them run the function.

Source: [`__main__`](https://docs.python.org/3/library/__main__.html).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
def main():
    print("training")
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
def main():
    print("training")

if __name__ == "__main__":
    main()
)",
    .check = check,
};

}  // namespace trainlint
