#pragma once

#include <string_view>

namespace trainlint {

// Whether a pattern of .gitignore (without '!') takes a file, or a folder in which it lies: "a.py"
// anywhere, "data/" a folder of that name, "/a" and "a/b" from the top, "**" any folders between.
// `path` is relative to the top, with '/'.
bool ignore_match(std::string_view pattern, std::string_view path);

}  // namespace trainlint
