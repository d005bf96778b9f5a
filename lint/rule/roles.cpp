#include "lint/rule/roles.h"

#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/surroundings.h"
#include "lint/text/line_map.h"

namespace trainlint {

namespace {

struct Sign {
  Duty duty;
  std::string_view callee;  // the whole dotted name, or its end where it begins with a dot
};

// What TensorFlow (estimators, Keras 2 and 3), PyTorch, Lightning, scikit-learn, XGBoost, JAX with
// Flax and transformers are called for.
constexpr Sign signs[] = {
    {Duty::command_line, ".parse_args"},
    {Duty::command_line, ".parse_known_args"},
    {Duty::command_line, "fire.Fire"},
    {Duty::command_line, "docopt"},
    {Duty::command_line, ".DEFINE_string"},
    {Duty::command_line, ".DEFINE_integer"},
    {Duty::command_line, "click.option"},
    {Duty::command_line, "typer.run"},
    {Duty::data_input, ".TFRecordDataset"},
    {Duty::data_input, ".TextLineDataset"},
    {Duty::data_input, ".make_csv_dataset"},
    {Duty::data_input, ".from_tensor_slices"},
    {Duty::data_input, ".from_generator"},
    {Duty::data_input, ".list_files"},
    {Duty::data_input, "pd.read_csv"},
    {Duty::data_input, "pandas.read_csv"},
    {Duty::data_input, "pd.read_gbq"},
    {Duty::data_input, ".DataLoader"},
    {Duty::data_input, "DataLoader"},
    {Duty::data_input, "load_dataset"},
    {Duty::data_input, "datasets.load_dataset"},
    {Duty::data_input, "tfds.load"},
    {Duty::data_input, ".load_data"},
    {Duty::data_input, ".image_dataset_from_directory"},
    {Duty::data_input, ".flow_from_directory"},
    {Duty::data_input, ".load_iris"},
    {Duty::data_input, "xgb.DMatrix"},
    {Duty::data_input, ".ImageFolder"},
    {Duty::features, ".numeric_column"},
    {Duty::features, ".bucketized_column"},
    {Duty::features, ".crossed_column"},
    {Duty::features, ".embedding_column"},
    {Duty::features, ".categorical_column_with_hash_bucket"},
    {Duty::features, ".Normalization"},
    {Duty::features, ".StringLookup"},
    {Duty::features, ".CategoryEncoding"},
    {Duty::features, "StandardScaler"},
    {Duty::features, "ColumnTransformer"},
    {Duty::features, "OneHotEncoder"},
    {Duty::features, ".get_dummies"},
    {Duty::features, "transforms.Compose"},
    {Duty::features, ".from_pretrained_tokenizer"},
    {Duty::model, ".Sequential"},
    {Duty::model, "Sequential"},
    {Duty::model, "keras.Model"},
    {Duty::model, "tf.keras.Model"},
    {Duty::model, "tf.keras.models.Model"},
    {Duty::model, "Model"},
    {Duty::model, ".DNNClassifier"},
    {Duty::model, ".DNNRegressor"},
    {Duty::model, ".DNNLinearCombinedClassifier"},
    {Duty::model, ".DNNLinearCombinedRegressor"},
    {Duty::model, ".LinearClassifier"},
    {Duty::model, ".LinearRegressor"},
    {Duty::model, "tf.estimator.Estimator"},
    {Duty::model, "tf.estimator.EstimatorSpec"},
    {Duty::model, "RandomForestClassifier"},
    {Duty::model, "RandomForestRegressor"},
    {Duty::model, "LogisticRegression"},
    {Duty::model, "xgb.XGBClassifier"},
    {Duty::model, "xgb.XGBRegressor"},
    {Duty::model, ".AutoModelForSequenceClassification.from_pretrained"},
    {Duty::model, "AutoModelForSequenceClassification.from_pretrained"},
    {Duty::training_loop, ".fit"},
    {Duty::training_loop, ".fit_generator"},
    {Duty::training_loop, ".train_and_evaluate"},
    {Duty::training_loop, "optimizer.step"},
    {Duty::training_loop, "xgb.train"},
    {Duty::training_loop, "trainer.train"},
    {Duty::training_loop, ".apply_gradients"},
    {Duty::training_loop, ".train_on_batch"},
    {Duty::training_loop, "jax.value_and_grad"},
    {Duty::training_loop, "jax.grad"},
    {Duty::training_loop, ".MonitoredTrainingSession"},
    {Duty::evaluation, ".evaluate"},
    {Duty::evaluation, ".EvalSpec"},
    {Duty::evaluation, ".score"},
    {Duty::evaluation, "accuracy_score"},
    {Duty::evaluation, ".accuracy_score"},
    {Duty::evaluation, "model.eval"},
    {Duty::evaluation, "cross_val_score"},
    {Duty::model_export, ".save"},
    {Duty::model_export, ".export_savedmodel"},
    {Duty::model_export, ".export_saved_model"},
    {Duty::model_export, "joblib.dump"},
    {Duty::model_export, "pickle.dump"},
    {Duty::model_export, ".save_model"},
    {Duty::model_export, ".LatestExporter"},
    {Duty::model_export, ".save_pretrained"},
    {Duty::serving_signature, ".ServingInputReceiver"},
    {Duty::serving_signature, ".build_raw_serving_input_receiver_fn"},
    {Duty::serving_signature, ".build_parsing_serving_input_receiver_fn"},
    {Duty::serving_signature, ".predict_signature_def"},
    {Duty::serving_signature, "tf.TensorSpec"},
    {Duty::tuning_report, ".report_hyperparameter_tuning_metric"},
    {Duty::tuning_report, "hypertune.HyperTune"},
    {Duty::checkpoints, ".ModelCheckpoint"},
    {Duty::checkpoints, "ModelCheckpoint"},
    {Duty::checkpoints, ".CheckpointManager"},
    {Duty::checkpoints, "tf.train.Checkpoint"},
    {Duty::checkpoints, ".BackupAndRestore"},
    {Duty::checkpoints, "tf.estimator.RunConfig"},
    {Duty::checkpoints, ".save_checkpoint"},
    {Duty::checkpoints, "checkpoints.restore_checkpoint"},
    {Duty::checkpoints, "ocp.CheckpointManager"},
    {Duty::distribution_strategy, ".MirroredStrategy"},
    {Duty::distribution_strategy, ".MultiWorkerMirroredStrategy"},
    {Duty::distribution_strategy, ".TPUStrategy"},
    {Duty::distribution_strategy, ".ParameterServerStrategy"},
    {Duty::distribution_strategy, ".DistributedDataParallel"},
    {Duty::distribution_strategy, "DistributedDataParallel"},
    {Duty::distribution_strategy, ".init_process_group"},
};

bool matches(std::string_view callee, std::string_view sign) {
  return sign.starts_with('.') ? callee.size() > sign.size() && callee.ends_with(sign)
                               : callee == sign;
}

void add(std::vector<Fulfilled>& found, Duty duty, const Module& module, Syntax::Node node,
         std::string_view what) {
  for (const Fulfilled& other : found)
    if (other.duty == duty && other.place.path == module.path) return;
  found.push_back({duty, {module.path, module.syntax.span(node)}, std::string(what)});
}

// class Net(nn.Module), class Model(tf.keras.Model), ...
void add_classes(std::vector<Fulfilled>& found, const Module& module) {
  constexpr std::string_view bases[] = {
      "nn.Module",         "torch.nn.Module", "keras.Model",
      "tf.keras.Model",    "LightningModule", "pl.LightningModule",
      "L.LightningModule", "linen.Module",    "nnx.Module"};
  const Syntax& syntax = module.syntax;
  for (Syntax::Node node = 0; node < syntax.nodes().size(); ++node) {
    if (syntax.kind(node) != sym_class_definition) continue;
    Syntax::Node list = syntax.field(node, field_superclasses);
    if (list == Syntax::none) continue;
    std::string_view text = syntax.text(list);
    for (std::string_view base : bases)
      if (text == fmt::format("({})", base))
        add(found, Duty::model, module, node,
            fmt::format("class {}", syntax.text(syntax.field(node, field_name))));
  }
}

}  // namespace

std::string_view to_string(Duty duty) {
  constexpr std::string_view names[duty_count] = {
      "command line",         "data input", "features",          "model",         "training loop",
      "evaluation",           "export",     "serving signature", "tuning report", "checkpoints",
      "distribution strategy"};
  return names[static_cast<size_t>(duty)];
}

std::vector<Fulfilled> roles_of(const Package& package) {
  std::vector<Fulfilled> found;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      // A method of a call's result, LinearRegression().fit(): "().fit".
      const std::string chained = call.callee.empty() ? "()." + std::string(method_of(module, call))
                                                      : std::string(call.callee);
      for (const Sign& sign : signs)
        if (matches(chained, sign.callee)) add(found, sign.duty, module, call.node, chained);
    }
    for (const Call& call : module.calls)
      if (last_of(call.callee) == "fit" &&
          (keyword_argument(module, call, "validation_data") != Syntax::none ||
           keyword_argument(module, call, "validation_split") != Syntax::none))
        add(found, Duty::evaluation, module, call.node, call.callee);
    add_classes(found, module);
  }
  std::stable_sort(found.begin(), found.end(), [](const Fulfilled& left, const Fulfilled& right) {
    return left.duty < right.duty;
  });
  return found;
}

std::string dump_roles(const Package& package) {
  std::vector<Fulfilled> found = roles_of(package);
  std::string text;
  for (size_t i = 0; i < duty_count; ++i) {
    auto duty = static_cast<Duty>(i);
    bool any = false;
    for (const Fulfilled& one : found) {
      if (one.duty != duty) continue;
      any = true;
      const Module* module = package.module_at(one.place.path);
      uint32_t line = LineMap(module->text()).position(one.place.span->begin).line;
      text += fmt::format("{:<22}{}:{} {}\n", to_string(duty), one.place.path, line, one.what);
    }
    if (!any) text += fmt::format("{:<22}nowhere found\n", to_string(duty));
  }
  return text;
}

}  // namespace trainlint
