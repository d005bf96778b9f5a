#pragma once

#include <string>

#include "lint/rule/package.h"

namespace trainlint {

// Stages as plain text, one fact a line, for people who work on trainlint and for golden tests.
// Other people's bytes are escaped; not a format for machines.
std::string dump_source(const SourceTree& tree);
std::string dump_launch(const Launch& launch);
std::string dump_graph(const Package& package);

}  // namespace trainlint
