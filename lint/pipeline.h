#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lint/config/config.h"
#include "lint/finding/finding.h"
#include "lint/python/known_modules.h"
#include "lint/python/modules_ahead.h"
#include "lint/rule/package.h"
#include "lint/rule/rule.h"

namespace trainlint {

// One trainer package, from files to findings.
struct Run {
  std::shared_ptr<SourceTree> whole;  // what `tree` is a part of, where that is made for this run
  std::unique_ptr<SourceTree> tree;   // the package's own part of what was given
  std::string notebook;               // that writes the package, as reports name it; else ""
  Package package;
  std::string opened;  // the folder or archive that was opened, as reports name it; "": the root
  Config config;
  std::vector<Finding> findings;
  bool whole_root = true;  // every package that is built in this root is linted in this call
  std::vector<Place> suppressing;  // what in the comments that suppress findings did so
};

// What is at hand and need not be read from the tree: modules, by their path in the package's root,
// and a command that stands in no file.
struct Loaded {
  KnownModules* known = nullptr;  // from the last run; what is loaded now is noted there
  ModulesAhead* ahead = nullptr;  // from this one
  std::shared_ptr<const std::string> command = nullptr;  // the text of the first of the commands
};

// source tree -> modules -> project -> distribution -> launch -> import graph -> rules -> findings
// Of `rules`, those that the configuration selects.
Run lint_package(std::unique_ptr<SourceTree> tree, TreeKind kind, const PackageRoot& root,
                 const LaunchOptions& options, std::span<const RuleEntry> rules,
                 const Config& config = {}, const Loaded& loaded = {});

// Drops the fixes of what stands in a notebook's cells, or holds only after they have been run.
void keep_fixes_of_files(Run& run);

// Every trainer package of a folder or archive, as configured by the files in it. `path` is what
// the person wrote, for reports.
std::vector<Run> lint_tree(const SourceTree& tree, TreeKind kind, const std::string& path,
                           const LaunchOptions& options, std::span<const RuleEntry> rules);

}  // namespace trainlint
