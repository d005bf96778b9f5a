#include <algorithm>
#include <set>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

namespace {

using Node = Syntax::Node;

// "name[...]" on the left of an assignment, or what is deleted: the name's text.
std::string_view stored_into(const Syntax& syntax, Node node) {
  if (syntax.kind(node) != sym_subscript) return {};
  const Node parent = parent_of(syntax, node);
  const bool target = syntax.kind(parent) == sym_delete_statement ||
                      (syntax.kind(parent) == sym_assignment && syntax[node].field == field_left);
  if (!target) return {};
  const Node value = syntax.field(node, field_value);
  return syntax.kind(value) == sym_identifier ? syntax.text(value) : std::string_view();
}

// "name.pop(...)" and the like: the name's text.
std::string_view changed_by_method(const Syntax& syntax, Node node) {
  if (syntax.kind(node) != sym_call) return {};
  const Node function = syntax.field(node, field_function);
  if (function == Syntax::none || syntax.kind(function) != sym_attribute) return {};
  std::string_view method = syntax.text(syntax.field(function, field_attribute));
  if (method != "pop" && method != "update" && method != "setdefault") return {};
  const Node object = syntax.field(function, field_object);
  return syntax.kind(object) == sym_identifier ? syntax.text(object) : std::string_view();
}

bool assigned_anew(const Syntax& syntax, Node node, std::string_view name) {
  return syntax.kind(node) == sym_identifier && syntax[node].field == field_left &&
         syntax.text(node) == name && syntax.kind(parent_of(syntax, node)) == sym_assignment;
}

// Where a function changes the dict that it is given for a parameter.
std::optional<Place> change_of(const DefinedFunction& function, std::string_view parameter) {
  const Syntax& syntax = function.module->syntax;
  for (Node i = function.node + 1; i < syntax[function.node].next; ++i) {
    if (assigned_anew(syntax, i, parameter)) return std::nullopt;
    if (stored_into(syntax, i) == parameter || changed_by_method(syntax, i) == parameter)
      return Place{function.module->path, syntax.span(i)};
  }
  return std::nullopt;
}

// Follows one function up to the end of its ServingInputReceiver(features, placeholders).
class Serving {
 public:
  Serving(const Package& package, const Module& module, std::string_view placeholders)
      : package_(package), module_(module), placeholders_(placeholders), names_{placeholders} {}

  std::optional<Place> change(Node begin, Node end) {
    for (Node i = begin; i < end; ++i)
      if (std::optional<Place> place = change_at(i)) return place;
    return std::nullopt;
  }

 private:
  bool reads_names(Node expression) const {
    const Syntax& syntax = module_.syntax;
    for (Node i = expression; i < syntax[expression].next; ++i)
      if (syntax.kind(i) == sym_identifier && names_.contains(syntax.text(i))) return true;
    return false;
  }

  void assign(Node target) {
    const Syntax& syntax = module_.syntax;
    const Node value = syntax.field(parent_of(syntax, target), field_right);
    const bool alias = value != Syntax::none && syntax.kind(value) == sym_identifier &&
                       names_.contains(syntax.text(value));
    if (alias)
      names_.insert(syntax.text(target));
    else if (syntax.text(target) != placeholders_)
      names_.erase(syntax.text(target));
  }

  std::optional<Place> change_at(Node node) {
    const Syntax& syntax = module_.syntax;
    if (syntax.kind(node) == sym_identifier && syntax[node].field == field_left &&
        syntax.kind(parent_of(syntax, node)) == sym_assignment)
      assign(node);
    if (syntax.kind(node) == sym_call) return change_by_call(node);
    std::string_view stored = stored_into(syntax, node);
    if (stored.empty() || !names_.contains(stored)) return std::nullopt;
    // The dict is being filled, unless what is stored is made of what is there already.
    const Node value = syntax.field(parent_of(syntax, node), field_right);
    if (stored == placeholders_ && (value == Syntax::none || !reads_names(value)))
      return std::nullopt;
    return Place{module_.path, syntax.span(node)};
  }

  std::optional<Place> change_by_call(Node node) const {
    const Syntax& syntax = module_.syntax;
    const Node called = syntax.field(node, field_function);
    const Node list = syntax.field(node, field_arguments);
    if (list == Syntax::none || syntax.kind(list) != sym_argument_list) return std::nullopt;
    std::vector<Node> given = named_children(syntax, list);
    for (size_t i = 0; i < given.size(); ++i) {
      if (syntax.kind(given[i]) != sym_identifier || !names_.contains(syntax.text(given[i])))
        continue;
      std::optional<DefinedFunction> function =
          only_function(package_, last_of(syntax.text(called)));
      if (!function) continue;
      std::vector<std::string_view> parameters = parameters_of(*function);
      if (i < parameters.size())
        if (std::optional<Place> place = change_of(*function, parameters[i])) return place;
    }
    return std::nullopt;
  }

  const Package& package_;
  const Module& module_;
  std::string_view placeholders_;
  std::set<std::string_view> names_;  // that stand for the dict of placeholders
};

void check_receiver(const Package& package, const Module& module, const Call& call,
                    Report& report) {
  std::vector<Node> given = positional_arguments(module, call);
  Node receiver = keyword_argument(module, call, "receiver_tensors");
  if (receiver == Syntax::none && given.size() > 1) receiver = given[1];
  const Node function = function_around(module.syntax, call.node);
  if (receiver == Syntax::none || function == Syntax::none ||
      module.syntax.kind(receiver) != sym_identifier)
    return;
  const std::string_view name = module.syntax.text(receiver);
  bool bound = false;
  if (only_value(module.syntax, function, name, bound) == Syntax::none) return;
  Serving serving(package, module, name);
  std::optional<Place> changed = serving.change(function + 1, module.syntax[call.node].next);
  if (!changed) return;
  report({module.path, module.syntax.span(receiver)},
         "'{}' no longer holds just what a request is to give: the features made of it were put "
         "into the same dict",
         name)
      .note("it is changed here", changed)
      .note(fmt::format("give a copy to what changes it: dict({})", name));
}

void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls)
      if (last_of(call.callee) == "ServingInputReceiver")
        check_receiver(package, module, call, report);
  }
}

}  // namespace

extern constinit const Rule serving_dict_mutated = {
    .name = "serving-dict-mutated",
    .severity = Severity::warning,
    .summary = "the dict of serving placeholders is changed before it becomes the signature",
    .explanation = R"(
`ServingInputReceiver(features, receiver_tensors)` makes the inputs of the exported model from the second
dict. Where feature engineering stores into that same dict, the engineered features become inputs too:
training and export succeed, and each prediction request is refused for a missing input.

Followed are stores in the serving function, through other names for the dict, and in functions of the
package that it is handed to. A copy (`dict(x)`, `x.copy()`) is right.

Source: [ServingInputReceiver](https://www.tensorflow.org/api_docs/python/tf/estimator/export/ServingInputReceiver).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

def engineer(features):
    features["distance"] = features["to"] - features["from"]
    return features

def serving_input_fn():
    inputs = {name: tf.compat.v1.placeholder(tf.float32, [None]) for name in ("from", "to")}
    return tf.estimator.export.ServingInputReceiver(engineer(inputs), inputs)
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

def engineer(features):
    features["distance"] = features["to"] - features["from"]
    return features

def serving_input_fn():
    inputs = {name: tf.compat.v1.placeholder(tf.float32, [None]) for name in ("from", "to")}
    return tf.estimator.export.ServingInputReceiver(engineer(dict(inputs)), inputs)
)",
    .check = check,
};

}  // namespace trainlint
