#include "lint/rule/library_use.h"

namespace trainlint {

namespace {

// From the libraries' own release notes.
constexpr RemovedName sklearn_names[] = {
    {"sklearn.externals.joblib", "scikit-learn", "0.23", "import joblib"},
    {"sklearn.externals.six", "scikit-learn", "0.23", "import six"},
    {"sklearn.cross_validation", "scikit-learn", "0.20", "sklearn.model_selection"},
    {"sklearn.grid_search", "scikit-learn", "0.20", "sklearn.model_selection"},
    {"sklearn.preprocessing.Imputer", "scikit-learn", "0.22", "sklearn.impute.SimpleImputer"},
    {"sklearn.datasets.load_boston", "scikit-learn", "1.2", ""},
    {"sklearn.metrics.plot_confusion_matrix", "scikit-learn", "1.2",
     "sklearn.metrics.ConfusionMatrixDisplay.from_estimator"},
    {"sklearn.metrics.plot_roc_curve", "scikit-learn", "1.2",
     "sklearn.metrics.RocCurveDisplay.from_estimator"},
};
constexpr RemovedName numpy_names[] = {
    {"numpy.float", "NumPy", "1.24", "float"},     {"numpy.int", "NumPy", "1.24", "int"},
    {"numpy.bool", "NumPy", "1.24", "bool"},       {"numpy.object", "NumPy", "1.24", "object"},
    {"numpy.complex", "NumPy", "1.24", "complex"}, {"numpy.asscalar", "NumPy", "1.23", "x.item()"},
};
constexpr RemovedName tensorflow_names[] = {
    {"tensorflow.keras.wrappers.scikit_learn", "TensorFlow", "2.13", "scikeras"},
    {"tensorflow.estimator", "TensorFlow", "2.16", "Keras"},
};
constexpr RemovedName scipy_names[] = {
    {"scipy.misc.imread", "SciPy", "1.2", "imageio.imread"},
    {"scipy.misc.imsave", "SciPy", "1.2", "imageio.imwrite"},
    {"scipy.misc.imresize", "SciPy", "1.3", "PIL.Image.Image.resize"},
};
constexpr RemovedName pandas_names[] = {
    {"pandas.Panel", "pandas", "1.0", ""},
    {"pandas.np", "pandas", "2.0", "import numpy"},
    {"pandas.datetime", "pandas", "2.0", "datetime.datetime"},
};

constexpr std::string_view sklearn[] = {"scikit-learn"};
constexpr std::string_view numpy[] = {"numpy"};
constexpr std::string_view tensorflow[] = {"tensorflow", "tensorflow-gpu", "tensorflow-cpu"};
constexpr std::string_view scipy[] = {"scipy"};
constexpr std::string_view pandas[] = {"pandas"};

}  // namespace

static void check(const Package& package, Report& report) {
  report_removed(package, report, sklearn_names, sklearn);
  report_removed(package, report, numpy_names, numpy);
  report_removed(package, report, tensorflow_names, tensorflow);
  report_removed(package, report, scipy_names, scipy);
  report_removed(package, report, pandas_names, pandas);
}

extern constinit const Rule removed_api = {
    .name = "removed-api",
    .severity = Severity::error,
    .summary = "a library's name is used that the required version no longer has",
    .explanation = R"(
`from sklearn.externals import joblib` in a package that requires `scikit-learn==1.0.2`: the import
fails on the worker, since `sklearn.externals.joblib` was removed in 0.23. It works on a laptop
with an older version.

Only said where `install_requires` rules out every version that has the name. An import, or a use
while modules are imported, is an error; one in a function is a warning, since it may not be
called. Code in `try` or under a condition is left alone.

Sources: the release notes of [scikit-learn](https://scikit-learn.org/stable/whats_new.html),
[NumPy](https://numpy.org/doc/stable/release.html),
[SciPy](https://docs.scipy.org/doc/scipy/release.html),
[pandas](https://pandas.pydata.org/docs/whatsnew/index.html) and
[TensorFlow](https://github.com/tensorflow/tensorflow/releases).
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(),
      install_requires=["scikit-learn==1.0.2"])
-- trainer/__init__.py --
-- trainer/task.py --
from sklearn.externals import joblib

joblib.dump([1, 2], "model.joblib")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(),
      install_requires=["scikit-learn==1.0.2"])
-- trainer/__init__.py --
-- trainer/task.py --
import joblib

joblib.dump([1, 2], "model.joblib")
)",
    .check = check,
};

}  // namespace trainlint
