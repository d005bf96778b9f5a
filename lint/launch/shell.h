#pragma once

#include <string_view>
#include <vector>

#include "lint/launch/gcloud.h"

namespace trainlint {

// The commands called `program` in a shell script, in order, as words: quotes and escapes taken
// away, variables that the script sets once, at its top level, replaced. `spans` of the words are
// bytes of `text`. Bytes that are no shell script do no harm: they are no command.
std::vector<std::vector<CommandWord>> shell_commands(std::string_view text,
                                                     std::string_view program);

// Whether one of gcloud's commands that train may be in a text: words that each of them has.
bool may_train(std::string_view text);

// The shell commands that a file holds, each where it is there, with blanks instead of all else:
// the fenced blocks of Markdown, the recipes of a makefile, RUN of a Dockerfile, the scripts of a
// CI file; a shell script as it is. "" for a file that is none of these. What comes after the last
// command that may train can be left out.
std::string shell_text(std::string_view file_name, std::string_view text);

}  // namespace trainlint
