#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/python/module.h"
#include "lint/text/span.h"

namespace trainlint {

// A comment that suppresses findings:
//   import data  # trainlint: ignore[unresolved-local-import] written by the build
// On a line with code it is about that statement (of a compound one, its header), alone on a line
// about the statement or section that follows, and as "ignore-file" about the whole file.
struct Suppression {
  std::string path;
  Span span;    // the comment, from its '#'
  Span covers;  // findings that begin here; the whole text for a file
  bool whole_file = false;
  struct Name {
    std::string text;  // of a rule or a group
    Span span;
  };
  std::vector<Name> names;
  std::string reason;  // "" when none is given
  std::string fault;   // why it suppresses nothing, when it is not of this form
};

// Those of a Python file, in source order. Only a file that holds the bytes "trainlint:" costs more
// than a search for them.
std::vector<Suppression> suppressions_of(const Module& module);

// Those of a file in which '#' begins a comment: TOML, setup.cfg, requirements, YAML, shell.
std::vector<Suppression> suppressions_of(const std::string& path, std::string_view text);

// The parts of one comment, if it is a suppression at all; `begin` is where the comment begins in
// its text. Path, and what it covers, are left to the caller.
std::optional<Suppression> read_suppression(std::string_view comment, uint32_t begin);

}  // namespace trainlint
