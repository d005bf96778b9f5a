#include "lint/graph/third_party.h"

#include <algorithm>
#include <array>

namespace trainlint {

// Import names of distributions that trainers use, sorted. It serves only to keep silent: a folder
// or module beside the importing file that bears such a name is no proof that it was meant.
// clang-format off
static constexpr auto known = std::to_array<std::string_view>({
    "IPython", "PIL", "absl", "accelerate", "adanet", "aiohttp", "airflow", "albumentations",
    "altair", "annoy", "apache_beam", "apex", "arviz", "astropy", "attr", "attrs",
    "audiomentations", "autogluon", "av", "avro", "awkward", "azure", "backoff", "bayes_opt",
    "bitsandbytes", "bokeh", "boto", "boto3", "botocore", "bs4", "cachetools", "catboost",
    "category_encoders", "causalml", "certifi", "cffi", "chainer", "chardet", "chex", "cirq",
    "click", "cloudpickle", "cloudstorage", "colorama", "comet_ml", "contextlib2", "cupy", "cv2",
    "cvxpy", "cycler", "cython", "dacite", "dash", "dask", "databricks", "datasets", "dateutil",
    "deap", "deepspeed", "diffusers", "dill", "distrax", "distributed", "docker", "docopt",
    "dopamine", "dotenv", "easydict", "efficientnet", "einops", "emoji", "ensemble_boxes",
    "environs", "evaluate", "explainable_ai_sdk", "face_recognition", "fairscale", "faiss",
    "fastai", "fastapi", "fastavro", "fastparquet", "fasttext", "feast", "featuretools",
    "filelock", "fire", "flask", "flatbuffers", "flax", "folium", "fsspec", "ftfy", "funcy",
    "future", "gast", "gcsfs", "gensim", "geopandas", "gin", "google", "googleapiclient",
    "graphviz", "grpc", "gym", "gymnasium", "h5py", "haiku", "hdbscan", "holidays", "horovod",
    "httplib2", "httpx", "huggingface_hub", "hydra", "hyperopt", "hypertune", "ibis", "igraph",
    "imageio", "imblearn", "imgaug", "imutils", "inflect", "ipywidgets", "jax", "jaxlib", "jieba",
    "jinja2", "joblib", "jsonlines", "jsonschema", "jwt", "kafka", "keras", "keras_applications",
    "keras_contrib", "keras_cv", "keras_hub", "keras_nlp", "keras_preprocessing", "keras_tuner",
    "kerastuner", "kfp", "kornia", "kubernetes", "langchain", "langdetect", "librosa", "lightfm",
    "lightgbm", "lightning", "lightning_fabric", "lime", "llvmlite", "loguru", "lxml", "magenta",
    "markdown", "marshmallow", "matplotlib", "mlflow", "mlxtend", "mmcv", "mne", "monai",
    "more_itertools", "moviepy", "mpi4py", "msgpack", "multidict", "mxnet", "mypy_extensions",
    "mysql", "namedlist", "neptune", "networkx", "nibabel", "nltk", "numba", "numexpr", "numpy",
    "nvidia", "oauth2client", "omegaconf", "onnx", "onnxruntime", "openai", "opencensus",
    "openpyxl", "opentelemetry", "opt_einsum", "optax", "optuna", "orbax", "orjson", "packaging",
    "paddle", "pandas", "pandas_gbq", "papermill", "parameterized", "parsimonious", "patsy",
    "peewee", "peft", "petastorm", "pickle5", "pip", "pkg_resources", "plotly", "pluggy",
    "pmdarima", "polars", "portalocker", "portpicker", "prefect", "prettytable", "promise",
    "prophet", "proto", "psutil", "psycopg2", "py4j", "pyarrow", "pyasn1", "pyaudio",
    "pycocotools", "pycuda", "pydantic", "pydicom", "pydot", "pydub", "pyglet", "pygments",
    "pylab", "pymc", "pymc3", "pymongo", "pymysql", "pynvml", "pyparsing", "pypdf", "pyro",
    "pyspark", "pytest", "pythonjsonlogger", "pytorch_lightning", "pytz", "pywt", "ray", "redis",
    "regex", "requests", "rich", "rouge_score", "ruamel", "s3fs", "sacrebleu", "sacred",
    "safetensors", "scann", "scipy", "scrapy", "seaborn", "segmentation_models",
    "sentence_transformers", "sentencepiece", "seqeval", "serial", "setuptools", "shap",
    "shapely", "simplejson", "simpletransformers", "six", "skimage", "sklearn", "skopt",
    "smart_open", "snorkel", "snowflake", "sonnet", "soundfile", "spacy", "sqlalchemy",
    "stable_baselines", "stable_baselines3", "statsmodels", "streamlit", "surprise", "sympy",
    "tables", "tabulate", "tenacity", "tensor2tensor", "tensorboard", "tensorboardX",
    "tensorflow", "tensorflow_addons", "tensorflow_cloud", "tensorflow_data_validation",
    "tensorflow_datasets", "tensorflow_decision_forests", "tensorflow_estimator",
    "tensorflow_federated", "tensorflow_hub", "tensorflow_io", "tensorflow_metadata",
    "tensorflow_model_analysis", "tensorflow_model_optimization", "tensorflow_probability",
    "tensorflow_quantum", "tensorflow_ranking", "tensorflow_recommenders", "tensorflow_serving",
    "tensorflow_similarity", "tensorflow_text", "tensorflow_transform", "tensorlayer", "tensorrt",
    "termcolor", "textblob", "tf2onnx", "tf_agents", "tf_keras", "tf_slim", "tfx", "tfx_bsl",
    "theano", "thinc", "thop", "threadpoolctl", "tiktoken", "timm", "tokenizers", "toml", "toolz",
    "torch", "torch_geometric", "torch_xla", "torchaudio", "torchdata", "torchinfo",
    "torchmetrics", "torchsummary", "torchtext", "torchvision", "tornado", "tqdm", "transformers",
    "trax", "treelite", "trfl", "trl", "tsfresh", "tweepy", "typeguard", "typer",
    "typing_extensions", "tzlocal", "ujson", "umap", "urllib3", "vertexai", "wandb", "webdataset",
    "websocket", "websockets", "werkzeug", "wheel", "wordcloud", "wrapt", "xarray", "xgboost",
    "xlrd", "xlsxwriter", "yacs", "yaml", "yarl", "zarr", "zmq",
});
// clang-format on

bool is_known_third_party(std::string_view name) {
  return std::binary_search(known.begin(), known.end(), name);
}

}  // namespace trainlint
