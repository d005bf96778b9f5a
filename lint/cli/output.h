#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/report/location.h"
#include "lint/text/result.h"

namespace trainlint {

Result<std::string> read_whole_file(const std::string& path);
std::string read_stdin();

// Writes a file whole or leaves what was there: by way of a new file beside it. A device or a pipe
// is written to directly. Gives back why it could not be done.
std::optional<Error> write_file(const std::string& path, std::string_view text);

// Adds to the end of a file that others write to as well.
std::optional<Error> append_to_file(const std::string& path, std::string_view text);

// The current folder, and the repository that a CI system says to be around it.
Surroundings surroundings();

}  // namespace trainlint
