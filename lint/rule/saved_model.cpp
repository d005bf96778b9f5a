#include "lint/rule/saved_model.h"

#include <algorithm>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

namespace {

using Node = Syntax::Node;
constexpr int deepest = 6;

// Calls that save a model, and which positional argument is the place.
struct Saver {
  std::string_view callee;
  size_t position;
};
constexpr Saver savers[] = {
    {"model.save", 0},
    {"joblib.dump", 1},
    {"torch.save", 1},
    {"pickle.dump", 1},
    {"tf.saved_model.save", 1},
    {"model.save_model", 0},
    {"model.save_pretrained", 0},
    {"model.save_weights", 0},
    {"self.model.save", 0},
};

// A file object: what the only open() for writing around it opens.
Node opened_file(const Module& module, Node file) {
  const Syntax& syntax = module.syntax;
  const Node function = function_around(syntax, file);
  Node path = Syntax::none;
  for (const Call& call : module.calls) {
    if (call.callee != "open" || function_around(syntax, call.node) != function) continue;
    std::vector<Node> given = positional_arguments(module, call);
    if (given.size() < 2 || syntax.text(given[1]).find('w') == std::string_view::npos) continue;
    if (path != Syntax::none) return Syntax::none;
    path = given[0];
  }
  return path;
}

// The text of a path that is written out, also as a constant or joined of such.
std::optional<std::string> written_path(const Module& module, Node node, int depth = 0) {
  const Syntax& syntax = module.syntax;
  if (node == Syntax::none || depth > deepest) return std::nullopt;
  if (std::optional<std::string> text = string_value(syntax, node)) return text;
  if (syntax.kind(node) == sym_identifier) {
    bool bound = false;
    const Node function = function_around(syntax, node);
    Node value = only_value(syntax, function, syntax.text(node), bound);
    if (!bound && function != Syntax::none)
      value = only_value(syntax, Syntax::none, syntax.text(node), bound);
    return value == Syntax::none || value >= node ? std::nullopt
                                                  : written_path(module, value, depth + 1);
  }
  if (syntax.kind(node) != sym_call) return std::nullopt;
  if (syntax.text(syntax.field(node, field_function)) != "os.path.join") return std::nullopt;
  std::string path;
  for (Node part : named_children(syntax, syntax.field(node, field_arguments))) {
    std::optional<std::string> text = written_path(module, part, depth + 1);
    if (!text) return std::nullopt;
    path += (path.empty() ? "" : "/") + *text;
  }
  return path;
}

bool is_local(const std::string& path) {
  return !path.empty() && path.find("://") == path.npos && !path.starts_with("/gcs") &&
         !path.starts_with("/mnt") && path.find('{') == path.npos;
}

}  // namespace

std::vector<SavedModel> saved_models(const Package& package) {
  std::vector<SavedModel> saved;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls)
      for (const Saver& saver : savers) {
        if (call.callee != saver.callee) continue;
        std::vector<Node> given = positional_arguments(module, call);
        Node path = given.size() > saver.position ? given[saver.position] : Syntax::none;
        if (path != Syntax::none && call.callee == "pickle.dump") path = opened_file(module, path);
        saved.push_back({&module,
                         &call,
                         {module.path, module.syntax.span(call.node)},
                         path,
                         written_path(module, path)});
      }
  }
  return saved;
}

bool stay_on_worker(const Package& package, const std::vector<SavedModel>& saved) {
  const bool all_local = std::all_of(saved.begin(), saved.end(), [](const SavedModel& one) {
    return one.written && is_local(*one.written);
  });
  return all_local && !saved.empty() &&
         !any_mentions(package, {"gs://",      "/gcs",      "gcs",         "storage", "gsutil",
                                 "gfile",      "upload",    "boto",        "fsspec",  "AIP_",
                                 "subprocess", "os.system", "s3",          "wandb",   "mlflow",
                                 "aiplatform", "push_to",   "environ",     "getenv",  "copyfile",
                                 "copytree",   "copy2",     "shutil.move", "hdfs",    "ftp",
                                 "requests",   "estimator", "heckpoint",   "export",  "output",
                                 "model_dir",  "job_dir",   "job-dir",     "save_dir"});
}

std::optional<std::string> written_end(const Module& module, Node expression) {
  const Syntax& syntax = module.syntax;
  if (expression == Syntax::none) return std::nullopt;
  if (std::optional<std::string> text = written_path(module, expression)) return text;
  if (syntax.kind(expression) == sym_identifier) {
    bool bound = false;
    const Node value =
        only_value(syntax, function_around(syntax, expression), syntax.text(expression), bound);
    return value == Syntax::none || value >= expression ? std::nullopt : written_end(module, value);
  }
  if (syntax.kind(expression) == sym_binary_operator &&
      syntax.text(syntax.field(expression, field_operator)) == "+")
    return written_end(module, syntax.field(expression, field_right));
  if (syntax.kind(expression) == sym_call &&
      syntax.text(syntax.field(expression, field_function)) == "os.path.join") {
    std::vector<Node> parts = named_children(syntax, syntax.field(expression, field_arguments));
    return parts.empty() ? std::nullopt : written_end(module, parts.back());
  }
  if (syntax.kind(expression) != sym_string) return std::nullopt;
  std::vector<Node> parts = named_children(syntax, expression);  // an f-string
  if (parts.size() < 2) return std::nullopt;
  const Node last = parts[parts.size() - 2];  // before the closing quote
  if (syntax.kind(last) != sym_string_content) return std::nullopt;
  return std::string(syntax.text(last));
}

}  // namespace trainlint
