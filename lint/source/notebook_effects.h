#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/source/notebook.h"

namespace trainlint {

// What the cells do to files by other means than %%writefile, as far as plain text shows it.

// The current folder, from the notebook's own: nullopt when it is not known.
using CurrentFolder = std::optional<std::string>;

// A path as a cell writes it, from the notebook's folder; nullopt for one that is not known or
// leads out of it.
std::optional<std::string> path_in(const CurrentFolder& folder, std::string_view written);
// The current folder after a change to another.
CurrentFolder folder_after(const CurrentFolder& folder, std::string_view written);

// The effects of the commands of a script.
void note_script(std::string_view script, CurrentFolder folder, NotebookContent& content);
// Those of a line of Python.
void note_python(std::string_view line, CurrentFolder& folder, NotebookContent& content);

}  // namespace trainlint
