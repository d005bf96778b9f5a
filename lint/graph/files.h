#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/distribution/distribution.h"
#include "lint/graph/graph.h"
#include "lint/python/module.h"
#include "lint/source/tree.h"
#include "lint/text/path.h"

namespace trainlint {

// Python files as one folder on sys.path holds them: what importlib's path finder would see.
class ImportFiles {
 public:
  enum class Found : uint8_t {
    nothing,
    module,             // <name>.py: `module` is its index
    package,            // <name>/__init__.py: `module` is the index of the __init__
    namespace_package,  // <name>/ without __init__.py, but with Python files below it (PEP 420)
    compiled,           // <name>.so, .pyd or .pyc: nothing is known about its names
  };
  struct Hit {
    Found found = Found::nothing;
    uint32_t module = no_module;
    std::string path;  // of the file, or of the folder
  };

  void add(const std::string& path, uint32_t module);  // no_module for compiled files
  // The folders that hold a data file: for `import` each is a namespace package (PEP 420).
  void add_folders_of(const std::string& path);
  // What `import name` finds in a folder ("" is the root), in CPython's order of preference.
  Hit find(std::string_view folder, std::string_view name) const;
  // The same in the folder or the nearest one above it that has such a name.
  Hit find_upwards(std::string_view folder, std::string_view name) const;
  // The entry of the folder that differs from `name` by case only: "Model" where model.py is.
  std::string find_other_case(std::string_view folder, std::string_view name) const;

 private:
  std::map<std::string, uint32_t, std::less<>> files_;
  std::set<std::string, std::less<>> folders_;                 // that hold files, at any depth
  std::map<std::string, std::string, std::less<>> spellings_;  // lower-cased module path -> path
};

// The files of the distribution as installed, and the Python files of the source tree.
ImportFiles installed_files(const Distribution& distribution, const std::vector<Module>& modules);
ImportFiles source_files(const SourceTree& tree, const std::vector<Module>& modules);

}  // namespace trainlint
