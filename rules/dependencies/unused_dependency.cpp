#include <algorithm>
#include <array>

#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"
#include "lint/rule/dependencies.h"
#include "lint/rule/import_name.h"

namespace trainlint {

// Libraries that others load without being imported by name, and those that people list to hold a
// version of theirs back.
static constexpr auto loaded_by_others =
    std::to_array<std::string_view>({"gcsfs",       "fsspec",      "s3fs",
                                     "pyarrow",     "fastparquet", "openpyxl",
                                     "xlrd",        "tables",      "h5py",
                                     "lxml",        "pillow",      "protobuf",
                                     "six",         "numpy",       "scipy",
                                     "grpcio",      "setuptools",  "wheel",
                                     "pip",         "pandas-gbq",  "graphviz",
                                     "pydot",       "ipython",     "jupyter",
                                     "cython",      "psycopg2",    "psycopg2-binary",
                                     "pymysql",     "mysqlclient", "sentencepiece",
                                     "tokenizers",  "accelerate",  "nvidia-ml-py",
                                     "tensorboard", "dill",        "future",
                                     "sqlalchemy",  "db-dtypes",   "typing-extensions",
                                     "matplotlib",  "requests",    "urllib3",
                                     "certifi"});

static bool is_imported(const Package& package, const std::string& module) {
  return std::any_of(package.graph.edges.begin(), package.graph.edges.end(),
                     [&](const ImportEdge& edge) {
                       return edge.name == module || edge.name.starts_with(module + ".");
                     });
}

// Code that names a module in a text may import it in ways that are not seen.
static bool is_mentioned(const Package& package, const std::string& module) {
  return std::any_of(package.modules.begin(), package.modules.end(), [&](const Module& one) {
    return one.path != "setup.py" && one.text().find(module) != std::string_view::npos;
  });
}

static bool may_be_loaded_by_others(const std::string& name) {
  const auto& known = loaded_by_others;
  if (std::find(known.begin(), known.end(), name) != known.end()) return true;
  for (std::string_view family : {"google-", "tensorflow-", "tf-", "torch", "keras-", "types-"})
    if (name.starts_with(family)) return true;
  return false;
}

static void check(const Package& package, Report& report) {
  if (!package.project.install_requires.is_known() || package.graph.entry == no_module) return;
  for (const Requirement& one : package.project.install_requires.value) {
    Result<ParsedRequirement> parsed = parse_requirement(one.text);
    if (!parsed || one.place.path.empty() || !parsed->extras.empty()) continue;
    const std::string name = canonical_name(parsed->name);
    const std::vector<std::string> modules = import_names_of(name);
    const std::string& module = modules.front();
    // Only of libraries whose name in an import is sure.
    const std::vector<std::string> bringing = distributions_of(module);
    const bool known = std::find(bringing.begin(), bringing.end(), name) != bringing.end();
    if (!known || may_be_loaded_by_others(name) || is_imported(package, module) ||
        is_mentioned(package, module))
      continue;
    report(one.place, "'{}' is installed for every job, and no module imports '{}'", parsed->name,
           module);
  }
}

extern constinit const Rule unused_dependency = {
    .name = "unused-dependency",
    .severity = Severity::advice,
    .summary = "a library is asked for that no module of the package imports",
    .explanation = R"(
pip installs everything in `install_requires` on each worker before the job starts: minutes of a paid
machine, and one more version to go wrong when the library's next release is not made for the image.

Nothing is said of libraries that others load by themselves (pandas reads `gs://` with gcsfs), of
those whose name in an import is not sure, and of those that are listed to hold back a version.
)",
    .bad = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["lightgbm"])
-- trainer/__init__.py --
-- trainer/task.py --
print("training")
)",
    .good = R"(
-- setup.py --
from setuptools import find_packages, setup

setup(name="trainer", version="0.1", packages=find_packages(), install_requires=["lightgbm"])
-- trainer/__init__.py --
-- trainer/task.py --
import lightgbm

print(lightgbm)
)",
    .check = check,
};

}  // namespace trainlint
