#pragma once

#include <string>
#include <vector>

#include "lint/lsp/workspace.h"

namespace trainlint {

// A word of a job file or of a command in a script, and the option of the trainer that takes it.
struct OptionLink {
  Span span;           // in the file
  std::string option;  // "--epochs"
  Place place;         // where it is added, below the package's root
};

// None where the trainer's parser is not known well enough.
std::vector<OptionLink> option_links(const FileInRun& file);

}  // namespace trainlint
