#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/job_dir.h"
#include "lint/rule/repair.h"

namespace trainlint {

static bool takes_job_dir(const ArgumentParser& parser) {
  return std::any_of(parser.flags.begin(), parser.flags.end(), [&](const auto& flag) {
    return flag.first == "--job-dir" || flag.first == "--job_dir" ||
           (parser.abbreviations && flag.first.starts_with("--job-dir"));
  });
}

// Is a word that is no option an error, whatever else there is?
static bool refuses_options(const ArgumentParser& parser) {
  switch (parser.library) {
    case ArgumentLibrary::argparse:
    case ArgumentLibrary::absl:
      return true;
    case ArgumentLibrary::click: {
      auto is_command = [](const auto& option) { return option->action == ActionKind::commands; };
      return !parser.ignores_unknown &&
             std::none_of(parser.options.begin(), parser.options.end(), is_command);
    }
    case ArgumentLibrary::fire:
      return !parser.ignores_unknown && parser.doubt.empty();
    case ArgumentLibrary::tf_flags:
    case ArgumentLibrary::typer:
    case ArgumentLibrary::docopt:
    case ArgumentLibrary::argv:
      break;
  }
  return false;
}

// The option, added where the parser has all others. Not safe: what reads the namespace as a whole
// gets one value more.
static std::optional<Fix> add_option(const Package& package, const Parse& parse) {
  const Module* module = package.module_at(parse.place.path);
  if (module == nullptr || !parse.place.span) return std::nullopt;
  for (const Call& call : module->calls) {
    const size_t dot = call.callee.rfind('.');
    if (module->syntax.span(call.node) != *parse.place.span || dot == std::string_view::npos ||
        call.callee.substr(dot) != ".parse_args")
      continue;
    std::optional<Edit> edit =
        insert_statement(*module, call.node,
                         fmt::format("{}.add_argument(\"--job-dir\")", call.callee.substr(0, dot)));
    if (edit) return Fix{"add the option --job-dir", false, {std::move(*edit)}};
  }
  return std::nullopt;
}

static void check(const Package& package, Report& report) {
  if (package.launch.route != Route::gcloud_sdist && package.launch.route != Route::archive) return;
  const Parse* parse = closed_reader(package);
  if (parse == nullptr || !refuses_options(*parse->parser) || parse->kind != ParseKind::strict ||
      takes_job_dir(*parse->parser))
    return;
  std::optional<Place> passed = job_dir_passed(package);
  if (!passed) return;
  Report::Added added =
      report(first_line(package, parse->place),
             "the service passes --job-dir on, which this parser refuses: the trainer ends with "
             "\"{}\"",
             unknown_option_message(*parse->parser, "--job-dir"));
  const bool argparse = parse->parser->library == ArgumentLibrary::argparse;
  added.note("--job-dir is given here", passed)
      .note(argparse ? "add the option, or read the rest with parse_known_args()"
                     : "add the option");
  if (std::optional<Fix> fix = add_option(package, *parse)) added.fix(std::move(*fix));
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
