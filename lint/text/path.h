#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace trainlint {

// Paths as os.path treats them on POSIX, without looking at any file system.
std::string join_path(std::string_view folder, std::string_view name);
// "./a//b/../c/" -> "a/c"; "" and "." -> ""; what leaves the root keeps its "..".
std::string normal_path(std::string_view path);
// The parts before and after the last slash, as os.path.split() gives them.
std::pair<std::string_view, std::string_view> split_path(std::string_view path);
// `path` as seen from `folder`; both below the same root.
std::string relative_path(std::string_view path, std::string_view folder);

// "a/b" for "a/b/c", "" for a path without '/'.
std::string parent_folder(std::string_view path);
// "c" for "a/b/c".
std::string_view file_name(std::string_view path);

}  // namespace trainlint
