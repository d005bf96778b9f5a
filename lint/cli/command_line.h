#pragma once

#include <span>
#include <string>

#include "lint/pipeline.h"

namespace trainlint {

// What each package's parser makes of the trainer's own arguments, for people: accepted, with what
// every destination receives, or argparse's error; "" where no arguments were given.
std::string command_line_report(std::span<const Run> runs);

}  // namespace trainlint
