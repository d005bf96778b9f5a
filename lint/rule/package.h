#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lint/distribution/distribution.h"
#include "lint/graph/graph.h"
#include "lint/launch/launch.h"
#include "lint/project/project.h"
#include "lint/python/module.h"
#include "lint/rule/settings.h"
#include "lint/rule/suppression.h"
#include "lint/source/tree.h"

namespace trainlint {

struct Arguments;

// Everything the stages before have found out about one trainer package: what a rule sees.
struct Package {
  const SourceTree* tree = nullptr;
  TreeKind kind = TreeKind::folder;
  std::string root;             // as given on the command line, for reports
  std::vector<Module> modules;  // every .py file, in byte order of paths
  Project project;
  Distribution distribution;
  Launch launch;
  ImportGraph graph;
  Settings settings;                      // of the project, for rules that can be told something
  std::vector<Suppression> suppressions;  // by path and position
  std::map<std::string, Bytes> outside;   // files above the root that findings point into: "../a"

  // The module with this path, or null.
  const Module* module_at(std::string_view path) const;
  // What command line the entry module takes; found when it is first asked for (not by two threads
  // at once).
  const Arguments& arguments() const;

 private:
  mutable std::shared_ptr<const Arguments> arguments_;
};

}  // namespace trainlint
