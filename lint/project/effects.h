#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trainlint {

// Which calls of a setup.py may leave new modules in the tree before it is packed.

// A function by its full name ("subprocess.call", "numpy.get_include", a builtin's bare name) with
// the words of its first argument, as far as they are known.
bool may_write_modules(std::string_view function, const std::vector<std::string>& words);

// A method of an object that is not known: "write_text", "extractall".
bool method_writes_files(std::string_view name);

// Opens with this mode make or change the file.
bool is_writing_mode(std::string_view mode);

}  // namespace trainlint
