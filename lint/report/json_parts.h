#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

#include "lint/finding/finding.h"
#include "lint/report/files.h"
#include "lint/rule/package.h"

namespace trainlint {

// For the reports that are JSON and the language server; nothing else includes the JSON library.
using Json = nlohmann::ordered_json;  // members in the order in which the format describes them

// Bytes that are not UTF-8 become U+FFFD.
inline std::string written(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}
inline std::string written_on_one_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

// A finding as the JSON report has it.
Json finding_json(Files& files, const Package& package, const Finding& finding);

}  // namespace trainlint
