#include "lint/rule/command_line.h"
#include "lint/rule/job_dir.h"

namespace trainlint {

// The one option that "--job-dir" is taken for as an abbreviation.
static const Option* abbreviated(const ArgumentParser& parser) {
  if (!parser.abbreviations || parser.find("--job-dir") != nullptr) return nullptr;
  const Option* only = nullptr;
  for (const auto& [flag, option] : parser.flags) {
    if (!flag.starts_with("--job-dir")) continue;
    if (only != nullptr) return nullptr;
    only = option.get();
  }
  return only;
}

static void check(const Package& package, Report& report) {
  const Parse* parse = closed_parse(package);
  if (parse == nullptr) return;
  const Option* option = abbreviated(*parse->parser);
  std::optional<Place> passed = option == nullptr ? std::nullopt : job_dir_passed(package);
  if (!passed) return;
  report(first_line(package, option->place),
         "the service's --job-dir is taken for an abbreviation of '{}' and becomes its value",
         option->flags.front())
      .note("--job-dir is given here", passed)
      .note("add an option \"--job-dir\", or allow_abbrev=False");
}

extern constinit const Rule option_shadows_service = {
    .name = "option-shadows-service",
    .severity = Severity::warning,
    .summary = "--job-dir, which the service passes, is read as another option's abbreviation",
    .explanation = R"(
argparse takes any unambiguous beginning of an option for the option. The service appends
`--job-dir gs://...` to the trainer's arguments; a parser that has no such option but, say,
`--job-directory-name` stores the value there.

Only said where a script or README beside the package gives `--job-dir` for this entry module.

Source: [argparse, abbreviations](https://docs.python.org/3/library/argparse.html#allow-abbrev).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training fares_1 --region us-central1 \
  --package-path trainer --module-name trainer.task --job-dir gs://fares/1
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--job-dir-name", default="run")
print(parser.parse_args().job_dir_name)
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
parser.add_argument("--job-dir-name", default="run")
print(parser.parse_args())
)",
    .check = check,
};

}  // namespace trainlint
