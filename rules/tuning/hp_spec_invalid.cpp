#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "lint/rule/tuning.h"

namespace trainlint {

namespace {

constexpr size_t most_discrete_values = 1000;

class Checker {
 public:
  Checker(const JobFile& file, Report& report) : file_(file), report_(report) {}

  void check() {
    const JobValue* spec = tuning_spec(file_);
    if (spec == nullptr) {
      if (file_.kind == JobKind::hp_tuning && file_.root.shape == JobShape::mapping)
        refused({file_.path, std::nullopt}, "'studySpec' is missing");
      return;
    }
    check_spec(*spec);
    check_goals(*spec);
    std::set<std::string> names;
    for (const TunedParameter& parameter : all_tuned_parameters(file_)) {
      // The same name may stand below several conditions.
      if (!parameter.conditional && !parameter.name.empty() && !names.insert(parameter.name).second)
        refused(parameter.place, fmt::format("'{}' is tuned twice", parameter.name));
      check_name(parameter);
      check_range(parameter);
      check_list(parameter);
      check_scale(parameter);
      if (grid_ && parameter.type == "DOUBLE")
        refused(parameter.type_place, "GRID_SEARCH cannot try all values of a DOUBLE");
    }
  }

 private:
  bool vertex() const { return file_.kind == JobKind::hp_tuning; }
  void refused(const Place& place, const std::string& why) {
    report_(place, "the service refuses the job: {}", why);
  }

  void check_spec(const JobValue& spec) {
    const std::string* algorithm = job_text(spec.find("algorithm"));
    grid_ = algorithm != nullptr && *algorithm == "GRID_SEARCH";
    if (spec.find(vertex() ? "parameters" : "params") == nullptr)
      refused({file_.path, spec.span},
              fmt::format("'{}' is missing", vertex() ? "parameters" : "params"));
    if (vertex() && spec.find("metrics") == nullptr)
      refused({file_.path, spec.span}, "'metrics' is missing");
  }

  void check_name(const TunedParameter& parameter) {
    const std::string_view key = vertex() ? "parameterId" : "parameterName";
    if (parameter.spec->find(key) == nullptr)
      refused(parameter.place, fmt::format("'{}' is missing", key));
    const bool typed = vertex() ? !parameter.type.empty() : parameter.spec->find("type") != nullptr;
    if (!typed && !parameter.name.empty())
      refused(parameter.place,
              fmt::format("'{}' has no {}", parameter.name, vertex() ? "value spec" : "'type'"));
    if (vertex()) check_value_specs(parameter);
  }

  // One field of several in the API: parameterValueSpec.
  void check_value_specs(const TunedParameter& parameter) {
    const JobEntry* first = nullptr;
    for (const JobEntry& entry : parameter.spec->entries) {
      if (!entry.key.ends_with("ValueSpec") || entry.value.empty()) continue;
      if (first != nullptr)
        return refused(
            {file_.path, entry.key_span},
            fmt::format("'{}' has both {} and {}", parameter.name, first->key, entry.key));
      first = &entry;
    }
  }

