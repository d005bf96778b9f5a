#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/project/pep440.h"
#include "lint/text/result.h"

namespace trainlint {

// Dependency specifiers: https://packaging.python.org/en/latest/specifications/
// dependency-specifiers/ (PEP 508). The reference is `packaging` from release 22 on.

// "python_version", "sys_platform", ... and "extra" -> what it is on some machine. A variable that
// is not in it is not known.
using Environment = std::map<std::string, std::string>;

struct MarkerOperand {
  bool is_variable = false;
  std::string text;  // the variable's name with '_' for '.', or the quoted text
};

struct MarkerComparison {
  MarkerOperand left;
  std::string op;  // "<=", "in", "not in", "~=", ...
  MarkerOperand right;
};

// Or of ands: `alternatives` of `parts`, each a comparison or a marker in parentheses.
struct Marker {
  struct Part {
    std::optional<MarkerComparison> comparison;
    std::vector<Marker> inner;  // one when there is no comparison
  };
  std::vector<std::vector<Part>> alternatives;
};

struct ParsedRequirement {
  std::string name;
  std::vector<std::string> extras;  // as written
  SpecifierSet specifiers;
  std::string url;  // "name @ url"; empty otherwise
  std::optional<Marker> marker;
};

// The error says what was expected and at which character.
Result<ParsedRequirement> parse_requirement(std::string_view text);
Result<Marker> parse_marker(std::string_view text);

// Nothing when it hangs on a variable that is not known or on a comparison without a meaning.
std::optional<bool> evaluate(const Marker& marker, const Environment& environment);

}  // namespace trainlint
