#include <algorithm>
#include <array>

#include "lint/rule/gcloud_fault.h"
#include "lint/rule/import_failure.h"
#include "rules/facts/machines.h"

namespace trainlint {

namespace {

constexpr auto multi_regions = std::to_array<std::string_view>({"us", "eu", "asia"});

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

// "us-central1-a"
bool is_zone(std::string_view name) {
  return name.size() > 3 && is_letter(name.back()) && name[name.size() - 2] == '-' &&
         name[name.size() - 3] >= '0' && name[name.size() - 3] <= '9';
}

bool is_known(std::string_view name) {
  const auto& known = facts::machines::vertex_regions;
  return std::find(known.begin(), known.end(), name) != known.end();
}

bool is_multi_region(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return std::find(multi_regions.begin(), multi_regions.end(), text) != multi_regions.end();
}

void check_region(const ScriptCommand& script, const CommandWord& region, Report& report) {
  const Place place{script.path, region.span};
  const bool vertex = script.command.kind != GcloudKind::submit_training;
  if (is_multi_region(region.text)) {
    report(place, "'{}' is where a bucket may be; a job needs a single region", region.text)
        .note("such as us-central1");
  } else if (is_zone(region.text)) {
    report(place, "'{}' is a zone: a job needs a region", region.text)
        .note(fmt::format("'{}' is the region", region.text.substr(0, region.text.size() - 2)));
  } else if (vertex && !is_known(region.text)) {
    Report::Added added =
        report(place, "'{}' is no region of Vertex AI custom training", region.text);
    const auto& known = facts::machines::vertex_regions;
    if (auto nearest = nearest_name(region.text, {known.begin(), known.end()}))
      added.note(fmt::format("did you mean '{}'?", *nearest));
    added.severity(Severity::warning);  // there may be a new one
  }
}

void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    const GcloudKind kind = script.command.kind;
    if (kind == GcloudKind::local_train || kind == GcloudKind::local_run) continue;
    const CommandWord* region = script.command.value_of("--region");
    if (region == nullptr || !region->known() || region->text.empty() || is_prose(script.path))
      continue;
    check_region(script, *region, report);
  }
}

}  // namespace

extern constinit const Rule region_problem = {
    .name = "region-problem",
    .severity = Severity::error,
    .summary = "a command asks for a region that is none",
    .explanation = R"(
A job runs in a region such as us-central1. A zone of it (us-central1-a) is none, and neither is a
multi-region (us, eu), which only buckets have. `gcloud ai` refuses what is not on its list;
`gcloud ai-platform` sends anything, and the service refuses the job.

A name that the list of regions (Google Cloud SDK 578) does not have is a warning: there may be new ones.
)",
    .bad = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1-a --staging-bucket gs://my-bucket \
  --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- submit.sh --
gcloud ai-platform jobs submit training job1 --region us-central1 --staging-bucket gs://my-bucket \
  --module-name trainer.task --package-path trainer
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
