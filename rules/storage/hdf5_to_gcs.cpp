#include "lint/rule/command_line.h"
#include "lint/rule/gcs_flow.h"

namespace trainlint {

static bool saves(std::string_view callee) {
  std::string_view last = last_of(callee);
  return last == "save" || last == "save_weights" || last == "save_model" ||
         last == "ModelCheckpoint";
}

// Does the expression, or the one value of the name that it is, end in a text with this ending?
static bool ends_in_hdf5(const Module& module, Syntax::Node value) {
  std::string_view text = module.syntax.text(value);
  size_t last = text.find_last_not_of("\"')} \n");
  std::string_view end = last == text.npos ? "" : text.substr(0, last + 1);
  bool quoted = last + 1 < text.size();
  return quoted && (end.ends_with(".h5") || end.ends_with(".hdf5"));
}

static void check(const Package& package, Report& report) {
  std::optional<GcsFlow> flow;
  for (const Module& module : package.modules) {
    if (!takes_part(package, module)) continue;
    for (const Call& call : module.calls) {
      if (!saves(call.callee)) continue;
      std::vector<Syntax::Node> given = positional_arguments(module, call);
      Syntax::Node value = keyword_argument(module, call, "filepath");
      for (Syntax::Node one : given)
        if (value == Syntax::none && ends_in_hdf5(module, one)) value = one;
      if (value == Syntax::none || !ends_in_hdf5(module, value)) continue;
      if (!flow) flow.emplace(package);
      std::optional<GcsSource> source = flow->source_of(module, value);
      if (!source) continue;
      report({module.path, module.syntax.span(value)},
             "written through h5py, which knows local files only: \"Unable to create file\" "
             "for a path on Cloud Storage")
          .note(fmt::format("it comes from {}", source->what), source->place)
          .note(
              "save to a local file and copy it with tf.io.gfile.copy(), or leave out the ending "
              "for another format");
    }
  }
}

extern constinit const Rule hdf5_to_gcs = {
    .name = "hdf5-to-gcs",
    .severity = Severity::warning,
    .summary = "an HDF5 file is saved to a path on Cloud Storage",
    .explanation = R"(
`model.save("gs://.../model.h5")`, `save_weights` and `ModelCheckpoint` with the ending `.h5` or
`.hdf5` write through h5py, which opens files of the machine only: `OSError: Unable to create file
(unable to open file: name = 'gs://...')`, at the end of the first epoch or of the whole training.

Write to a local file and copy it in binary mode, or use a format that TensorFlow writes itself: a
SavedModel (no ending, Keras 2) or `.keras`.

Paths are followed as for `local-io-on-gcs-path`.

Source: [saving a model](https://www.tensorflow.org/guide/keras/serialization_and_saving).
)",
    .bad = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import os

from trainer import model

network = model.build()
network.save(os.path.join(os.environ["AIP_MODEL_DIR"], "model.h5"))
-- trainer/model.py --
import tensorflow as tf

def build():
    return tf.keras.Sequential([tf.keras.layers.Dense(1)])
)",
    .good = R"(
-- trainer/__init__.py --
-- trainer/task.py --
import os

from trainer import model

network = model.build()
network.save(os.environ["AIP_MODEL_DIR"])
-- trainer/model.py --
import tensorflow as tf

def build():
    return tf.keras.Sequential([tf.keras.layers.Dense(1)])
)",
    .check = check,
};

}  // namespace trainlint
