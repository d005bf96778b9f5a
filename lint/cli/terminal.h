#pragma once

#include <string>
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

bool stdout_is_terminal();
bool stderr_is_terminal();

// Replaces what stands on stderr's current line, cut to its width; "" leaves the line empty.
void show_transient_line(std::string_view text);

// A program that is interrupted (Ctrl-C) still ends by the signal, as shells expect; before that it
// takes the transient line and colours from the terminal.
void clean_terminal_when_interrupted();

// Where the terminal makes links: the address of the rule reference that is installed with this
// program, to be followed by "#RULE"; else "".
std::string rule_reference_link(ColorChoice choice);

// The choice on the command line, then NO_COLOR (no-color.org), FORCE_COLOR, then the terminal.
bool use_color(ColorChoice choice);

}  // namespace trainlint
