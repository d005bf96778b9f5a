#include <algorithm>
#include <cctype>

#include "lint/rule/gcloud_fault.h"

namespace trainlint {

namespace {

constexpr size_t longest_name = 128;

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Of a name that ends in what only the shell knows, the beginning.
std::string_view known_part(const CommandWord& job) {
  return std::string_view(job.text).substr(0, job.unknown_from);
}

bool is_refused(std::string_view name) {
  if (name.empty()) return false;
  return !is_letter(name[0]) || !std::all_of(name.begin(), name.end(), is_word_character) ||
         name.size() > longest_name;
}

void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    const GcloudCommand& command = script.command;
    if (command.kind != GcloudKind::submit_training || !command.job) continue;
    // What gcloud refuses does not come before the service.
    if (!command.faults.empty() || is_prose(script.path) || !is_refused(known_part(*command.job)))
      continue;
    report({script.path, command.job->span}, "the service refuses the job's name '{}'",
           command.job->text)
        .note("a name begins with a letter and holds letters, digits and '_', at most 128");
  }
}

}  // namespace

extern constinit const Rule job_id_invalid = {
    .name = "job-id-invalid",
    .severity = Severity::error,
    .summary = "a job has a name that the service does not take",
    .explanation = R"(
The name of an AI Platform job begins with a letter and goes on with letters, digits and underscores, 128 at
most. gcloud uploads the package and then gets "Field: job_id Error: A name should start with a letter and
contain only letters, numbers and underscores". Where a part of the name is a variable, what stands before
it is judged. The display names of Vertex AI may hold anything.

Source: [jobs](https://cloud.google.com/ai-platform/training/docs/reference/rest/v1/projects.jobs).
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training taxi-fare-1 --module-name trainer.task --package-path trainer \
  --job-dir gs://fares/out --region us-central1
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- submit.sh --
gcloud ai-platform jobs submit training taxi_fare_1 --module-name trainer.task --package-path trainer \
  --job-dir gs://fares/out --region us-central1
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
