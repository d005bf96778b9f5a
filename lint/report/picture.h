#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lint/rule/package.h"

namespace trainlint {

// What a picture of an import graph shows: the package's own modules, and of what they import only
// what is (or should be) the package's. Several imports between two modules are one arrow.

enum class NodeKind : uint8_t {
  entry,
  module,
  not_reached,  // on the worker, but nothing imports it while the entry module runs
  folder_only,  // imported, and not on the worker
  missing,      // imported, and nowhere
};

struct Node {
  NodeKind kind;
  std::string label;  // dotted name, or the path of a file that is not on the worker
};

struct Arrow {
  size_t from, to;  // in Picture::nodes
  When when;        // the earliest of its imports
  bool guarded;     // all of them stand in a try that catches the failure
  bool in_cycle;
};

struct Picture {
  std::vector<Node> nodes;
  std::vector<Arrow> arrows;
};

Picture picture_of(const Package& package);

}  // namespace trainlint
