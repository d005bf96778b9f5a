#pragma once

#include <functional>
#include <map>
#include <string>

#include "lint/report/json_parts.h"
#include "lint/report/location.h"

namespace trainlint {

// Diagnostics of the language server protocol (LSP 3.17): lines from 0, columns in UTF-16 code
// units.

// A byte offset as a Position.
Json position_in(const LineMap& lines, uint32_t offset);
// A place as a Range; of a file as a whole, or in an archive, its first character.
Json range_in(Files& files, const Place& place, bool in_archive = false);

struct DiagnosticForm {
  Surroundings around;
  bool related = true;  // notes with a place go to relatedInformation, else into the message
  // The URI of an absolute path; file_uri() where none is given.
  std::function<std::string(const std::string& path)> uri;
};

// "file:///..." for an absolute path.
std::string file_uri(std::string_view path);

// The findings of a run by the absolute path of the file they are published for. The package's
// Python files without findings are there too: what an editor shows of an earlier run must go.
std::map<std::string, Json> diagnostics_of(const Run& run, const DiagnosticForm& form);

}  // namespace trainlint
