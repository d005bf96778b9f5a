#include <array>

#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"
#include "lint/rule/library_use.h"
#include "lint/rule/saved_model.h"
#include "lint/rule/surroundings.h"

namespace trainlint {

namespace {

using Node = Syntax::Node;

std::optional<LibraryEvidence> needs_keras3(const Package& package) {
  static constexpr auto tensorflow =
      std::to_array<std::string_view>({"tensorflow", "tensorflow-gpu", "tensorflow-cpu"});
  static constexpr auto keras = std::to_array<std::string_view>({"keras"});
  if (auto evidence = requires_at_least(package, tensorflow, "2.16")) return evidence;
  return requires_at_least(package, keras, "3.0");
}

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> ends) {
  for (std::string_view end : ends)
    if (path.ends_with(end)) return true;
  return false;
}

// What Keras 3 wants at the end of the path; "" where the path has it, or is not known.
std::string_view wanted_end(const Module& module, const Call& call, std::string_view last) {
  std::vector<Node> given = positional_arguments(module, call);
  Node path = keyword_argument(module, call, "filepath");
  if (path == Syntax::none && !given.empty()) path = given[0];
  std::optional<std::string> end = written_end(module, path);
  if (!end || end->empty() || end->find("://") == 0) return "";
  bool weights_only = last == "save_weights";
  if (last == "ModelCheckpoint") {
    const Node only = keyword_argument(module, call, "save_weights_only");
    if (only != Syntax::none && module.syntax.kind(only) != sym_true &&
        module.syntax.kind(only) != sym_false)
      return "";
    weights_only = only != Syntax::none && module.syntax.kind(only) == sym_true;
  }
  if (weights_only)
    return ends_with_any(*end, {".weights.h5", ".weights.json"}) ? "" : ".weights.h5";
  return ends_with_any(*end, {".keras", ".h5", ".hdf5"}) ? "" : ".keras";
}

bool saves_keras_model(const Call& call, std::string_view last) {
  if (last == "ModelCheckpoint") return true;
  if (last != "save" && last != "save_weights") return false;
  return last_of(call.callee.substr(0, call.callee.size() - last.size() - 1)).ends_with("model");
}

void check(const Package& package, Report& report) {
  std::optional<LibraryEvidence> evidence = needs_keras3(package);
  if (!evidence || any_mentions(package, {"tf_keras", "TF_USE_LEGACY_KERAS", "lightning"})) return;
  if (only_function(package, "save") || only_function(package, "save_weights")) return;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module) || module.text().find("keras") == std::string_view::npos)
      continue;
    for (const Call& call : module.calls) {
      const std::string_view last = last_of(call.callee);
      if (call.callee.size() <= last.size() && last != "ModelCheckpoint") continue;
      if (!saves_keras_model(call, last)) continue;
      const std::string_view wanted = wanted_end(module, call, last);
      if (wanted.empty()) continue;
      Report::Added added =
          report(first_line(package, {module.path, module.syntax.span(call.node)}),
                 "this path is refused by Keras 3 with a ValueError: it must end in '{}'", wanted);
      if (!evidence->place.path.empty())
        added.note(fmt::format("'{}' brings Keras 3", evidence->requirement), evidence->place);
      if (last == "save") added.note("model.export() writes a SavedModel, for prediction services");
    }
  }
}

}  // namespace

extern constinit const Rule keras3_save_format = {
    .name = "keras3-save-format",
    .severity = Severity::warning,
    .summary = "a model is saved in a form that Keras 3 no longer writes",
    .explanation = R"(
TensorFlow 2.16 and later come with Keras 3, whose `model.save()` takes `.keras` and `.h5` files only.
`model.save("export")`, which wrote a SavedModel, ends the job after the training with `Invalid
filepath extension for saving`; `model.export("export")` writes one. `ModelCheckpoint` wants `.keras`,
`save_weights()` and `save_weights_only=True` want `.weights.h5`.

Only said where `install_requires` rules out older versions, and the end of the path is written out in
the code; not where the package asks for the older Keras (`tf_keras`, `TF_USE_LEGACY_KERAS`).

Source: [saving in Keras 3](https://keras.io/guides/migrating_to_keras_3/#saving-a-model-in-the-tf-savedmodel-format).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["keras>=3.0"])
-- trainer/__init__.py --
-- trainer/task.py --
import os

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.compile(loss="mse")
model.save(os.path.join(os.environ["AIP_MODEL_DIR"], "export"))
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["keras>=3.0"])
-- trainer/__init__.py --
-- trainer/task.py --
import os

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.compile(loss="mse")
model.save(os.path.join(os.environ["AIP_MODEL_DIR"], "fares.keras"))
)",
    .check = check,
};

}  // namespace trainlint
