#include <algorithm>
#include <array>

#include "lint/launch/shell.h"
#include "lint/rule/gcloud_fault.h"
#include "lint/rule/import_failure.h"
#include "lint/source/cells.h"
#include "lint/text/path.h"
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

std::string in_lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

bool is_multi_region(const std::string& name) {
  const std::string text = in_lower_case(name);
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

struct Bucket {
  std::string name;  // as written, perhaps with a variable
  std::string location;
  std::optional<Place> place;  // of the location
};

// "gs://name/folder" without the folder.
std::string bucket_of(std::string_view url) {
  constexpr std::string_view scheme = "gs://";
  if (!url.starts_with(scheme)) return {};
  return std::string(url.substr(scheme.size(), url.substr(scheme.size()).find('/')));
}

// The value of the first of these flags, behind "=" or as the next word.
std::optional<CommandWord> flag_value(const std::vector<CommandWord>& words,
                                      std::initializer_list<std::string_view> flags) {
  for (size_t i = 0; i < words.size(); ++i)
    for (std::string_view flag : flags) {
      if (words[i].text == flag && i + 1 < words.size() && words[i + 1].known())
        return words[i + 1];
      if (words[i].known() && words[i].text.starts_with(std::string(flag) + "="))
        return CommandWord{.text = words[i].text.substr(flag.size() + 1), .span = words[i].span};
    }
  return std::nullopt;
}

bool has_word(const std::vector<CommandWord>& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(),
                     [&](const CommandWord& word) { return word.text == text; });
}

// The buckets that a script makes in a place that it names: `gsutil mb -l`, `gcloud storage buckets
// create --location`.
std::vector<Bucket> made_buckets(const Package& package, const std::string& path) {
  std::vector<Bucket> made;
  Result<Bytes> bytes = read_around(*package.tree, path);
  if (!bytes) return made;
  const std::string text = shell_text(file_name(path), **bytes);
  for (std::string_view program : {"gsutil", "gcloud"})
    for (const std::vector<CommandWord>& words : shell_commands(text, program)) {
      const bool makes = program == "gsutil"
                             ? has_word(words, "mb")
                             : has_word(words, "buckets") && has_word(words, "create");
      std::optional<CommandWord> location = flag_value(words, {"-l", "--location"});
      if (!makes || !location) continue;
      for (const CommandWord& word : words)
        if (std::string name = bucket_of(word.text); !name.empty())
          made.push_back({std::move(name), location->text, Place{path, location->span}});
    }
  return made;
}

void check_bucket(const Bucket& bucket, const CommandWord& region, const CommandWord& used,
                  const ScriptCommand& script, Report& report) {
  const std::string location = in_lower_case(bucket.location);
  if (bucket.name != bucket_of(used.text) || location == region.text) return;
  const Place place{script.path, used.span};
  if (is_multi_region(location)) {
    report(place, "the job runs in '{}', and its bucket is a multi-region one", region.text)
        .severity(Severity::advice)
        .note(fmt::format("'{}' is where it is", bucket.location), bucket.place)
        .note("a bucket in the region of the job is nearer and cheaper to read");
  } else if (is_known(location)) {
    report(place, "the job runs in '{}', and its bucket is in '{}'", region.text, bucket.location)
        .severity(Severity::warning)
        .note("the location is given here", bucket.place);
  }
}

void check_buckets(const Package& package, const ScriptCommand& script, const CommandWord& region,
                   Report& report) {
  std::vector<const CommandWord*> used;
  for (std::string_view flag : {"--staging-bucket", "--job-dir"})
    if (const CommandWord* value = script.command.value_of(flag)) used.push_back(value);
  if (used.empty() || !is_known(region.text)) return;
  std::vector<Bucket> buckets = made_buckets(package, script.path);
  for (const BucketLocation& said : package.settings.bucket_locations)
    buckets.push_back({said.bucket.starts_with("gs://") ? bucket_of(said.bucket) : said.bucket,
                       said.location, said.place});
  for (const Bucket& bucket : buckets)
    for (const CommandWord* value : used) check_bucket(bucket, region, *value, script, report);
}

void check(const Package& package, Report& report) {
  for (const ScriptCommand& script : package.launch.commands) {
    const GcloudKind kind = script.command.kind;
    if (kind == GcloudKind::local_train || kind == GcloudKind::local_run) continue;
    const CommandWord* region = script.command.value_of("--region");
    if (region == nullptr || !region->known() || region->text.empty() || is_prose(script.path))
      continue;
    CommandWord name = *region;  // also "projects/fares/locations/us-central1"
    name.text.erase(0, name.text.rfind('/') + 1);
    check_region(script, name, report);
    check_buckets(package, script, name, report);
  }
}

}  // namespace

extern constinit const Rule region_problem = {
    .name = "region-problem",
    .severity = Severity::error,
    .summary = "a command asks for a region that is none, or for another one than its bucket has",
    .explanation = R"(
A job runs in a region such as us-central1. A zone of it (us-central1-a) is none, and neither is a
multi-region (us, eu), which only buckets have. `gcloud ai` refuses what is not on its list;
`gcloud ai-platform` sends anything, and the service refuses the job.

Where the same script makes the bucket of `--staging-bucket` or `--job-dir` and says where (`gsutil mb
-l`, `gcloud storage buckets create --location`), another region than the job's is a warning, and a
multi-region advice: every epoch reads from afar. The same holds for buckets whose place the
configuration tells: `bucket-locations = {my-bucket = "europe-west1"}`.

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
