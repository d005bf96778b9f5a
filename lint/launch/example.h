#pragma once

#include <string_view>

#include "lint/launch/launch.h"

namespace trainlint {

// What the first line of a rule's example asks for, where it is a command such as
// "trainlint check . -- --batch-size 64": the trainer's own arguments, split at blanks.
LaunchOptions options_of_example(std::string_view example);

}  // namespace trainlint
