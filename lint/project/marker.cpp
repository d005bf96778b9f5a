#include "lint/project/distribution_name.h"
#include "lint/project/requirement.h"

// The value of a marker where some variables are not known: three-valued, so that a part that is
// not known only spoils what hangs on it.

namespace trainlint {

static std::optional<bool> compare_texts(const std::string& left, const std::string& op,
                                         const std::string& right) {
  if (op == "in") return right.find(left) != right.npos;
  if (op == "not in") return right.find(left) == right.npos;
  if (op == "==") return left == right;
  if (op == "!=") return left != right;
  if (op == "<") return left < right;
  if (op == "<=") return left <= right;
  if (op == ">") return left > right;
  if (op == ">=") return left >= right;
  return std::nullopt;  // "~=" of what is no version
}

// As versions where the right side is one, as texts otherwise.
static std::optional<bool> compare(const std::string& left, const std::string& op,
                                   const std::string& right) {
  std::optional<Specifier> specifier = parse_specifier(op + right);
  if (!specifier) return compare_texts(left, op, right);
  std::optional<Version> version = parse_version(left);
  if (!version) return std::nullopt;
  return matches(*specifier, *version);
}

static std::optional<bool> evaluate(const MarkerComparison& comparison,
                                    const Environment& environment) {
  if (comparison.left.is_variable == comparison.right.is_variable) return std::nullopt;
  const std::string& variable =
      comparison.left.is_variable ? comparison.left.text : comparison.right.text;
  auto found = environment.find(variable);
  if (found == environment.end()) return std::nullopt;
  std::string left = comparison.left.is_variable ? found->second : comparison.left.text;
  std::string right = comparison.right.is_variable ? found->second : comparison.right.text;
  // PEP 685: extras are compared by their normal form.
  if (variable == "extra")
    return compare(canonical_name(left), comparison.op, canonical_name(right));
  return compare(left, comparison.op, right);
}

static std::optional<bool> evaluate(const Marker::Part& part, const Environment& environment) {
  return part.comparison ? evaluate(*part.comparison, environment)
                         : evaluate(part.inner.front(), environment);
}

std::optional<bool> evaluate(const Marker& marker, const Environment& environment) {
  std::optional<bool> any = false;
  for (const std::vector<Marker::Part>& parts : marker.alternatives) {
    std::optional<bool> all = true;
    for (const Marker::Part& part : parts) {
      std::optional<bool> value = evaluate(part, environment);
      if (value == false) {
        all = false;
        break;
      }
      if (!value) all = std::nullopt;
    }
    if (all == true) return true;
    if (!all) any = std::nullopt;
  }
  return any;
}

}  // namespace trainlint
