#include "lint/launch/job/sdk_jobs.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "lint/launch/job/program.h"

namespace trainlint {

namespace {

using Node = Syntax::Node;

// A class of hyperparameter_tuning.py, and the field that it becomes.
struct ParameterClass {
  std::string_view name, field;
  bool range;  // (min, max, scale), else (values, scale)
};
constexpr auto parameter_classes = std::to_array<ParameterClass>({
    {"DoubleParameterSpec", "doubleValueSpec", true},
    {"IntegerParameterSpec", "integerValueSpec", true},
    {"CategoricalParameterSpec", "categoricalValueSpec", false},
    {"DiscreteParameterSpec", "discreteValueSpec", false},
});

constexpr auto scales = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"linear", "UNIT_LINEAR_SCALE"},
    {"log", "UNIT_LOG_SCALE"},
    {"reverse_log", "UNIT_REVERSE_LOG_SCALE"},
    {"unspecified", "SCALE_TYPE_UNSPECIFIED"},
});

JobValue mapping_at(Span span) {
  return {.shape = JobShape::mapping, .span = span};
}

JobValue list_of(JobValue item) {
  JobValue list{.shape = JobShape::list, .span = item.span};
  list.items.push_back(std::move(item));
  return list;
}

void add(JobValue& mapping, std::string key, JobValue value) {
  mapping.entries.push_back({std::move(key), value.span, std::move(value)});
}

class Jobs {
 public:
  Jobs(std::string path, const std::string& text, Syntax syntax)
      : path_(std::move(path)), text_(text), program_(std::move(syntax)) {}

  std::vector<JobFile> read() {
    for (Node node = 0; node < program_.syntax().nodes().size(); ++node)
      if (program_.callee(node) == "HyperparameterTuningJob") add_study(node);
    for (Node node = 0; node < program_.syntax().nodes().size(); ++node) {
      const std::string_view name = program_.callee(node);
      if (name == "CustomJob" && tried_.count(node) == 0 && !program_.has_unseen_arguments(node))
        add_job(JobKind::custom_job, custom_job(node));
      else if (name == "run" || name == "submit")
        add_run(node);
      else if (name == "from_local_script" && !program_.has_unseen_arguments(node))
        add_machine(node, node, "container_uri", 2);
    }
    return std::move(jobs_);
  }

 private:
  void add_job(JobKind kind, JobValue root) {
    JobFile job{.path = path_, .kind = kind, .text = text_, .root = std::move(root)};
    job.sdk = true;
    jobs_.push_back(std::move(job));
  }

  // The name of what a method is called on, or what stands in its place.
  Node object_of(Node call) const {
    const Syntax& syntax = program_.syntax();
    const Node function = syntax.field(call, field_function);
    if (function == Syntax::none || syntax.kind(function) != sym_attribute) return Syntax::none;
    const Node object = syntax.field(function, field_object);
    return object == Syntax::none ? Syntax::none : program_.definition(object);
  }

  JobValue custom_job(Node call) const {
    JobValue job = mapping_at(program_.syntax().span(call));
    add(job, "workerPoolSpecs", program_.value(program_.argument(call, "worker_pool_specs", 1)));
    return job;
  }

  // What a call says about its machines; without a machine type there is a default.
  JobValue pool_of(Node call) const {
    JobValue machine = mapping_at(program_.syntax().span(call));
    for (const auto& [name, key] : {std::pair{"machine_type", "machineType"},
                                    {"accelerator_type", "acceleratorType"},
                                    {"accelerator_count", "acceleratorCount"}}) {
      const Node given = program_.argument(call, name, -1);
      if (given != Syntax::none || std::string_view(name) == "machine_type")
        add(machine, key, program_.value(given));
    }
    JobValue pool = mapping_at(machine.span);
    add(pool, "machineSpec", std::move(machine));
    const Node count = program_.argument(call, "replica_count", -1);
    if (count != Syntax::none) add(pool, "replicaCount", program_.value(count));
    return pool;
  }

  void add_pool(JobValue pool) {
    JobValue root = mapping_at(pool.span);
    add(root, "workerPoolSpecs", list_of(std::move(pool)));
    add_job(JobKind::custom_job, std::move(root));
  }

  void add_machine(Node call, Node constructor, std::string_view image, int position) {
    JobValue pool = pool_of(call);
    JobValue container = mapping_at(pool.span);
    add(container, "imageUri", program_.value(program_.argument(constructor, image, position)));
    add(pool, "containerSpec", std::move(container));
    add_pool(std::move(pool));
  }

  void add_run(Node call) {
    const Node constructor = object_of(call);
    if (constructor == Syntax::none || program_.has_unseen_arguments(call) ||
        program_.has_unseen_arguments(constructor))
      return;
    const std::string_view name = program_.callee(constructor);
    if (name == "CustomTrainingJob") return add_machine(call, constructor, "container_uri", 2);
    if (name == "CustomContainerTrainingJob")
      return add_machine(call, constructor, "container_uri", 1);
    if (name != "CustomPythonPackageTrainingJob") return;
    JobValue pool = pool_of(call);
    JobValue package = mapping_at(pool.span);
    add(package, "executorImageUri",
        program_.value(program_.argument(constructor, "container_uri", 3)));
    add(package, "pythonModule",
        program_.value(program_.argument(constructor, "python_module_name", 2)));
    if (const Node args = program_.argument(call, "args", -1); args != Syntax::none)
      add(package, "args", program_.value(args));
    add(pool, "pythonPackageSpec", std::move(package));
    add_pool(std::move(pool));
  }

