#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/finding/finding.h"
#include "lint/lsp/workspace.h"

namespace trainlint {

// The text of a file of the run, which spans of findings in it count bytes of; null when there is
// none to be had.
Bytes text_of(const FileInRun& file);

// The edit that writes a comment which suppresses a finding: behind its statement, in the comment
// that is there already, or above it. Nothing where no comment can, as in a JSON file or for a
// finding about a file as a whole.
std::optional<Edit> ignore_edit(const FileInRun& file, std::string_view text,
                                const Finding& finding);

}  // namespace trainlint
