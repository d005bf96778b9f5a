#pragma once

#include <optional>
#include <string>

#include "lint/rule/command_line.h"

namespace trainlint {

// The user arguments of a launch, as the trainer's own parser takes them.

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
};

// nullopt where there are no user arguments, or where the parser is not known well enough.
std::optional<JudgedArguments> judge_user_arguments(const Package& package);

}  // namespace trainlint
