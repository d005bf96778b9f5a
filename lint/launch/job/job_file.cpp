#include "lint/launch/job/job_file.h"

#include <algorithm>
#include <array>
#include <utility>

namespace trainlint {

bool JobValue::empty() const {
  return shape == JobShape::nothing || (shape == JobShape::list && items.empty());
}

const JobValue* JobValue::find(std::string_view key) const {
  for (const JobEntry& entry : entries)
    if (entry.key == key) return entry.value.empty() ? nullptr : &entry.value;
  return nullptr;
}

const JobValue* JobValue::find(std::initializer_list<std::string_view> keys) const {
  const JobValue* value = this;
  for (std::string_view key : keys) {
    value = value->find(key);
    if (value == nullptr) break;
  }
  return value;
}

std::vector<const JobValue*> JobValue::each() const {
  if (shape == JobShape::nothing) return {};
  if (shape != JobShape::list) return {this};
  std::vector<const JobValue*> all;
  for (const JobValue& item : items) all.push_back(&item);
  return all;
}

static constexpr auto markers = std::to_array<std::pair<std::string_view, JobKind>>({
    {"trainingInput", JobKind::training},
    {"training_input", JobKind::training},
    {"studySpec", JobKind::hp_tuning},
    {"study_spec", JobKind::hp_tuning},
    {"trialJobSpec", JobKind::hp_tuning},
    {"workerPoolSpecs", JobKind::custom_job},
    {"worker_pool_specs", JobKind::custom_job},
});

std::vector<const JobValue*> worker_pools(const JobFile& file) {
  const JobValue* pools = file.kind == JobKind::hp_tuning
                              ? file.root.find({"trialJobSpec", "workerPoolSpecs"})
                              : file.root.find("workerPoolSpecs");
  return pools ? pools->each() : std::vector<const JobValue*>();
}

std::optional<JobKind> recognise_job(const JobValue& root) {
  if (root.shape != JobShape::mapping) return std::nullopt;
  for (const auto& [marker, kind] : markers)
    for (const JobEntry& entry : root.entries)
      if (entry.key == marker) return kind;
  return std::nullopt;
}

bool mentions_job(std::string_view text) {
  return std::any_of(markers.begin(), markers.end(), [&](const auto& marker) {
    return text.find(marker.first) != std::string_view::npos;
  });
}

std::string_view to_string(JobKind kind) {
  switch (kind) {
    case JobKind::training:
      return "training";
    case JobKind::custom_job:
      return "custom job";
    case JobKind::hp_tuning:
      break;
  }
  return "hyperparameter tuning";
}

}  // namespace trainlint
