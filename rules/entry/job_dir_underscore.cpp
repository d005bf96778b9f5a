#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/job_dir.h"

namespace trainlint {

static bool takes_dashes(const ArgumentParser& parser) {
  return std::any_of(parser.flags.begin(), parser.flags.end(),
                     [](const auto& flag) { return flag.first.starts_with("--job-dir"); });
}

// The other spelling beside the first: the value keeps its name.
static std::optional<Fix> add_spelling(const Package& package, const Option& option) {
  const Module* module = package.module_at(option.place.path);
  if (module == nullptr || !option.place.span) return std::nullopt;
  const Syntax& syntax = module->syntax;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
    const Span span = syntax.span(node);
    if (syntax.kind(node) != sym_string || span.begin < option.place.span->begin ||
        span.end > option.place.span->end || string_value(syntax, node) != "--job_dir")
      continue;
    const char quote = syntax.text(node).back();
    return Fix{"take --job-dir as well",
               false,
               {{module->path, {span.end, span.end}, fmt::format(", {0}--job-dir{0}", quote)}}};
  }
  return std::nullopt;
}

static void check(const Package& package, Report& report) {
  const Parse* parse = closed_parse(package);
  if (parse == nullptr || takes_dashes(*parse->parser)) return;
  const Option* option = parse->parser->find("--job_dir");
  if (option == nullptr) return;
  std::optional<Place> passed = job_dir_passed(package);
  if (!passed) return;
  bool strict = parse->kind == ParseKind::strict;
  Report::Added added =
      report(first_line(package, option->place),
             "the service passes '--job-dir', with a dash, which is another option: {}",
             strict ? "the trainer ends with \"unrecognized arguments: --job-dir\""
                    : "parse_known_args() drops it and this one keeps its default");
  added.severity(strict ? Severity::error : Severity::warning)
      .note("--job-dir is given here", passed)
      .note("write \"--job-dir\"; the value is args.job_dir all the same");
  if (std::optional<Fix> fix = add_spelling(package, *option)) {
    fix->safe = strict;  // else the job runs, and would write elsewhere
    added.fix(std::move(*fix));
  }
}

extern constinit const Rule job_dir_underscore = {
    .name = "job-dir-underscore",
    .severity = Severity::error,
    .summary = "the parser takes --job_dir where the service passes --job-dir",
    .explanation = R"(
`gcloud ai-platform jobs submit training ... --job-dir gs://...` makes the service append
`--job-dir gs://...` to the trainer's own arguments, always with a dash. argparse does not take
`--job_dir` for the same: the trainer ends with `unrecognized arguments`, or, with
`parse_known_args()`, goes on with the default and writes its model where nobody looks for it (a
warning then).

Only said where a script or README beside the package gives `--job-dir` for this entry module.

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
parser.add_argument("--job_dir", default="output")
print(parser.parse_args().job_dir)
)",
    .good = R"(
-- submit.sh --
gcloud ai-platform jobs submit training fares_1 --region us-central1 \
  --package-path trainer --module-name trainer.task --job-dir gs://fares/1
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--job-dir", default="output")
print(parser.parse_args().job_dir)
)",
    .check = check,
};

}  // namespace trainlint
