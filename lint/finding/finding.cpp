#include "lint/finding/finding.h"

#include <algorithm>
#include <tuple>

namespace trainlint {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::advice:
      return "advice";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

// What is said about a file as a whole comes before what is said about its first byte.
static auto position_of(const Finding& finding) {
  const std::optional<Span>& span = finding.place.span;
  return std::tuple(span.has_value(), span ? span->begin : 0, span ? span->end : 0);
}

static bool before(const Finding& left, const Finding& right) {
  if (left.place.path != right.place.path) return left.place.path < right.place.path;
  auto left_position = position_of(left), right_position = position_of(right);
  if (left_position != right_position) return left_position < right_position;
  return std::tie(left.rule, left.message) < std::tie(right.rule, right.message);
}

static bool equal(const Finding& left, const Finding& right) {
  return left.place == right.place && left.rule == right.rule && left.message == right.message;
}

void put_in_order(std::vector<Finding>& findings) {
  // Stable: of equal findings, the first reported stays, with its notes.
  std::stable_sort(findings.begin(), findings.end(), before);
  findings.erase(std::unique(findings.begin(), findings.end(), equal), findings.end());
}

}  // namespace trainlint
