#pragma once

#include <string_view>

#include "lint/cli/options.h"

namespace trainlint {

// What differs between operating systems about standard output.

// A reader who leaves early ("trainlint | head") must not end the program by a signal.
void ignore_broken_pipes();

// Writes to stdout and gives back the exit status: `status`, or 2 when it could not be written. A
// reader who has gone is no fault.
int print(std::string_view text, int status);

// One line on stderr: "trainlint: ...".
void complain(std::string_view message);

// The choice on the command line, then NO_COLOR (no-color.org), FORCE_COLOR, then the terminal.
bool use_color(ColorChoice choice);

}  // namespace trainlint
