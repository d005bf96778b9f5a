#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

// Names that trainers give to where they write: on the service a path on Cloud Storage.
static bool names_output(std::string_view text) {
  constexpr std::string_view names[] = {"job_dir",    "output_dir", "outdir",  "model_dir",
                                        "OUTDIR",     "OUTPUT_DIR", "job-dir", "output_path",
                                        "export_dir", "MODEL_DIR"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view name) { return text.find(name) != text.npos; });
}

static bool ignores_errors(const Module& module, const Call& call) {
  Syntax::Node value = keyword_argument(module, call, "ignore_errors");
  std::vector<Syntax::Node> given = positional_arguments(module, call);
  if (value == Syntax::none && given.size() > 1) value = given[1];
  return value != Syntax::none && module.syntax.text(value) == "True";
}

static void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      if (call.callee != "shutil.rmtree" && call.callee != "rmtree") continue;
      std::vector<Syntax::Node> given = positional_arguments(module, call);
      if (given.empty() || !ignores_errors(module, call)) continue;
      std::string_view path = module.syntax.text(given[0]);
      if (!names_output(path) || GcsFlow(package).tells_apart()) continue;
      report({module.path, module.syntax.span(call.node)},
             "for a path on Cloud Storage this does nothing, in silence: what an earlier run has "
             "written to '{}' stays and is picked up",
             path)
          .note("tf.io.gfile.rmtree() removes both kinds");
    }
  }
}

extern constinit const Rule gcs_rmtree = {
    .name = "gcs-rmtree",
    .severity = Severity::warning,
    .summary = "shutil.rmtree(..., ignore_errors=True) is to clear the output folder",
    .explanation = R"(
Many trainers begin with `shutil.rmtree(output_dir, ignore_errors=True)` to start fresh. On the
service the folder is `gs://...`, which `shutil` does not know; the error is ignored. Checkpoints
of the run before are found, training goes on from there, or ends at once because `max_steps` is
reached.

`tf.io.gfile.rmtree()` removes folders of both kinds (it raises where there is none: ask
`tf.io.gfile.exists()` first).

Silent where the package tells paths on Cloud Storage from others.

Source: [shutil.rmtree](https://docs.python.org/3/library/shutil.html#shutil.rmtree).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse
import shutil

parser = argparse.ArgumentParser()
parser.add_argument("--output_dir", required=True)
args = parser.parse_args()
shutil.rmtree(args.output_dir, ignore_errors=True)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument("--output_dir", required=True)
args = parser.parse_args()
if tf.io.gfile.exists(args.output_dir):
    tf.io.gfile.rmtree(args.output_dir)
)",
    .check = check,
};

}  // namespace trainlint
