#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/saved_model.h"

namespace trainlint {

static bool names_output(std::string_view flag) {
  constexpr std::string_view words[] = {
      "dir", "out",     "path", "bucket", "export", "save", "dest",     "model",      "folder",
      "uri", "storage", "log",  "table",  "file",   "gcs",  "artifact", "checkpoint", "name"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return flag.find(word) != flag.npos; });
}

static bool reads_environment(const Package& package) {
  return std::any_of(package.modules.begin(), package.modules.end(), [](const Module& module) {
    if (module.syntax.nodes().empty()) return false;
    return module.text().find("environ") != std::string_view::npos ||
           module.text().find("getenv") != std::string_view::npos;
  });
}

static void check(const Package& package, Report& report) {
  const Parse* parse = closed_parse(package);
  if (parse == nullptr || reads_environment(package)) return;
  for (const Option* option : all_options(*parse->parser))
    if (names_output(option->dest)) return;
  const std::vector<SavedModel> saved = saved_models(package);
  if (saved.empty() || stay_on_worker(package, saved)) return;  // output-only-local says that
  report(first_line(package, saved.front().place),
         "where this is saved is written into the code: no option says "
         "where a run writes")
      .note("add one, such as --job-dir, with AIP_MODEL_DIR as its default on Vertex AI",
            first_line(package, parse->place));
}

extern constinit const Rule no_output_argument = {
    .name = "no-output-argument",
    .severity = Severity::advice,
    .summary = "the trainer saves a model, and no option says where to",
    .explanation = R"(
Two runs of the same package write to the same place, a tuning job's trials too, unless the place
comes from outside: `--job-dir` on AI Platform, the variable `AIP_MODEL_DIR` on Vertex AI, an
option of the trainer's own in both.

Only said where all options of the trainer are known, none of them looks like a place, and the
environment is not read. Where the place is on the worker's own disk, `output-only-local` speaks.
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse
import pickle

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
args = parser.parse_args()
with open("/gcs/my-bucket/result.pkl", "wb") as result:
    pickle.dump(list(range(args.num_epochs)), result)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import argparse
import os
import pickle

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
parser.add_argument("--output-dir", default=os.environ.get("AIP_MODEL_DIR", "."))
args = parser.parse_args()
with open(args.output_dir.replace("gs://", "/gcs/") + "/result.pkl", "wb") as result:
    pickle.dump(list(range(args.num_epochs)), result)
)",
    .check = check,
};

}  // namespace trainlint
