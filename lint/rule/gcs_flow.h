#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/rule/rule.h"

namespace trainlint {

// Follows paths of Cloud Storage (gs://...) through the package's code, as far as plain
// assignments, os.path.join, texts put together, and calls of the package's own functions go.

// Where a path comes from.
struct GcsSource {
  std::string what;      // "'gs://fares'", "--job-dir", "AIP_MODEL_DIR"
  bool written = false;  // it is written out as gs://
  Place place;
};

class GcsFlow {
 public:
  explicit GcsFlow(const Package& package);

  // Whether the expression is a path that begins with gs:// on the service, and why.
  std::optional<GcsSource> source_of(const Module& module, Syntax::Node expression) const;

  // Code of the package tells gs:// paths from others or turns them into /gcs/: then only paths
  // that are written out are judged.
  bool tells_apart() const { return tells_apart_; }

 private:
  using Node = Syntax::Node;
  std::optional<GcsSource> find(const Module& module, Node node, int depth) const;
  std::optional<GcsSource> of_text(const Module& module, Node node, int depth) const;
  std::optional<GcsSource> of_call(const Module& module, Node node, int depth) const;
  std::optional<GcsSource> of_name(const Module& module, Node node, int depth) const;
  std::optional<GcsSource> of_parameter(const Module& module, Node function, std::string_view name,
                                        int depth) const;
  std::optional<GcsSource> of_member(const Module& module, Node node) const;

  struct Definition {
    const Module* module;
    Node function;
  };
  const Package& package_;
  std::vector<std::pair<std::string, GcsSource>> options_;  // by destination
  bool tells_apart_ = false;
};

// The name of what is called, without what stands before the last dot.
std::string_view last_of(std::string_view callee);
// The positional arguments of a call, without those behind an unpacked one.
std::vector<Syntax::Node> positional_arguments(const Module& module, const Call& call);
// The value of a keyword argument, or none.
Syntax::Node keyword_argument(const Module& module, const Call& call, std::string_view keyword);

}  // namespace trainlint
