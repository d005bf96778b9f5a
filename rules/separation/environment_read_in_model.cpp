#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

static bool is_model(const Module& module) {
  std::string_view file = std::string_view(module.path).substr(module.path.rfind('/') + 1);
  return file == "model.py" || file == "models.py" || file.ends_with("_model.py");
}

// What the service tells its workers; a switch of one's own may be read anywhere.
static bool is_from_service(const Module& module, Syntax::Node name) {
  std::string text = name == Syntax::none ? "" : string_value(module.syntax, name).value_or("");
  return text.starts_with("AIP_") || text.starts_with("CLOUD_ML_") || text == "TF_CONFIG" ||
         text == "CLUSTER_SPEC" || text == "JOB_DIR";
}

static bool is_environment(std::string_view text) {
  return text == "os.environ" || text == "environ";
}

static void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module) || !is_model(module)) continue;
    if (static_cast<size_t>(&module - package.modules.data()) == package.graph.entry) continue;
    const Syntax& syntax = module.syntax;
    for (const Call& call : module.calls) {
      if (call.callee != "os.environ.get" && call.callee != "os.getenv") continue;
      std::vector<Syntax::Node> given = positional_arguments(module, call);
      if (given.empty() || !is_from_service(module, given[0])) continue;
      report({module.path, syntax.span(call.node)},
             "the model reads the environment by itself: it cannot be tried, tested or tuned "
             "without it")
          .note("read it in the entry module, as an option's default, and pass the value on");
    }
    for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
      if (syntax.kind(node) != sym_subscript || syntax[node].field == field_left) continue;
      if (!is_environment(syntax.text(syntax.field(node, field_value)))) continue;
      if (!is_from_service(module, syntax.field(node, field_subscript))) continue;
      report({module.path, syntax.span(node)},
             "the model reads the environment by itself: it cannot be tried, tested or tuned "
             "without it")
          .note("read it in the entry module, as an option's default, and pass the value on");
    }
  }
}

extern constinit const Rule environment_read_in_model = {
    .name = "environment-read-in-model",
    .severity = Severity::advice,
    .summary = "model.py reads the environment variables of the service",
    .explanation = R"(
What comes from outside - the command line, `AIP_MODEL_DIR`, `TF_CONFIG` - is the entry module's
business. A model that reads `os.environ` itself behaves differently on every machine, and its
tests have to set variables. `parser.add_argument("--model-dir",
default=os.environ.get("AIP_MODEL_DIR"))` in the entry module serves the service and a local run
alike.

Only variables that the service sets count (`AIP_...`, `TF_CONFIG`), and only modules called
`model.py`, `models.py` or `..._model.py`.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
from trainer import model

if __name__ == "__main__":
    model.train()
-- trainer/model.py --
import os

def train():
    print("to", os.environ["AIP_MODEL_DIR"])
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import os

from trainer import model

if __name__ == "__main__":
    model.train(os.environ["AIP_MODEL_DIR"])
-- trainer/model.py --
def train(model_dir):
    print("to", model_dir)
)",
    .check = check,
};

}  // namespace trainlint
