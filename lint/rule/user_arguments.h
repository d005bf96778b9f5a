#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/rule/command_line.h"

namespace trainlint {

// The user arguments of a launch, as the trainer's own parser takes them: those of trainlint's own
// command line, and those of the commands in scripts that start the entry module. Of words that
// only the running shell knows nothing is said.

enum class UserFault : uint8_t {
  none,
  unknown_option,    // unrecognized arguments
  swallowed,         // parse_known_args() leaves them, and nobody looks at what is left
  missing,           // the following arguments are required
  value_for_switch,  // --flag=true or --flag true, for an option that takes no value
  other,             // any other error of argparse
};

struct JudgedArguments {
  UserFault fault = UserFault::none;
  Judgement judgement;
  const Parse* parse = nullptr;
  std::string word;                // the word at fault: "--num_epochs", "true"
  const Option* option = nullptr;  // that it is about
  Place place;                     // of the word in a script, else where the parser reads
};

// One for each command; none where the parser is not known well enough.
std::vector<JudgedArguments> judge_user_arguments(const Package& package);

// "args, rest = parser.parse_known_args()": is `rest` a name that is used nowhere else?
bool rest_is_dropped(const Package& package, const Parse& parse);

// The first word that a comma has cut off a value in a custom job's --args: "b" of
// "--columns=a,b", with the place of the whole list. nullopt where there is none. A list of words
// is written with several: "--columns,a,b".
std::optional<CommandWord> cut_off_by_comma(const GcloudCommand& command);

// Reports each command that is refused for such a fault, in argparse's words.
void report_refusals(const Package& package, Report& report, UserFault fault);

}  // namespace trainlint
