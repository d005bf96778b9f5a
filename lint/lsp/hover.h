#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lint/lsp/workspace.h"

namespace trainlint {

// What a rule is about and why, as Markdown; "" when there is no such rule.
std::string rule_text(std::string_view rule);

// What there is to say about a byte of a file, as Markdown: the findings there, and what an import
// resolves to on the worker. "" when there is nothing.
std::string hover_text(const FileInRun& file, uint32_t offset);

}  // namespace trainlint
