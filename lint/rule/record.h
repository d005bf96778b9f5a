#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

// The RECORD of a wheel: a line of comma-separated values for every file
// (packaging.python.org/en/latest/specifications/recording-installed-packages/).

struct RecordRow {
  std::string path;
  std::string hash;  // "sha256=..."; "" for RECORD itself
  Span span;         // of the line
};

std::vector<RecordRow> parse_record(std::string_view text);

// "sha256=..." of a text, in the form of a RECORD: URL-safe base64 without padding.
std::string record_hash(std::string_view content);

}  // namespace trainlint
