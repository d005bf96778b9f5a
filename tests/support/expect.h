#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lint/finding/finding.h"
#include "lint/launch/launch.h"

// What a fixture says that trainlint must find in it (fixtures/README.md tells the form), and the
// comparison with what was found.

namespace trainlint {

// A claim: this rule has a finding here.
struct Mark {
  std::string path;
  uint32_t line = 0;    // 1-based; 0: the finding has no line
  uint32_t column = 0;  // 1-based, in code points; 0: anywhere on the line
  uint32_t width = 0;
  std::string rule;
  std::optional<Severity> severity;  // absent: the rule's own
  std::string text;                  // part of the message
  std::string where;                 // file and line in which the mark is written
};

struct Expectations {
  std::vector<Mark> marks;
  LaunchOptions options;
  bool folder_only = false;         // an archive of all its files would be another package
  std::vector<std::string> faults;  // marks that cannot be read, with their place
};

// Reads the marks of a fixture's files, and its file "expect".
Expectations read_expectations(const std::map<std::string, std::string>& files);

// A finding as marks see it; paths below the fixture's folder.
struct Seen {
  std::string path;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t width = 0;  // 0 for a span of several lines
  std::string rule;
  Severity severity = Severity::error;
  bool own_severity = true;  // as the rule's
  std::string message;
};

// Every finding that no mark claims, and every mark that no finding meets, one a line with the
// mark that one would have to write; "" when there is none.
std::string mismatches(const std::string& fixture, const Expectations& expectations,
                       const std::vector<Seen>& findings);

}  // namespace trainlint