  // To reach what is better the smaller it is.
  static bool is_minimized(std::string_view metric) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"loss", "logloss", "error", "rmse", "mse", "mae", "mape", "perplexity"});
    bool found = false;
    for (size_t begin = 0; begin < metric.size();) {
      size_t end = std::min(metric.find_first_of("_-/ .", begin), metric.size());
      const std::string_view word = metric.substr(begin, end - begin);
      if (word.starts_with("neg")) return false;
      found = found || std::find(words.begin(), words.end(), word) != words.end();
      begin = end + 1;
    }
    return found;
  }

  void check_goal(const JobValue& holder, std::string_view metric_key) {
    const JobValue* metric = holder.find(metric_key);
    const std::string* name = job_text(metric);
    if (name == nullptr || holder.find("goal") != nullptr || !is_minimized(*name)) return;
    report_({file_.path, metric->span},
            "'{}' is maximized, since 'goal' is missing: the tuning looks for the worst trial",
            *name)
        .severity(Severity::warning)
        .note("goal: MINIMIZE");
  }

  void check_goals(const JobValue& spec) {
    if (!vertex()) return check_goal(spec, "hyperparameterMetricTag");
    const JobValue* metrics = spec.find("metrics");
    for (const JobValue* metric : metrics ? metrics->each() : std::vector<const JobValue*>())
      check_goal(*metric, "metricId");
  }

  void check_range(const TunedParameter& parameter) {
    if (parameter.values == nullptr) return;
    const JobValue *low = parameter.values->find("minValue"),
                   *high = parameter.values->find("maxValue");
    if (parameter.type == "CATEGORICAL" && !vertex() && (low || high))
      refused({file_.path, (low ? low : high)->span}, "a CATEGORICAL parameter has no range");
    if (parameter.type != "DOUBLE" && parameter.type != "INTEGER") return;
    if (!low || !high)
      return refused(parameter.place,
                     fmt::format("'{}' is missing", low ? "maxValue" : "minValue"));
    std::optional<double> least = job_number(low), most = job_number(high);
    if (least && most && *least > *most)
      refused({file_.path, low->span},
              fmt::format("minValue {} is above maxValue {}", low->text, high->text));
    for (const auto& [value, number] : {std::pair{low, least}, std::pair{high, most}})
      if (parameter.type == "INTEGER" && number && std::floor(*number) != *number)
        refused({file_.path, value->span},
                fmt::format("{} is no integer, and the type is INTEGER", value->text));
  }

  void check_list(const TunedParameter& parameter) {
    if (parameter.type != "CATEGORICAL" && parameter.type != "DISCRETE") return;
    if (parameter.list == nullptr) {
      const std::string key = vertex()                       ? "values"
                              : parameter.type == "DISCRETE" ? "discreteValues"
                                                             : "categoricalValues";
      return refused(parameter.place, fmt::format("'{}' is missing", key));
    }
    if (parameter.type != "DISCRETE") return;
    const std::vector<const JobValue*> values = parameter.list->each();
    if (values.size() > most_discrete_values)
      refused({file_.path, parameter.list->span}, "there are more than 1000 discrete values");
    for (size_t i = 1; i < values.size(); ++i) {
      std::optional<double> before = job_number(values[i - 1]), value = job_number(values[i]);
      if (!before || !value || *before < *value) continue;
      return refused({file_.path, values[i]->span},
                     fmt::format("discrete values increase, and {} follows {}", values[i]->text,
                                 values[i - 1]->text));
    }
  }

  void check_scale(const TunedParameter& parameter) {
    const std::string* scale = job_text(parameter.scale);
    if (scale == nullptr || scale->empty() || *scale == "NONE" || scale->ends_with("UNSPECIFIED"))
      return;
    const Place place{file_.path, parameter.scale->span};
    if (parameter.type == "CATEGORICAL")
      return refused(place, "a CATEGORICAL parameter has no scaleType");
    if (*scale != "UNIT_LOG_SCALE" && *scale != "UNIT_REVERSE_LOG_SCALE") return;
    std::optional<double> least;
    if (parameter.type == "DISCRETE" && parameter.list && !parameter.list->each().empty())
      least = job_number(parameter.list->each().front());
    else if (parameter.values != nullptr)
      least = job_number(parameter.values->find("minValue"));
    if (least && *least <= 0)
      refused(place, fmt::format("{} wants values above 0, and they begin at {}", *scale, *least));
  }

  const JobFile& file_;
  Report& report_;
  bool grid_ = false;
};

void check(const Package& package, Report& report) {
  for (const JobFile& file : package.launch.job_files) Checker(file, report).check();
}

}  // namespace

extern constinit const Rule hp_spec_invalid = {
    .name = "hp-spec-invalid",
    .severity = Severity::error,
    .summary = "the description of what is tuned breaks a rule of the service",
    .explanation = R"(
gcloud sends the study as it stands; the service answers INVALID_ARGUMENT. DOUBLE and INTEGER want a
`minValue` not above their `maxValue`, INTEGER whole numbers; DISCRETE wants at most 1000 values that
increase; CATEGORICAL takes neither a range nor a `scaleType`; a logarithmic scale wants values above 0;
no name may come twice; a parameter of Vertex AI has one value spec; GRID_SEARCH goes with no DOUBLE.

Where `goal` is missing the metric is maximized. For one that is called a loss or an error that is a
warning.

Source: [HyperparameterSpec](https://cloud.google.com/ai-platform/training/docs/reference/rest/v1/projects.jobs#hyperparameterspec),
[StudySpec](https://cloud.google.com/vertex-ai/docs/reference/rest/v1/StudySpec).
)",
    .bad = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - parameterName: momentum
      type: DOUBLE
      scaleType: UNIT_LOG_SCALE
      minValue: 0.0
      maxValue: 1.0
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- hptuning.yaml --
trainingInput:
  hyperparameters:
    goal: MAXIMIZE
    params:
    - parameterName: momentum
      type: DOUBLE
      scaleType: UNIT_LINEAR_SCALE
      minValue: 0.0
      maxValue: 1.0
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .check = check,
};

}  // namespace trainlint
