#include "lint/rule/library_use.h"

namespace trainlint {

namespace {

// Names of TensorFlow 1 that `import tensorflow` of version 2 does not have. Most live on in
// tensorflow.compat.v1; contrib does not.
constexpr std::string_view compat = "tf.compat.v1 has it";
constexpr RemovedName names[] = {
    {"tensorflow.contrib", "TensorFlow", "2.0", ""},
    {"tensorflow.app", "TensorFlow", "2.0", "absl.app"},
    {"tensorflow.flags", "TensorFlow", "2.0", "absl.flags"},
    {"tensorflow.logging", "TensorFlow", "2.0", "tf.get_logger() or logging"},
    {"tensorflow.gfile", "TensorFlow", "2.0", "tf.io.gfile"},
    {"tensorflow.layers", "TensorFlow", "2.0", "tf.keras.layers"},
    {"tensorflow.placeholder", "TensorFlow", "2.0", compat},
    {"tensorflow.placeholder_with_default", "TensorFlow", "2.0", compat},
    {"tensorflow.Session", "TensorFlow", "2.0", compat},
    {"tensorflow.InteractiveSession", "TensorFlow", "2.0", compat},
    {"tensorflow.ConfigProto", "TensorFlow", "2.0", compat},
    {"tensorflow.GPUOptions", "TensorFlow", "2.0", compat},
    {"tensorflow.get_variable", "TensorFlow", "2.0", "tf.Variable"},
    {"tensorflow.variable_scope", "TensorFlow", "2.0", compat},
    {"tensorflow.global_variables_initializer", "TensorFlow", "2.0", compat},
    {"tensorflow.local_variables_initializer", "TensorFlow", "2.0", compat},
    {"tensorflow.reset_default_graph", "TensorFlow", "2.0", compat},
    {"tensorflow.get_default_graph", "TensorFlow", "2.0", compat},
    {"tensorflow.set_random_seed", "TensorFlow", "2.0", "tf.random.set_seed"},
    {"tensorflow.train.AdamOptimizer", "TensorFlow", "2.0", "tf.keras.optimizers.Adam"},
    {"tensorflow.train.GradientDescentOptimizer", "TensorFlow", "2.0", "tf.keras.optimizers.SGD"},
    {"tensorflow.train.AdagradOptimizer", "TensorFlow", "2.0", "tf.keras.optimizers.Adagrad"},
    {"tensorflow.train.FtrlOptimizer", "TensorFlow", "2.0", "tf.keras.optimizers.Ftrl"},
    {"tensorflow.train.RMSPropOptimizer", "TensorFlow", "2.0", "tf.keras.optimizers.RMSprop"},
    {"tensorflow.train.MomentumOptimizer", "TensorFlow", "2.0", "tf.keras.optimizers.SGD"},
    {"tensorflow.train.Saver", "TensorFlow", "2.0", "tf.train.Checkpoint"},
    {"tensorflow.train.get_global_step", "TensorFlow", "2.0", compat},
    {"tensorflow.train.get_or_create_global_step", "TensorFlow", "2.0", compat},
    {"tensorflow.train.MonitoredTrainingSession", "TensorFlow", "2.0", compat},
    {"tensorflow.train.string_input_producer", "TensorFlow", "2.0", "tf.data"},
    {"tensorflow.train.shuffle_batch", "TensorFlow", "2.0", "tf.data"},
    {"tensorflow.TextLineReader", "TensorFlow", "2.0", "tf.data.TextLineDataset"},
    {"tensorflow.decode_csv", "TensorFlow", "2.0", "tf.io.decode_csv"},
    {"tensorflow.decode_raw", "TensorFlow", "2.0", "tf.io.decode_raw"},
    {"tensorflow.read_file", "TensorFlow", "2.0", "tf.io.read_file"},
    {"tensorflow.parse_example", "TensorFlow", "2.0", "tf.io.parse_example"},
    {"tensorflow.parse_single_example", "TensorFlow", "2.0", "tf.io.parse_single_example"},
    {"tensorflow.FixedLenFeature", "TensorFlow", "2.0", "tf.io.FixedLenFeature"},
    {"tensorflow.VarLenFeature", "TensorFlow", "2.0", "tf.io.VarLenFeature"},
    {"tensorflow.string_to_number", "TensorFlow", "2.0", "tf.strings.to_number"},
    {"tensorflow.string_split", "TensorFlow", "2.0", "tf.strings.split"},
    {"tensorflow.random_normal", "TensorFlow", "2.0", "tf.random.normal"},
    {"tensorflow.random_uniform", "TensorFlow", "2.0", "tf.random.uniform"},
    {"tensorflow.truncated_normal", "TensorFlow", "2.0", "tf.random.truncated_normal"},
    {"tensorflow.to_float", "TensorFlow", "2.0", "tf.cast"},
    {"tensorflow.to_int32", "TensorFlow", "2.0", "tf.cast"},
    {"tensorflow.to_int64", "TensorFlow", "2.0", "tf.cast"},
    {"tensorflow.log", "TensorFlow", "2.0", "tf.math.log"},
    {"tensorflow.div", "TensorFlow", "2.0", "tf.math.divide"},
    {"tensorflow.summary.merge_all", "TensorFlow", "2.0", compat},
    {"tensorflow.summary.FileWriter", "TensorFlow", "2.0", "tf.summary.create_file_writer"},
    {"tensorflow.estimator.inputs", "TensorFlow", "2.0", "tf.data"},
    {"tensorflow.python_io", "TensorFlow", "2.0", "tf.io"},
    {"tensorflow.trainable_variables", "TensorFlow", "2.0", compat},
    {"tensorflow.global_variables", "TensorFlow", "2.0", compat},
    {"tensorflow.get_collection", "TensorFlow", "2.0", compat},
    {"tensorflow.add_to_collection", "TensorFlow", "2.0", compat},
    {"tensorflow.GraphKeys", "TensorFlow", "2.0", compat},
    {"tensorflow.saved_model.simple_save", "TensorFlow", "2.0", "tf.saved_model.save"},
    {"tensorflow.saved_model.builder", "TensorFlow", "2.0", "tf.saved_model.save"},
    {"tensorflow.saved_model.signature_def_utils", "TensorFlow", "2.0", compat},
    {"tensorflow.image.resize_images", "TensorFlow", "2.0", "tf.image.resize"},
    {"tensorflow.image.resize_bilinear", "TensorFlow", "2.0", "tf.image.resize"},
};

constexpr std::string_view distributions[] = {"tensorflow", "tensorflow-gpu", "tensorflow-cpu"};

}  // namespace

static void check(const Package& package, Report& report) {
  report_removed(package, report, names, distributions);
}

extern constinit const Rule tf1_api_on_tf2 = {
    .name = "tf1-api-on-tf2",
    .severity = Severity::error,
    .summary = "a name of TensorFlow 1 is used, and the package requires TensorFlow 2",
    .explanation = R"(
`tf.contrib`, `tf.placeholder`, `tf.app`, `tf.logging` and many others are not in TensorFlow 2:
`module 'tensorflow' has no attribute 'contrib'`. Most are still in `tf.compat.v1`; `contrib` is
nowhere.

Only said where `install_requires` rules out TensorFlow 1, and `tf` is plain `tensorflow`. A use
while modules are imported is an error; one in a function is a warning, since it may not be called.
Code in `try` or under a condition is left alone.

Source: [migrate to TensorFlow 2](https://www.tensorflow.org/guide/migrate).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(),
      install_requires=["tensorflow>=2.8"])
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.INFO)
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(),
      install_requires=["tensorflow>=2.8"])
-- trainer/__init__.py --
-- trainer/task.py --
import tensorflow as tf

tf.get_logger().setLevel("INFO")
)",
    .check = check,
};

}  // namespace trainlint
