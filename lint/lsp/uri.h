#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trainlint {

// The path that a "file:" URI names, without a slash at its end; nothing for other URIs, which no
// package can hold ("untitled:Untitled-1", "git:/...").
std::optional<std::string> path_of_uri(std::string_view uri);

// The path by which the system knows a file, links followed as far as it is there.
std::string canonical_path(const std::string& path);

}  // namespace trainlint
