#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "lint/python/module.h"

namespace trainlint {

// A path as an expression gives it: below the project's root, or relative to who knows what.
struct WrittenPath {
  bool rooted = false;
  std::string text;  // of a rooted one "trainer/vocab.txt"; it may begin with ".."
};

// Follows expressions made of __file__, texts, os.path, pathlib and names that one assignment
// binds.
class PathReader {
 public:
  explicit PathReader(const Module& module);
  std::optional<WrittenPath> value(Syntax::Node node, int depth = 0) const;

 private:
  std::optional<WrittenPath> of_attribute(Syntax::Node node, int depth) const;
  std::optional<WrittenPath> of_subscript(Syntax::Node node, int depth) const;
  std::optional<WrittenPath> of_call(Syntax::Node node, int depth) const;
  std::optional<WrittenPath> of_operator(Syntax::Node node, int depth) const;
  std::optional<WrittenPath> joined(std::optional<WrittenPath> path, Syntax::Node arguments,
                                    int depth) const;

  const Module& module_;
  std::map<std::string_view, Syntax::Node> bound_;  // none: bound more than once
};

// The arguments of a call that are no keywords, in order.
std::vector<Syntax::Node> positional_arguments(const Syntax& syntax, Syntax::Node call);

}  // namespace trainlint
