#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

namespace {

using Node = Syntax::Node;

// Readers of tf.data that begin anew at the end of the files unless num_epochs says otherwise.
bool reads_on(const Module& module, const Call& call, std::string_view method) {
  if (method != "make_csv_dataset" && method != "make_batched_features_dataset") return false;
  for (uint32_t i = 0; i < call.argument_count; ++i)
    if (module.arguments[call.first_argument + i].keyword.starts_with("*")) return false;
  const Node epochs = keyword_argument(module, call, "num_epochs");
  constexpr size_t before_epochs = 6;
  if (epochs == Syntax::none) return positional_arguments(module, call).size() <= before_epochs;
  return module.syntax.kind(epochs) == sym_none;
}

bool repeats(const Module& module, const Call& call, std::string_view method) {
  if (method != "repeat") return false;
  if (call.argument_count == 0) return true;
  std::string_view count = module.syntax.text(module.arguments[call.first_argument].value);
  return call.argument_count == 1 && (count == "None" || count == "-1");
}

// The call in a function that makes every dataset of it endless.
std::optional<Place> endless_part(const DefinedFunction& function) {
  const Module& module = *function.module;
  std::string_view text = module.syntax.text(function.node);
  if (text.find("zip") != text.npos || text.find(".take(") != text.npos) return std::nullopt;
  for (const Call& call : module.calls) {
    if (call.node < function.node || call.node >= module.syntax[function.node].next) continue;
    const std::string_view method = method_of(module, call);
    if (!repeats(module, call, method) && !reads_on(module, call, method)) continue;
    if (may_be_skipped(module.syntax, call.node, function.node)) continue;
    const Node list = module.syntax.field(call.node, field_arguments);
    const Node named = module.syntax.field(call.node, field_function);
    const uint32_t begin = module.syntax[named].end - static_cast<uint32_t>(method.size());
    return Place{module.path, Span{begin, module.syntax[list].end}};
  }
  return std::nullopt;
}

// The package's function that an expression calls, or names.
std::optional<DefinedFunction> function_of(const Package& package, const Module& module,
                                           Node expression, bool called) {
  const Syntax& syntax = module.syntax;
  if (expression == Syntax::none) return std::nullopt;
  if (syntax.kind(expression) == sym_lambda && !called)
    return function_of(package, module, syntax.field(expression, field_body), true);
  Node name = expression;
  if (syntax.kind(expression) == sym_call)
    name = syntax.field(expression, field_function);
  else if (called)
    return std::nullopt;
  std::string_view text = syntax.text(name);
  if (text.find('(') != text.npos) return std::nullopt;  // a method of a result
  return only_function(package, last_of(text));
}

void check_spec(const Package& package, const Module& module, const Call& call, Report& report) {
  std::vector<Node> given = positional_arguments(module, call);
  Node input = keyword_argument(module, call, "input_fn");
  Node steps = keyword_argument(module, call, "steps");
  if (input == Syntax::none && !given.empty()) input = given[0];
  if (steps == Syntax::none && given.size() > 1) steps = given[1];
  if (steps == Syntax::none || module.syntax.kind(steps) != sym_none) return;
  std::optional<DefinedFunction> function = function_of(package, module, input, false);
  std::optional<Place> endless = function ? endless_part(*function) : std::nullopt;
  if (!endless) return;
  report({module.path, module.syntax.span(steps)},
         "the evaluation never ends: steps=None goes on until the data is at its end, and it has "
         "none")
      .note("the data begins anew here", endless);
}

void check_fit(const Package& package, const Module& module, const Call& call, Report& report) {
  for (uint32_t i = 0; i < call.argument_count; ++i)
    if (module.arguments[call.first_argument + i].keyword == "**") return;
  Node data = keyword_argument(module, call, "validation_data");
  if (data == Syntax::none || keyword_argument(module, call, "validation_steps") != Syntax::none)
    return;
  const Span span = module.syntax.span(data);
  bool bound = false;
  if (module.syntax.kind(data) == sym_identifier)
    data = only_value(module.syntax, function_around(module.syntax, data), module.syntax.text(data),
                      bound);
  std::optional<DefinedFunction> function = function_of(package, module, data, true);
  std::optional<Place> endless = function ? endless_part(*function) : std::nullopt;
  if (!endless) return;
  report({module.path, span},
         "the validation never ends: there is no validation_steps, and the data has no end")
      .note("the data begins anew here", endless)
      .note("newer versions of Keras refuse it with an error");
}

void check(const Package& package, Report& report) {
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      const std::string_view last = last_of(call.callee);
      if (last == "EvalSpec") check_spec(package, module, call, report);
      if (last == "fit") check_fit(package, module, call, report);
    }
  }
}

}  // namespace

extern constinit const Rule infinite_eval = {
    .name = "infinite-eval",
    .severity = Severity::warning,
    .summary = "the data to evaluate on has no end, and no number of steps is given",
    .explanation = R"(
`EvalSpec(..., steps=None)` and `fit(validation_data=...)` without `validation_steps` evaluate to the
end of the data. A dataset with a plain `.repeat()` has none, nor has one of `make_csv_dataset()`
without `num_epochs=1`: the job hangs in its first evaluation and goes on costing. Newer versions of
Keras raise an error instead.

Only said where the function that reads the data repeats it whatever it is called with.

Source: [make_csv_dataset](https://www.tensorflow.org/api_docs/python/tf/data/experimental/make_csv_dataset).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

def read(pattern):
    return tf.data.TextLineDataset(pattern).batch(32).repeat()

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(read("train.csv"), steps_per_epoch=100, validation_data=read("eval.csv"))
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

def read(pattern, training):
    rows = tf.data.TextLineDataset(pattern).batch(32)
    return rows.repeat() if training else rows

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(read("train.csv", True), steps_per_epoch=100, validation_data=read("eval.csv", False))
)",
    .check = check,
};

}  // namespace trainlint
