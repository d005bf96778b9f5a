#pragma once

#include <cstdint>
#include <string_view>

namespace trainlint {

// The keys of [project] and [tool.setuptools], and what stands there, in setuptools 66 to 84.

enum class Shape : uint8_t {
  any,
  text,
  flag,
  texts,       // list of strings
  text_table,  // name = "text"
  url_table,
  class_table,  // name = "module.Class"
  texts_table,  // name = ["text", ...]
  name,         // PEP 508's identifier
  version,      // PEP 440
  readme,
  license,
  people,
  references,  // name = "module:object"
  reference_groups,
  packages,  // list of strings, or find
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
    {"scripts", Shape::references},
    {"gui-scripts", Shape::references},
    {"entry-points", Shape::reference_groups},
    {"dependencies", Shape::texts},
    {"optional-dependencies", Shape::texts_table},
    {"dynamic", Shape::dynamic},
    {"import-names", Shape::any},
    {"import-namespaces", Shape::any},
};

inline constexpr Field tool_fields[] = {
    {"platforms", Shape::texts},
    {"provides", Shape::texts},
    {"obsoletes", Shape::texts},
    {"zip-safe", Shape::flag},
    {"script-files", Shape::texts},
    {"eager-resources", Shape::texts},
    {"packages", Shape::packages},
    {"package-dir", Shape::text_table},
    {"package-data", Shape::texts_table},
    {"include-package-data", Shape::flag},
    {"exclude-package-data", Shape::texts_table},
    {"namespace-packages", Shape::texts},
    {"py-modules", Shape::texts},
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
