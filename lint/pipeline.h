#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lint/finding/finding.h"
#include "lint/rule/package.h"
#include "lint/rule/rule.h"

namespace trainlint {

// One trainer package, from files to findings.
struct Run {
  std::unique_ptr<SourceTree> tree;  // the package's own part of what was given
  Package package;
  std::string opened;  // the folder or archive that was opened, as reports name it; "": the root
  std::vector<Finding> findings;
};

// source tree -> modules -> project -> distribution -> launch -> import graph -> rules -> findings
Run lint_package(std::unique_ptr<SourceTree> tree, TreeKind kind, const PackageRoot& root,
                 const LaunchOptions& options, std::span<const RuleEntry> rules);

// Every trainer package of a folder or archive. `path` is what the person wrote, for reports.
std::vector<Run> lint_tree(const SourceTree& tree, TreeKind kind, const std::string& path,
                           const LaunchOptions& options, std::span<const RuleEntry> rules);

}  // namespace trainlint
