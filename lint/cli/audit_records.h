#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lint/text/result.h"

namespace trainlint {

// The records of an audit: JSON, one line a package or archive that was on the list. Members:
// "path" as it was listed; "content" and "rules", which say whether it would come out the same
// again; "status" as of `check`; "faults", why it could not be linted; "findings" and "packages" as
// in the report of `check`.
//
// By path; of several records of one path the one that is last in order of bytes, so that neither
// the order of files and lines nor repetition matters. A line that is cut off is no record.
using Records = std::map<std::string, std::string>;

Result<Records> read_records(const std::vector<std::string>& files);

// By path, the contents that the file has a record of, made by these rules. None where there is no
// such file: it may be before the first run.
std::set<std::pair<std::string, std::string>> recorded_contents(const std::string& file,
                                                                const std::string& rules);

// How many were linted with what outcome, and in how many each rule found something, the most
// frequent first.
std::string summary_of(const Records& records);

}  // namespace trainlint
