#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/job_dir.h"

namespace trainlint {

static bool takes_job_dir(const ArgumentParser& parser) {
  return std::any_of(parser.flags.begin(), parser.flags.end(), [&](const auto& flag) {
    return flag.first == "--job-dir" || flag.first == "--job_dir" ||
           (parser.abbreviations && flag.first.starts_with("--job-dir"));
  });
}

static void check(const Package& package, Report& report) {
  if (package.launch.route != Route::gcloud_sdist && package.launch.route != Route::archive) return;
  const Parse* parse = closed_parse(package);
  if (parse == nullptr || parse->kind != ParseKind::strict || takes_job_dir(*parse->parser)) return;
  std::optional<Place> passed = job_dir_passed(package);
  if (!passed) return;
  report(first_line(package, parse->place),
         "the service passes --job-dir on, which this parser refuses: the trainer ends with "
         "\"unrecognized arguments: --job-dir\"")
      .note("--job-dir is given here", passed)
      .note("add the option, or read the rest with parse_known_args()");
}

extern constinit const Rule job_dir_not_accepted = {
    .name = "job-dir-not-accepted",
    .severity = Severity::error,
    .summary = "the command gives --job-dir, which the trainer's parser refuses",
    .explanation = R"(
`gcloud ai-platform jobs submit training ... --job-dir gs://...` (or `jobDir` in a job file) is an
option of the service, which appends `--job-dir gs://...` to the trainer's own arguments. A parser
without that option ends the trainer with `unrecognized arguments`, on every replica, after the
machines have been provisioned.

Only said where a script or README beside the package gives `--job-dir` for this entry module, the
parser is read by `parse_args()`, and all of its options have been seen. An option that `--job-dir`
is an abbreviation of takes it too. Vertex AI passes nothing of the kind.

Source: [training job arguments](https://cloud.google.com/ai-platform/training/docs/training-jobs).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training fares_1 --region us-central1 \
  --package-path trainer --module-name trainer.task --job-dir gs://fares/1
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
print(parser.parse_args().num_epochs)
)",
    .good = R"(
-- submit.sh --
gcloud ai-platform jobs submit training fares_1 --region us-central1 \
  --package-path trainer --module-name trainer.task --job-dir gs://fares/1
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--num-epochs", type=int, default=1)
parser.add_argument("--job-dir", default="output")
print(parser.parse_args().num_epochs)
)",
    .check = check,
};

}  // namespace trainlint
