#include <algorithm>
#include <array>

#include "lint/rule/command_line.h"
#include "lint/rule/tuning.h"

namespace trainlint {

namespace {

// How code can tell its trial from the others.
constexpr auto trial_words = std::to_array<std::string_view>(
    {"job_dir", "job-dir", "AIP_", "trial", "TF_CONFIG", "CLOUD_ML", "uuid", "datetime", "time."});

constexpr auto output_options = std::to_array<std::string_view>(
    {"--output-dir", "--output_dir", "--outdir", "--model-dir", "--model_dir", "--checkpoint-dir",
     "--checkpoint_dir", "--export-dir", "--export_dir", "--save-dir", "--save_dir",
     "--output-path", "--output_path", "--model-path", "--model_path"});

bool may_know_its_trial(const Package& package) {
  return std::any_of(package.modules.begin(), package.modules.end(), [](const Module& module) {
    return std::any_of(trial_words.begin(), trial_words.end(), [&](std::string_view word) {
      return module.text().find(word) != std::string_view::npos;
    });
  });
}

// "--output-dir gs://b/x" or "--output-dir=gs://b/x" among the words: the index of what names it.
std::optional<size_t> fixed_output(const std::vector<std::string>& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::string_view flag = std::string_view(word).substr(0, word.find('='));
    if (std::find(output_options.begin(), output_options.end(), flag) == output_options.end())
      continue;
    const std::string value = flag.size() < word.size() ? word.substr(flag.size() + 1)
                              : i + 1 < words.size()    ? words[i + 1]
                                                        : std::string();
    if (value.starts_with("gs://")) return i;
  }
  return std::nullopt;
}

void report_fixed(const Place& place, std::string_view option, Report& report) {
  report(place, "every trial writes to the same place: {} is the same for all of them",
         option.substr(0, option.find('=')))
      .note("append the trial's number, or write to --job-dir or AIP_MODEL_DIR, which differ");
}

void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files) {
    if (tuned_parameters(file).empty() || !file.alone || package.graph.entry == no_module ||
        may_know_its_trial(package))
      continue;
    const JobArguments arguments = arguments_of(package, file);
    if (std::optional<size_t> at = fixed_output(arguments.args))
      report_fixed(arguments.places[*at], arguments.args[*at], report);
    for (const ScriptCommand& script : package.launch.commands) {
      const CommandWord* config = script.command.value_of("--config");
      if (config == nullptr || !config->known() || !file.path.ends_with(config->text)) continue;
      std::vector<std::string> words;
      for (const CommandWord& word : script.command.user_arguments) words.push_back(word.text);
      std::optional<size_t> at = fixed_output(words);
      if (at)
        report_fixed({script.path, script.command.user_arguments[*at].span}, words[*at], report);
    }
  }
}

}  // namespace

extern constinit const Rule hp_output_not_per_trial = {
    .name = "hp-output-not-per-trial",
    .severity = Severity::warning,
    .summary = "all trials of a tuned job write to one place",
    .explanation = R"(
Trials run at the same time and one after another, with the same arguments but for what is tuned. Where
they all write to one folder they overwrite each other's models, or go on from each other's checkpoints.

The service appends the trial's number to `--job-dir` and to `AIP_MODEL_DIR`, `AIP_CHECKPOINT_DIR` and
`AIP_TENSORBOARD_LOG_DIR`, and tells it in `CLOUD_ML_TRIAL_ID` and `TF_CONFIG`. Found where the code
looks at none of them and an option for its output is given one fixed place.
)",
    .bad = R"(
-- hptuning.yaml --
trainingInput:
  args: [--output-dir, "gs://my-bucket/out"]
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: units, type: INTEGER, minValue: 8, maxValue: 64}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--output-dir")
parser.add_argument("--units", type=int, default=8)
print(parser.parse_args())
)",
    .good = R"(
-- hptuning.yaml --
trainingInput:
  args: [--output-dir, "gs://my-bucket/out"]
  hyperparameters:
    goal: MAXIMIZE
    params:
    - {parameterName: units, type: INTEGER, minValue: 8, maxValue: 64}
-- trainer/__init__.py --
-- trainer/task.py --
import argparse
import os

parser = argparse.ArgumentParser()
parser.add_argument("--output-dir")
parser.add_argument("--units", type=int, default=8)
args = parser.parse_args()
print(os.path.join(args.output_dir, os.environ["CLOUD_ML_TRIAL_ID"]))
)",
    .check = check,
};

}  // namespace trainlint
