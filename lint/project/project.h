#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/source/tree.h"
#include "lint/text/span.h"

namespace trainlint {

// A project is what the metadata says, evaluated without running any of it.

// A value that metadata gives, or why it is not known. Never set: state `absent`.
template <class T>
struct Value {
  enum State : uint8_t { absent, known, unknown };
  State state = absent;
  T value{};
  Place place;         // where it is written (or where evaluation gave up)
  std::string reason;  // for unknown: "calls subprocess.check_output()"

  bool is_known() const { return state == known; }
  bool is_unknown() const { return state == unknown; }
  bool is_absent() const { return state == absent; }
};

using Strings = std::vector<std::string>;
using PatternMap = std::map<std::string, Strings>;  // package ("" is all) -> glob patterns

struct Requirement {
  std::string text;  // as written, PEP 508
  Place place;
};

// Which metadata the field values come from; where several are there, setuptools' precedence holds.
enum class ProjectOrigin : uint8_t {
  generated,  // nothing there: the setup.py that gcloud writes for the package
  setup_py,
  setup_cfg,
  pyproject,
  archive,  // PKG-INFO or METADATA of an archive
};

struct Project {
  ProjectOrigin origin = ProjectOrigin::generated;
  std::string build_backend = "setuptools.build_meta";
  std::vector<std::string> build_requires;

  Value<std::string> name;
  Value<std::string> version;
  Value<Strings> packages;  // dotted names, find_packages() already carried out
  // Who found them: "find_packages()", "find_namespace_packages()", "automatic discovery"; empty
  // when they are listed one by one.
  std::string packages_found_by;
  Value<PatternMap> package_data;
  Value<PatternMap> exclude_package_data;
  Value<bool> include_package_data;
  Value<std::map<std::string, std::string>> package_dir;  // package ("" is the root) -> folder
  Value<Strings> py_modules;
  Value<Strings> scripts;
  Value<std::vector<std::pair<std::string, Strings>>> data_files;
  Value<Strings> ext_modules;    // dotted names of compiled extension modules
  Value<Strings> license_files;  // glob patterns, with license_file; absent: setuptools' own
  Strings referenced_files;  // that `file:`, `readme` and `license` name: they go into the sdist
  Value<std::vector<Requirement>> install_requires;
  Value<std::map<std::string, std::vector<Requirement>>> extras_require;
  Value<std::string> python_requires;
  Value<std::map<std::string, Strings>> entry_points;
  Strings custom_commands;  // names in cmdclass: "build_py", "build", ...

  std::vector<std::string> files_read;  // files of the tree that setup.py opens when it runs
  std::vector<std::pair<std::string, Place>> imports;  // modules that setup.py imports, in order
  std::vector<std::pair<std::string, Place>> notes;    // what was met and could not be evaluated
  // Metadata files that cannot be read at all (not TOML, not INI, not Python): message and place.
  std::vector<std::pair<std::string, Place>> faults;
  // setup.py stops before it calls setup() or with a certain error: message and place.
  std::optional<std::pair<std::string, Place>> failure;
  std::string failure_class;  // of the exception, "FileNotFoundError"; "" where none is raised
  // What of pyproject.toml is refused, whatever else the project holds.
  struct Refusal {
    enum class Refuser : uint8_t {
      setuptools,
      newer_setuptools,  // 68 and later, which is what pip fetches on a worker
      pip,
    };
    std::string message;
    Place place;
    Refuser by = Refuser::setuptools;
  };
  std::vector<Refusal> refusals;
};

// Reads setup.py, setup.cfg and pyproject.toml at the tree's root. `package` is the name of the
// import package that gcloud would write a setup.py for when there is none ("" when not known).
Project read_project(const SourceTree& tree, const std::string& package);

}  // namespace trainlint
