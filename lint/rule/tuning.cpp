#include "lint/rule/tuning.h"

#include <algorithm>
#include <array>

#include "lint/rule/command_line.h"

namespace trainlint {

const JobValue* tuning_spec(const JobFile& file) {
  if (file.kind == JobKind::training) return file.root.find({"trainingInput", "hyperparameters"});
  return file.kind == JobKind::hp_tuning ? file.root.find("studySpec") : nullptr;
}

static void read_training_type(TunedParameter& parameter) {
  const JobValue* type = parameter.spec->find("type");
  if (const std::string* text = job_text(type)) parameter.type = *text;
  if (type != nullptr) parameter.type_place = {parameter.file->path, type->span};
  parameter.values = parameter.spec;
  if (parameter.type == "CATEGORICAL") parameter.list = parameter.spec->find("categoricalValues");
  if (parameter.type == "DISCRETE") parameter.list = parameter.spec->find("discreteValues");
}

static void read_vertex_type(TunedParameter& parameter) {
  static constexpr auto specs = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"doubleValueSpec", "DOUBLE"},
      {"integerValueSpec", "INTEGER"},
      {"categoricalValueSpec", "CATEGORICAL"},
      {"discreteValueSpec", "DISCRETE"},
  });
  for (const JobEntry& entry : parameter.spec->entries)
    for (const auto& [key, type] : specs) {
      if (entry.key != key || entry.value.empty()) continue;
      parameter.type = type;
      parameter.type_place = {parameter.file->path, entry.key_span};
      parameter.values = &entry.value;
      parameter.list = entry.value.find("values");
    }
}

static TunedParameter read_parameter(const JobFile& file, const JobValue& spec) {
  const bool vertex = file.kind == JobKind::hp_tuning;
  TunedParameter parameter{.file = &file, .place = {file.path, spec.span}, .spec = &spec};
  const JobValue* name = spec.find(vertex ? "parameterId" : "parameterName");
  if (const std::string* text = job_text(name)) parameter.name = *text;
  if (name != nullptr) parameter.place.span = name->span;
  parameter.scale = spec.find("scaleType");
  if (vertex)
    read_vertex_type(parameter);
  else
    read_training_type(parameter);
  return parameter;
}

std::vector<TunedParameter> tuned_parameters(const JobFile& file) {
  std::vector<TunedParameter> parameters;
  const JobValue* spec = tuning_spec(file);
  const JobValue* all =
      spec ? spec->find(file.kind == JobKind::hp_tuning ? "parameters" : "params") : nullptr;
  if (all == nullptr) return parameters;
  for (const JobValue* each : all->each())
    if (each->shape == JobShape::mapping) parameters.push_back(read_parameter(file, *each));
  return parameters;
}

std::vector<TunedParameter> all_tuned_parameters(const JobFile& file) {
  std::vector<TunedParameter> parameters = tuned_parameters(file);
  if (file.kind != JobKind::hp_tuning) return parameters;
  // Each of them may have others in turn: the list grows as it is read.
  for (size_t i = 0; i < parameters.size(); ++i) {
    const JobValue* below = parameters[i].spec->find("conditionalParameterSpecs");
    if (below == nullptr) continue;
    for (const JobValue* each : below->each()) {
      const JobValue* spec = each->find("parameterSpec");
      if (spec == nullptr || spec->shape != JobShape::mapping) continue;
      parameters.push_back(read_parameter(file, *spec));
      parameters.back().conditional = true;
    }
  }
  return parameters;
}

bool is_tuned(const JobFile& file, const std::string& name) {
  const std::vector<TunedParameter> all = all_tuned_parameters(file);
  return std::any_of(all.begin(), all.end(),
                     [&](const TunedParameter& parameter) { return parameter.name == name; });
}

std::optional<TunedOption> option_for(const ArgumentParser& parser, const std::string& name) {
  const std::string flag = "--" + name;
  if (parser.prefixes.find('-') == std::string::npos) return std::nullopt;
  for (const std::shared_ptr<Option>& option : parser.options)
    if (option->action == ActionKind::commands) return std::nullopt;  // it may have options too
  if (const Option* exact = parser.find(flag)) return TunedOption{exact, false};
  std::vector<const Option*> matches;
  for (const auto& [known, option] : parser.flags)
    if (parser.abbreviations && known.starts_with(flag)) matches.push_back(option.get());
  if (matches.size() > 1) return std::nullopt;  // argparse refuses it, in words of its own
  if (matches.size() == 1) return TunedOption{matches.front(), true};
  return TunedOption{};
}

