#include <algorithm>
#include <array>
#include <set>

#include "lint/rule/command_line.h"
#include "lint/rule/rewrite.h"
#include "lint/rule/tuning.h"

namespace trainlint {

namespace {

// What writes summaries of its own accord, or may: TensorBoard's callback, estimators, summary
// writers, Lightning's and Keras' loggers.
constexpr auto summary_sources = std::to_array<std::string_view>(
    {"summary", "Summary", "TensorBoard", "tensorboard", "stimator", "logger", "Logger", "log_dir",
     "tf_agents", "tensor2tensor", "object_detection", "slim", "experiment"});

struct Tag {
  const JobFile* file = nullptr;
  const std::string* name = nullptr;  // null for AI Platform's default
  Place place;
};

std::vector<Tag> tags_of(const JobFile& file) {
  std::vector<Tag> tags;
  const JobValue* spec = tuning_spec(file);
  if (spec == nullptr) return tags;
  if (file.kind == JobKind::training) {
    const JobValue* tag = spec->find("hyperparameterMetricTag");
    tags.push_back({&file, job_text(tag), {file.path, tag ? tag->span : spec->span}});
    if (tag != nullptr && tags.front().name == nullptr) tags.clear();
    return tags;
  }
  const JobValue* metrics = spec->find("metrics");
  for (const JobValue* metric : metrics ? metrics->each() : std::vector<const JobValue*>()) {
    const JobValue* id = metric->find("metricId");
    if (const std::string* text = job_text(id))
      tags.push_back({&file, text, {file.path, id->span}});
  }
  return tags;
}

// Whether any code that the job may run mentions one of the words. Whatever lies in the tree
// counts: modules may be loaded by ways that cannot be followed.
bool mentions(const Package& package, std::span<const std::string_view> words) {
  return std::any_of(package.modules.begin(), package.modules.end(), [&](const Module& module) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return module.text().find(word) != std::string_view::npos;
    });
  });
}

// The tags of all report_hyperparameter_tuning_metric() calls; nullopt where one is not written
// out.
std::optional<std::vector<std::string>> reported_tags(const Package& package) {
  std::vector<std::string> tags;
  for (const Module& module : package.modules)
    for (const Call& call : module.calls) {
      const Syntax::Node function = module.syntax.field(call.node, field_function);
      if (function == Syntax::none ||
          !module.syntax.text(function).ends_with("report_hyperparameter_tuning_metric"))
        continue;
      std::optional<std::string> tag;
      for (uint32_t i = 0; i < call.argument_count; ++i) {
        const Argument& argument = module.arguments[call.first_argument + i];
        if (argument.keyword == "hyperparameter_metric_tag" || (argument.keyword.empty() && i == 0))
          tag = string_value(module.syntax, argument.value);
      }
      if (!tag) return std::nullopt;
      tags.push_back(*tag);
    }
  return tags;
}

bool reads_summaries(const JobFile& file) {
  return file.kind == JobKind::training;
}

void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files) {
    const std::vector<Tag> tags = tags_of(file);
    if (tags.empty() || !file.alone || package.graph.entry == no_module) continue;
    if (reads_summaries(file) && mentions(package, summary_sources)) continue;
    static constexpr auto hypertune = std::to_array<std::string_view>({"hypertune"});
    const bool reports = mentions(package, hypertune);
    std::optional<std::vector<std::string>> reported = reported_tags(package);
    if (!reported || (reports && reported->empty())) continue;
    for (const Tag& tag : tags) {
      const std::string name = tag.name ? *tag.name : "training/hptuning/metric";
      if (std::find(reported->begin(), reported->end(), name) != reported->end()) continue;
      if (!reports) {
        report(tag.place, "nothing in the package reports the metric '{}'", name)
            .note(
                "hypertune.HyperTune().report_hyperparameter_tuning_metric() does, from the "
                "distribution cloudml-hypertune");
        continue;
      }
      Report::Added added = report(tag.place, "the package reports '{}', never '{}'",
                                   fmt::join(*reported, "', '"), name);
      const bool only = std::set(reported->begin(), reported->end()).size() == 1;
      if (!tag.name || !only || tags.size() > 1) continue;
      if (auto fix = correct_word(package, tag.place, name, reported->front()))
        added.fix(std::move(*fix));
    }
  }
}

}  // namespace

extern constinit const Rule hp_metric_tag_not_reported = {
    .name = "hp-metric-tag-not-reported",
    .severity = Severity::warning,
    .summary = "a job is tuned for a metric that the trainer does not report",
    .explanation = R"(
The study compares trials by one metric. A trial that never reports it "succeeds" without an objective
value, and the study has nothing to choose by. Vertex AI takes what the package cloudml-hypertune
reports. AI Platform also takes TensorFlow summaries with the tag as their name; without
`hyperparameterMetricTag` the tag is `training/hptuning/metric`.

Found where nothing in the package reports anything, and where all reported tags are written out and
the wanted one is not among them. Keras' TensorBoard callback, estimators and loggers write summaries
under names of their own: where one is used, nothing is said for AI Platform.

Source: [cloudml-hypertune](https://github.com/GoogleCloudPlatform/cloudml-hypertune).
)",
    .bad = R"(
-- hptuning.yaml --
studySpec:
  metrics:
  - {metricId: accuracy, goal: MAXIMIZE}
  parameters:
  - {parameterId: units, integerValueSpec: {minValue: 8, maxValue: 64}}
trialJobSpec:
  workerPoolSpecs:
  - machineSpec: {machineType: n1-standard-4}
    replicaCount: 1
    containerSpec: {imageUri: us-docker.pkg.dev/my-project/images/trainer}
-- trainer/__init__.py --
-- trainer/task.py --
import hypertune

hypertune.HyperTune().report_hyperparameter_tuning_metric(
    hyperparameter_metric_tag="acc", metric_value=0.9)
)",
    .good = R"(
-- hptuning.yaml --
studySpec:
  metrics:
  - {metricId: accuracy, goal: MAXIMIZE}
  parameters:
  - {parameterId: units, integerValueSpec: {minValue: 8, maxValue: 64}}
trialJobSpec:
  workerPoolSpecs:
  - machineSpec: {machineType: n1-standard-4}
    replicaCount: 1
    containerSpec: {imageUri: us-docker.pkg.dev/my-project/images/trainer}
-- trainer/__init__.py --
-- trainer/task.py --
import hypertune

hypertune.HyperTune().report_hyperparameter_tuning_metric(
    hyperparameter_metric_tag="accuracy", metric_value=0.9)
)",
    .check = check,
};

}  // namespace trainlint
