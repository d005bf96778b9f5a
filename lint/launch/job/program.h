#pragma once

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "lint/launch/job/job_file.h"
#include "lint/python/syntax.h"

namespace trainlint {

// A Python program, as far as its values are literals: what a submitting script or the cells of a
// notebook hand to a service.
class Program {
 public:
  using Node = Syntax::Node;

  explicit Program(Syntax syntax);

  const Syntax& syntax() const { return syntax_; }
  Node parent(Node node) const { return parents_[node]; }

  // What a name stands for where it is used: the right side of its only assignment, or of the last
  // one before it among statements of the module; the node itself for all but names, and none for
  // a name that may stand for something else.
  Node definition(Node node) const;

  // The value of an expression, with `known` false where it is none of literals. Keys of
  // dictionaries become those of the service's JSON: machine_type is machineType.
  JobValue value(Node node, int depth = 0) const;

  // An argument of a call, by keyword or by position from 0 (-1: by keyword only); none where it is
  // not given.
  Node argument(Node call, std::string_view name, int position) const;
  // `**options`, which may hold any argument.
  bool has_unseen_arguments(Node call) const;
  // "CustomJob" of `aiplatform.CustomJob(...)`; "" for all but calls of names.
  std::string_view callee(Node call) const;

 private:
  void note(Node name);
  bool in_function(Node node) const;
  JobValue sum(Node node, int depth) const;
  JobValue list(Node node, int depth) const;
  JobValue mapping(Node node, int depth) const;
  bool changes(Node node) const;

  Syntax syntax_;
  std::vector<Node> parents_;
  std::map<std::string_view, std::vector<Node>> assignments_;
  std::set<std::string_view> rebound_;  // by something else than an assignment
  std::set<std::string_view> changed_;  // whose lists and dictionaries may not be as written
};

}  // namespace trainlint
