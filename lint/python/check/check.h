#pragma once

#include <string_view>
#include <vector>

#include "lint/python/module.h"
#include "lint/python/source_text.h"

namespace trainlint {

// What check_syntax does, for text that is decoded already.
std::vector<SyntaxFault> check_source(const SourceText& source, std::string_view bytes,
                                      PythonVersion target);

}  // namespace trainlint