std::vector<MetParameter> met_parameters(const Package& package) {
  std::vector<MetParameter> met;
  for (const JobFile& file : package.launch.job_files) {
    std::vector<TunedParameter> parameters = all_tuned_parameters(file);
    const Parse* parse = parameters.empty() ? nullptr : parser_for(package, file);
    if (parse == nullptr) continue;
    for (TunedParameter& parameter : parameters) {
      if (parameter.name.empty()) continue;
      if (std::optional<TunedOption> taker = option_for(*parse->parser, parameter.name))
        met.push_back({std::move(parameter), parse, *taker});
    }
  }
  return met;
}

// The entry modules that the file itself names: none, or the package's.
static bool names_other_module(const JobFile& file, const std::string& module) {
  std::vector<const JobValue*> named;
  if (const JobValue* training = file.root.find({"trainingInput", "pythonModule"}))
    named.push_back(training);
  for (const JobValue* pool : worker_pools(file))
    if (const JobValue* own = pool->find({"pythonPackageSpec", "pythonModule"}))
      named.push_back(own);
  return std::any_of(named.begin(), named.end(), [&](const JobValue* value) {
    const std::string* text = job_text(value);
    return text == nullptr || *text != module;
  });
}

// A value that the service may choose; "" where none is known.
static std::string sample_value(const TunedParameter& parameter) {
  const JobValue* value = nullptr;
  if (parameter.list != nullptr && !parameter.list->each().empty())
    value = parameter.list->each().front();
  else if (parameter.values != nullptr)
    value = parameter.values->find("minValue");
  const std::string* text = job_text(value);
  if (text == nullptr) return {};
  // DOUBLE and DISCRETE are judged by hp-type-mismatch, which knows how sure it is.
  std::optional<double> number = job_number(value);
  return number && *number == static_cast<double>(static_cast<int64_t>(*number))
             ? std::to_string(static_cast<int64_t>(*number))
             : *text;
}

static const JobValue* args_of(const JobFile& file) {
  if (file.kind == JobKind::training) return file.root.find({"trainingInput", "args"});
  const std::vector<const JobValue*> pools = worker_pools(file);
  // Those of a container go to whatever its image starts.
  return pools.empty() ? nullptr : pools.front()->find({"pythonPackageSpec", "args"});
}

JobArguments arguments_of(const Package& package, const JobFile& file) {
  JobArguments arguments;
  arguments.complete = parser_for(package, file) != nullptr;
  const JobValue* args = args_of(file);
  arguments.has_args = args != nullptr;
  for (const JobValue* value : args ? args->each() : std::vector<const JobValue*>()) {
    const std::string* text = job_text(value);
    arguments.complete = arguments.complete && text != nullptr;
    arguments.args.push_back(text ? *text : "");
    arguments.places.push_back({file.path, value->span});
  }
  for (const TunedParameter& parameter : tuned_parameters(file)) {
    std::string value = sample_value(parameter);
    arguments.complete = arguments.complete && !value.empty() && !parameter.name.empty();
    arguments.tuned.push_back("--" + parameter.name + "=" + value);
  }
  return arguments;
}

std::optional<Judgement> refusal_of(const Package& package, const Parse& parse,
                                    const Option& option, const std::string& word) {
  Judgement judgement = judge(package.arguments(), parse, {word});
  const bool own = judgement.outcome == Outcome::refused && judgement.option == &option &&
                   judgement.refusal != Refusal::missing &&
                   !judgement.message.starts_with("the following arguments");
  if (!own) return std::nullopt;
  return judgement;
}

bool add_tuned_words(const Package& package, const Parse& parse,
                     const std::vector<std::string>& tuned, std::vector<std::string>& words) {
  bool complete = true;
  for (const std::string& word : tuned) {
    auto taker = option_for(*parse.parser, word.substr(2, word.find('=') - 2));
    if (taker && taker->option == nullptr) continue;
    if (taker && !refusal_of(package, parse, *taker->option, word))
      words.push_back(word);
    else
      complete = false;
  }
  return complete;
}

const Parse* parser_for(const Package& package, const JobFile& file) {
  if (!file.alone && file.binding != JobBinding::given) return nullptr;
  if (names_other_module(file, package.launch.module)) return nullptr;
  const Parse* parse = closed_reader(package);
  // What these make of an option is not known without the rest of the line.
  const bool vague =
      parse != nullptr &&
      (parse->parser->library == ArgumentLibrary::docopt ||
       parse->parser->library == ArgumentLibrary::argv || parse->parser->ignores_unknown ||
       (parse->parser->library == ArgumentLibrary::fire && !parse->parser->doubt.empty()));
  return vague ? nullptr : parse;
}

}  // namespace trainlint
