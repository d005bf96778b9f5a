#pragma once

#include <span>

#include "lint/project/interpreter.h"

namespace trainlint {

// Functions of Python and its libraries that are modelled, by subject.
std::span<const LibraryEntry> builtin_functions();
std::span<const LibraryEntry> sequence_functions();
std::span<const LibraryEntry> file_functions();
std::span<const LibraryEntry> path_functions();
std::span<const LibraryEntry> regex_functions();
std::span<const LibraryEntry> setuptools_functions();

// The result of a modelled function whose arguments do not let it be carried out.
PyValue not_known(Interpreter& interpreter, const PyArguments& arguments, std::string_view what);

// The text of a str or path argument; nullopt for anything else.
std::optional<std::string> path_text(const PyValue* value);
// The path of a function's one argument.
std::optional<std::string> only_path(const PyArguments& arguments);
// No such folder is there when setup.py runs, nor one that no source tree lists.
bool is_surely_absent(const Interpreter& interpreter, const std::string& folder);
// Is a path of the tree a file or folder? nullopt when that is not known.
std::optional<bool> path_exists(Interpreter& interpreter, std::string_view path, bool files,
                                bool folders);

}  // namespace trainlint
