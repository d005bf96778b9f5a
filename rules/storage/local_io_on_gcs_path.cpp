#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

namespace {

// Functions that know the file system of the machine and no other, and which argument is the path.
struct LocalFunction {
  std::string_view name;
  uint32_t position;
  std::string_view keyword;
};

constexpr LocalFunction functions[] = {
    {"open", 0, "file"},
    {"os.makedirs", 0, "name"},
    {"os.mkdir", 0, "path"},
    {"os.listdir", 0, "path"},
    {"os.path.exists", 0, "path"},
    {"os.path.isdir", 0, "s"},
    {"os.path.isfile", 0, "path"},
    {"os.remove", 0, "path"},
    {"os.walk", 0, "top"},
    {"os.rename", 1, "dst"},
    {"shutil.copy", 1, "dst"},
    {"shutil.copyfile", 1, "dst"},
    {"shutil.copytree", 1, "dst"},
    {"shutil.move", 1, "dst"},
    {"glob.glob", 0, "pathname"},
    {"joblib.dump", 1, "filename"},
    {"joblib.load", 0, "filename"},
    {"np.save", 0, "file"},
    {"np.load", 0, "file"},
    {"np.savetxt", 0, "fname"},
    {"np.loadtxt", 0, "fname"},
    {"numpy.save", 0, "file"},
    {"numpy.load", 0, "file"},
    {"torch.save", 1, "f"},
    {"torch.load", 0, "f"},
    {"plt.savefig", 0, "fname"},
};

const LocalFunction* local_function(std::string_view callee) {
  for (const LocalFunction& function : functions)
    if (function.name == callee) return &function;
  return nullptr;
}

// "from tensorflow.io.gfile import GFile as open" and its like.
bool rebinds_open(const Module& module) {
  for (const Block& block : module.blocks)
    for (const Step& step : block) {
      if (step.kind == StepKind::import_from)
        for (uint32_t i = 0; i < step.name_count; ++i)
          if (module.names[step.first_name + i].bound == "open") return true;
      if (step.kind == StepKind::bind && step.text == "open") return true;
    }
  return false;
}

void check_call(const GcsFlow& flow, const Module& module, const Call& call, Report& report) {
  const LocalFunction* function = local_function(call.callee);
  if (function == nullptr || (function->name == "open" && rebinds_open(module))) return;
  Syntax::Node value = keyword_argument(module, call, function->keyword);
  std::vector<Syntax::Node> given = positional_arguments(module, call);
  if (value == Syntax::none && function->position < given.size()) value = given[function->position];
  if (value == Syntax::none) return;
  std::optional<GcsSource> source = flow.source_of(module, value);
  if (!source) return;
  Place place{module.path, module.syntax.span(value)};
  Report::Added added =
      report(place, "{}() knows local files only, and this path is on Cloud Storage", call.callee);
  if (!source->written || source->place.span->begin != place.span->begin)
    added.note(fmt::format("it comes from {}", source->what), source->place);
  added.note(
      "tf.io.gfile has the same functions for gs://; on Vertex AI the bucket is also mounted "
      "as /gcs/BUCKET");
}

}  // namespace

static void check(const Package& package, Report& report) {
  auto calls_any = [](const Module& module) {
    return std::any_of(module.calls.begin(), module.calls.end(),
                       [](const Call& call) { return local_function(call.callee) != nullptr; });
  };
  if (std::none_of(package.modules.begin(), package.modules.end(), calls_any)) return;
  GcsFlow flow(package);
  for (const Module& module : package.modules)
    if (takes_part(package, module))
      for (const Call& call : module.calls) check_call(flow, module, call, report);
}

extern constinit const Rule local_io_on_gcs_path = {
    .name = "local-io-on-gcs-path",
    .severity = Severity::warning,
    .summary = "a function that knows local files only is given a path on Cloud Storage",
    .explanation = R"(
`open()`, `os.makedirs()`, `glob.glob()`, `joblib.dump()`, `np.load()` and `torch.save()` hand the
path to the operating system, for which `gs://bucket/model` is a folder called `gs:`. Reading fails
with `No such file or directory`; writing fails too, or (after `os.makedirs`) writes to the
machine's own disk, which is gone when the job ends.

A path counts as one on Cloud Storage if it is written as `gs://...`, is the default of an option
that is, or comes from `--job-dir` or from one of the variables that Vertex AI sets
(`AIP_MODEL_DIR` and its like). It is followed through assignments, `os.path.join`, texts that are
put together, and calls of the package's own functions. Where the package looks whether a path
begins with `gs://`, or uses `/gcs/`, only paths that are written out are reported.

Sources: [tf.io.gfile](https://www.tensorflow.org/api_docs/python/tf/io/gfile), [Cloud Storage as a
mounted file system](https://cloud.google.com/vertex-ai/docs/training/cloud-storage-file-system).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse
import os

parser = argparse.ArgumentParser()
parser.add_argument("--job-dir", required=True)
args = parser.parse_args()
path = os.path.join(args.job_dir, "metrics.txt")
with open(path, "w") as metrics:
    metrics.write("0.5")
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse
import os

import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument("--job-dir", required=True)
args = parser.parse_args()
path = os.path.join(args.job_dir, "metrics.txt")
with tf.io.gfile.GFile(path, "w") as metrics:
    metrics.write("0.5")
)",
    .check = check,
};

}  // namespace trainlint
