#pragma once

#include <memory>
#include <string>

#include "lint/python/module.h"

namespace trainlint {

// Parses the texts that one file holds one after another, each by way of the tree of the one before
// (ts_tree_edit), so that a change costs what it touches. What is between the beginning and the end
// that two texts have in common is taken for the change.
class Reparser {
 public:
  Reparser();
  ~Reparser();
  Reparser(const Reparser&) = delete;
  Reparser& operator=(const Reparser&) = delete;

  // As Syntax::parse(). A text with an error in it is parsed anew, since how tree-sitter gets over
  // errors depends on where it comes from.
  Syntax parse(std::shared_ptr<const std::string> text);

 private:
  struct Kept;
  std::unique_ptr<Kept> kept_;
};

// load_module() of a file whose texts `reparser` has seen.
Module load_module(std::string path, std::shared_ptr<const std::string> bytes, PythonVersion target,
                   Reparser& reparser);

}  // namespace trainlint