  // nullopt where it is not wholly seen what is tuned.
  std::optional<JobValue> parameter(const JobEntry& id, Node call) const {
    auto found = std::find_if(parameter_classes.begin(), parameter_classes.end(),
                              [&](const auto& one) { return one.name == program_.callee(call); });
    if (found == parameter_classes.end() || program_.has_unseen_arguments(call) ||
        program_.argument(call, "conditional_parameter_spec", found->range ? 3 : 2) != Syntax::none)
      return std::nullopt;
    JobValue spec = mapping_at(id.key_span);
    spec.entries.push_back(
        {"parameterId", id.key_span,
         JobValue{.shape = JobShape::text, .text = id.key, .span = id.key_span}});
    JobValue values = mapping_at(program_.syntax().span(call));
    if (found->range) {
      add(values, "minValue", program_.value(program_.argument(call, "min", 0)));
      add(values, "maxValue", program_.value(program_.argument(call, "max", 1)));
    } else {
      add(values, "values", program_.value(program_.argument(call, "values", 0)));
    }
    add(spec, std::string(found->field), std::move(values));
    const bool scaled = found->field != "categoricalValueSpec";
    const Node scale =
        scaled ? program_.argument(call, "scale", found->range ? 2 : 1) : Syntax::none;
    if (scale != Syntax::none) {
      JobValue word = program_.value(scale);
      for (const auto& [ours, theirs] : scales)
        if (word.known && word.text == ours) word.text = theirs;
      add(spec, "scaleType", std::move(word));
    }
    return spec;
  }

  std::optional<JobValue> parameters(Node dictionary) const {
    const Syntax& syntax = program_.syntax();
    if (dictionary == Syntax::none || syntax.kind(dictionary) != sym_dictionary)
      return std::nullopt;
    JobValue list{.shape = JobShape::list, .span = syntax.span(dictionary)};
    for (Node pair = syntax.first(dictionary); pair != Syntax::none;
         pair = syntax.sibling(pair, dictionary)) {
      if (!syntax.named(pair) || syntax.kind(pair) == sym_comment) continue;
      if (syntax.kind(pair) != sym_pair) return std::nullopt;
      const Node key = syntax.field(pair, field_key);
      const JobValue name = program_.value(key);
      const Node call = program_.definition(syntax.field(pair, field_value));
      if (!name.known || name.shape != JobShape::text || call == Syntax::none) return std::nullopt;
      std::optional<JobValue> spec = parameter({name.text, syntax.span(key), {}}, call);
      if (!spec) return std::nullopt;
      list.items.push_back(std::move(*spec));
    }
    return list;
  }

  // {"loss": "minimize"}
  JobValue metrics(Node node) const {
    const Syntax& syntax = program_.syntax();
    const Node dictionary = node == Syntax::none ? node : program_.definition(node);
    JobValue list{.shape = JobShape::text, .known = false};
    if (dictionary == Syntax::none || syntax.kind(dictionary) != sym_dictionary) return list;
    list = {.shape = JobShape::list, .span = syntax.span(dictionary)};
    for (Node pair = syntax.first(dictionary); pair != Syntax::none;
         pair = syntax.sibling(pair, dictionary)) {
      if (syntax.kind(pair) != sym_pair) continue;
      JobValue metric = mapping_at(syntax.span(pair));
      add(metric, "metricId", program_.value(syntax.field(pair, field_key)));
      JobValue goal = program_.value(syntax.field(pair, field_value));
      std::transform(goal.text.begin(), goal.text.end(), goal.text.begin(),
                     [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
      add(metric, "goal", std::move(goal));
      list.items.push_back(std::move(metric));
    }
    return list;
  }

  void add_study(Node call) {
    const Node given = program_.argument(call, "custom_job", 1);
    const Node job = given == Syntax::none ? given : program_.definition(given);
    if (job != Syntax::none) tried_.insert(job);
    const Node specs = program_.argument(call, "parameter_spec", 3);
    std::optional<JobValue> tuned =
        specs == Syntax::none ? std::nullopt : parameters(program_.definition(specs));
    if (!tuned || tuned->items.empty() || program_.has_unseen_arguments(call)) return;
    const Span span = program_.syntax().span(call);
    JobValue study = mapping_at(span), root = mapping_at(span);
    add(study, "metrics", metrics(program_.argument(call, "metric_spec", 2)));
    add(study, "parameters", std::move(*tuned));
    add(root, "studySpec", std::move(study));
    const bool seen = job != Syntax::none && program_.callee(job) == "CustomJob" &&
                      !program_.has_unseen_arguments(job);
    add(root, "trialJobSpec",
        seen ? custom_job(job) : JobValue{.shape = JobShape::text, .span = span, .known = false});
    add_job(JobKind::hp_tuning, std::move(root));
  }

  std::string path_;
  const std::string& text_;
  Program program_;
  std::set<Node> tried_;  // jobs that are run by a study alone, with what it tunes
  std::vector<JobFile> jobs_;
};

}  // namespace

std::vector<JobFile> read_sdk_jobs(const std::string& path,
                                   std::shared_ptr<const std::string> text) {
  const std::string& bytes = *text;
  return Jobs(path, bytes, Syntax::parse(text)).read();
}

}  // namespace trainlint
