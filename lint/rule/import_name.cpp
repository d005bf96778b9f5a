#include "lint/rule/import_name.h"

#include <algorithm>

#include "lint/project/distribution_name.h"

namespace trainlint {

namespace {

struct ImportName {
  std::string_view distribution;  // canonical
  std::string_view module;
};

}  // namespace

// The top-level names that these distributions' wheels on PyPI hold (2026), in byte order.
static constexpr ImportName known[] = {
    {"absl-py", "absl"},
    {"apache-beam", "apache_beam"},
    {"attrs", "attr"},
    {"attrs", "attrs"},
    {"beautifulsoup4", "bs4"},
    {"cloudml-hypertune", "hypertune"},
    {"faiss-cpu", "faiss"},
    {"faiss-gpu", "faiss"},
    {"fasttext-wheel", "fasttext"},
    {"gitpython", "git"},
    {"google-api-python-client", "googleapiclient"},
    {"grpcio", "grpc"},
    {"hydra-core", "hydra"},
    {"imbalanced-learn", "imblearn"},
    {"keras-nightly", "keras"},
    {"mysqlclient", "MySQLdb"},
    {"opencv-contrib-python", "cv2"},
    {"opencv-contrib-python-headless", "cv2"},
    {"opencv-python", "cv2"},
    {"opencv-python-headless", "cv2"},
    {"pillow", "PIL"},
    {"protobuf", "google"},
    {"psycopg2-binary", "psycopg2"},
    {"pymysql", "pymysql"},
    {"python-dateutil", "dateutil"},
    {"python-dotenv", "dotenv"},
    {"python-igraph", "igraph"},
    {"python-json-logger", "pythonjsonlogger"},
    {"pytorch-lightning", "pytorch_lightning"},
    {"pyyaml", "yaml"},
    {"scikit-image", "skimage"},
    {"scikit-learn", "sklearn"},
    {"sentence-transformers", "sentence_transformers"},
    {"tensorflow-cpu", "tensorflow"},
    {"tensorflow-gpu", "tensorflow"},
    {"tf-nightly", "tensorflow"},
    {"umap-learn", "umap"},
};

// Named in the published package lists, frameworks with what they require, and what Google's Deep
// Learning Containers, on which the prebuilt images are built, have besides. In byte order.
static constexpr std::string_view preinstalled[] = {
    "absl-py",
    "argparse",
    "astunparse",
    "attrs",
    "beautifulsoup4",
    "bokeh",
    "boto3",
    "cachetools",
    "certifi",
    "chardet",
    "click",
    "cloud-tpu-client",
    "cloudml-hypertune",
    "cloudpickle",
    "crcmod",
    "cryptography",
    "cython",
    "dask",
    "decorator",
    "dill",
    "explainable-ai-sdk",
    "flask",
    "flatbuffers",
    "fsspec",
    "future",
    "gast",
    "gcloud",
    "gcsfs",
    "gitpython",
    "grpcio",
    "h5py",
    "httplib2",
    "idna",
    "imageio",
    "importlib-metadata",
    "ipykernel",
    "ipython",
    "ipywidgets",
    "jinja2",
    "joblib",
    "jupyter",
    "jupyterlab",
    "keras",
    "keras-applications",
    "keras-preprocessing",
    "keras-tuner",
    "kubernetes",
    "llvmlite",
    "markdown",
    "markupsafe",
    "matplotlib",
    "mock",
    "networkx",
    "nltk",
    "notebook",
    "numba",
    "numpy",
    "oauth2client",
    "oauthlib",
    "opencv-python",
    "opencv-python-headless",
    "opt-einsum",
    "packaging",
    "pandas",
    "pandas-profiling",
    "papermill",
    "paste",
    "pathlib2",
    "pillow",
    "pip",
    "portpicker",
    "protobuf",
    "psutil",
    "pyarrow",
    "pydot",
    "pyjwt",
    "pymongo",
    "pyparsing",
    "python-dateutil",
    "python-json-logger",
    "pytz",
    "pyyaml",
    "ray",
    "requests",
    "retrying",
    "rsa",
    "scikit-image",
    "scikit-learn",
    "scipy",
    "seaborn",
    "setuptools",
    "six",
    "sqlalchemy",
    "statsmodels",
    "subprocess32",
    "sympy",
    "tabulate",
    "tensorboard",
    "tensorboardx",
    "tensorflow",
    "tensorflow-cpu",
    "tensorflow-gpu",
    "termcolor",
    "threadpoolctl",
    "torch",
    "torch-xla",
    "torchaudio",
    "torchtext",
    "torchvision",
    "tornado",
    "tpu-info",
    "tqdm",
    "typing-extensions",
    "urllib3",
    "webapp2",
    "webob",
    "werkzeug",
    "wheel",
    "wrapt",
    "xgboost",
};

std::vector<std::string> import_names_of(std::string_view distribution) {
  std::string name = canonical_name(distribution);
  std::vector<std::string> names;
  for (const ImportName& one : known)
    if (one.distribution == name) names.emplace_back(one.module);
  if (!names.empty()) return names;
  std::replace(name.begin(), name.end(), '-', '_');
  return {std::move(name)};
}

bool may_be_preinstalled(std::string_view distribution) {
  std::string name = canonical_name(distribution);
  // "google-cloud-storage" and its family, in many versions, and what comes with the frameworks.
  for (std::string_view family : {"google-", "tensorflow-", "tf-", "tb-", "jupyter-", "nvidia-"})
    if (name.starts_with(family)) return true;
  return std::binary_search(std::begin(preinstalled), std::end(preinstalled), name);
}

}  // namespace trainlint
