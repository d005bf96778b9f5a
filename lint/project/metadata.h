#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/project/project.h"

namespace trainlint {

// PKG-INFO of an sdist, METADATA of a wheel: lines "Name: value" up to the first empty one
// (packaging.python.org/en/latest/specifications/core-metadata/).

struct MetadataField {
  std::string name;   // lower case: "requires-dist"
  std::string value;  // lines that go on are joined by LF
  Span span;          // of the value's first line
};

struct Metadata {
  std::string name, version;
  std::vector<MetadataField> fields;  // all of them, in order
};

Metadata parse_metadata(std::string_view text);

// Fills in what evaluating an sdist's setup.py leaves unknown with what its PKG-INFO and
// requires.txt say, which the build of that sdist has written.
void fill_from_sdist(const SourceTree& tree, Project& project);

// The project that a wheel is of, as its METADATA says.
Project read_wheel_project(const SourceTree& tree);

}  // namespace trainlint
