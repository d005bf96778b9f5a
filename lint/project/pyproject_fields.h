#pragma once

#include <cstdint>
#include <string_view>

namespace trainlint {

// The keys of [project] and [tool.setuptools], and what stands there, in setuptools 66 to 84.

enum class Shape : uint8_t {
  any,
  flag,
  text,
  name,         // texts in a format: of a distribution,
  version,      // by PEP 440,
  url,          // with a host behind its scheme,
  module,       // of a package or module,
  class_name,   // "module.Class",
  reference,    // "module:object",
  requirement,  // whose text has a rule of its own: here, that there is one
  texts,        // lists
  names,
  modules,
  requirements,
  people,
  text_table,  // name = ..., with whatever names
  texts_table,
  extras,  // extra = ["requirement", ...]
  url_table,
  class_table,
  reference_table,
  reference_groups,
  folders,   // package = "folder"
  patterns,  // package = ["pattern", ...]
  readme,
  license,
  packages,  // list of modules, or find
  dynamic,
  directives,  // [tool.setuptools.dynamic]
};

struct Field {
  std::string_view key;
  Shape shape;
};

inline constexpr Field project_fields[] = {
    {"name", Shape::name},
    {"version", Shape::version},
    {"description", Shape::text},
    {"readme", Shape::readme},
    {"requires-python", Shape::text},
    {"license", Shape::license},
    {"license-files", Shape::texts},
    {"authors", Shape::people},
    {"maintainers", Shape::people},
    {"keywords", Shape::texts},
    {"classifiers", Shape::texts},
    {"urls", Shape::url_table},
    {"scripts", Shape::reference_table},
    {"gui-scripts", Shape::reference_table},
    {"entry-points", Shape::reference_groups},
    {"dependencies", Shape::requirements},
    {"optional-dependencies", Shape::extras},
    {"dynamic", Shape::dynamic},
    {"import-names", Shape::any},
    {"import-namespaces", Shape::any},
};

inline constexpr Field tool_fields[] = {
    {"platforms", Shape::texts},
    {"provides", Shape::names},
    {"obsoletes", Shape::names},
    {"zip-safe", Shape::flag},
    {"script-files", Shape::texts},
    {"eager-resources", Shape::texts},
    {"packages", Shape::packages},
    {"package-dir", Shape::folders},
    {"package-data", Shape::patterns},
    {"include-package-data", Shape::flag},
    {"exclude-package-data", Shape::patterns},
    {"namespace-packages", Shape::modules},
    {"py-modules", Shape::modules},
    {"ext-modules", Shape::any},
    {"data-files", Shape::texts_table},
    {"cmdclass", Shape::class_table},
    {"license-files", Shape::texts},
    {"dynamic", Shape::directives},
};

inline constexpr Field find_fields[] = {
    {"where", Shape::texts},
    {"include", Shape::texts},
    {"exclude", Shape::texts},
    {"namespaces", Shape::flag},
};

inline constexpr std::string_view dynamic_names[] = {
    "version",       "description",  "readme",           "requires-python", "license",
    "authors",       "maintainers",  "keywords",         "classifiers",     "urls",
    "scripts",       "gui-scripts",  "entry-points",     "dependencies",    "optional-dependencies",
    "license-files", "import-names", "import-namespaces"};

}  // namespace trainlint
