#pragma once

#include <map>
#include <string>

#include "lint/finding/finding.h"
#include "lint/report/files.h"

namespace trainlint {

// What a finding is about, in words that stay the same when its lines move and when the wording of
// its message changes: the source text it underlines, then the user's words that its message
// quotes.
std::string symbol_of(Files& files, const Finding& finding);

// Names findings across runs: by rule, file and symbol, and of several equal ones by their order.
class Fingerprints {
 public:
  // `path` is the file's, as seen from the repository. 16 hexadecimal digits, unique in a report.
  std::string next(std::string_view rule, std::string_view path, std::string_view symbol);

 private:
  std::map<std::string, size_t> seen_;
};

}  // namespace trainlint
