#include <optional>

#include "lint/graph/standard_library.h"
#include "lint/rule/rule.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

std::optional<std::string> keyword_text(const Module& module, const Call& call,
                                        std::string_view keyword, Span* span = nullptr) {
  for (uint32_t i = 0; i < call.argument_count; ++i) {
    const Argument& argument = module.arguments[call.first_argument + i];
    if (argument.keyword != keyword) continue;
    if (span) *span = module.syntax.span(argument.value);
    return string_value(module.syntax, argument.value);
  }
  return std::nullopt;
}

// aiplatform.CustomTrainingJob(script_path=...), aiplatform.CustomJob.from_local_script(...)
bool packs_one_script(const Call& call) {
  return call.callee.ends_with(".CustomTrainingJob") || call.callee == "CustomTrainingJob" ||
         call.callee.ends_with("CustomJob.from_local_script");
}

// From the folder of the file that submits, or from the root.
const Module* named_script(const Package& package, const Module& module, const std::string& path) {
  for (const std::string& folder : {parent_folder(module.path), std::string()})
    if (const Module* found = package.module_at(normal_path(join_path(folder, path)))) return found;
  return nullptr;
}

// What a name that the script imports is beside it, or around it: "" for nothing.
std::string left_behind(const Package& package, const Module& script, std::string_view name) {
  for (std::string folder = parent_folder(script.path);; folder = parent_folder(folder)) {
    std::string path = join_path(folder, name);
    if (path + ".py" != script.path && package.tree->has_file(path + ".py")) return path + ".py";
    if (package.tree->has_file(path + "/__init__.py")) return path;
    if (folder.empty()) return {};
  }
}

void check_imports(const Package& package, const Module& script, const Place& submitted,
                   Report& report) {
  if (script.blocks.empty()) return;
  for (const Step& step : script.blocks[0]) {
    const bool from = step.kind == StepKind::import_from;
    if (!from && step.kind != StepKind::import_module) continue;
    const bool relative = from && step.level > 0;
    const std::string_view top = step.text.substr(0, step.text.find('.'));
    const bool elsewhere = top.empty() || is_standard_library(top, package.launch.python);
    const std::string left = relative || elsewhere ? "" : left_behind(package, script, top);
    if (!relative && left.empty()) continue;
    Report::Added added = report(
        {script.path, script.syntax.span(step.node)},
        "only '{}' is sent to the worker, without the module that is imported here", script.path);
    added.note("the script is submitted alone here", submitted);
    if (!left.empty()) added.note(fmt::format("'{}' stays behind", left));
    added.note("pack the modules, and submit them with CustomPythonPackageTrainingJob");
    return;
  }
}

void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (module.text().find("script_path") == std::string_view::npos) continue;
    for (const Call& call : module.calls) {
      Span span;
      const std::optional<std::string> path =
          packs_one_script(call) ? keyword_text(module, call, "script_path", &span) : std::nullopt;
      const Module* script = path ? named_script(package, module, *path) : nullptr;
      // The imports of the script that the package is linted for are known to fail, or not.
      const bool judged =
          package.launch.route == Route::script && script && script->path == package.launch.script;
      if (script && !judged) check_imports(package, *script, {module.path, span}, report);
    }
  }
}

}  // namespace

extern constinit const Rule single_file_job_imports_sibling = {
    .name = "single-file-job-imports-sibling",
    .severity = Severity::warning,
    .summary = "a script that is submitted alone imports the modules beside it",
    .explanation = R"(
`aiplatform.CustomTrainingJob(script_path="task.py", ...)` and `CustomJob.from_local_script()` of the Vertex
AI SDK pack exactly one file. What the script imports from its neighbours is not on the worker: the job
ends with "No module named 'model'". Packages go with `CustomPythonPackageTrainingJob`.

Looked at are calls in the Python files of the project, with a path that is written there. An image of
your own may have the modules, which is why this is a warning; where the image is one of the prebuilt ones,
`import-outside-distribution` follows the imports and knows.

Source: [CustomTrainingJob](https://cloud.google.com/python/docs/reference/aiplatform/latest/google.cloud.aiplatform.CustomTrainingJob).
)",
    .bad = R"(
-- submit.py --
from google.cloud import aiplatform

job = aiplatform.CustomTrainingJob(
    display_name="fares",
    script_path="trainer/task.py",
    container_uri="us-docker.pkg.dev/fares/training/tf:latest",
)
job.run(machine_type="n1-standard-4")
-- trainer/__init__.py --
-- trainer/model.py --
def train():
    print("training")
-- trainer/task.py --
from trainer import model

if __name__ == "__main__":
    model.train()
)",
    .good = R"(
-- submit.py --
from google.cloud import aiplatform

job = aiplatform.CustomTrainingJob(
    display_name="fares",
    script_path="trainer/task.py",
    container_uri="us-docker.pkg.dev/vertex-ai/training/tf-cpu.2-17.py310:latest",
)
job.run(machine_type="n1-standard-4")
-- trainer/__init__.py --
-- trainer/task.py --
import json

print(json.dumps("training"))
)",
    .check = check,
};

}  // namespace trainlint
