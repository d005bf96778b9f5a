#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/text/span.h"

namespace trainlint {

// One word of a command, as the shell would hand it to the program.
struct CommandWord {
  std::string text;  // without the shell's quoting; what is unknown stands there as it is written
  size_t unknown_from = std::string::npos;  // bytes of `text` before the first part that only the
                                            // running shell knows; npos where all is known
  bool splits = false;                      // unquoted and unknown: none, one or several words
  Span span;                                // in the script; empty for words of a command line

  bool known() const { return unknown_from == std::string::npos; }
};

enum class GcloudKind : uint8_t {
  submit_training,  // gcloud ai-platform jobs submit training, also as ml-engine
  local_train,      // gcloud ai-platform local train
  custom_job,       // gcloud ai custom-jobs create
  local_run,        // gcloud ai custom-jobs local-run
  hp_tuning_job,    // gcloud ai hp-tuning-jobs create
};

struct GcloudFlag {
  std::string name;                  // "--module-name", as the table has it
  std::optional<CommandWord> value;  // none for a switch; `span` covers the value only
  Span span;                         // of the flag's name
};

enum class GcloudFaultKind : uint8_t {
  unknown_flag,  // gcloud: unrecognized arguments
  value,         // a flag's value is missing, superfluous or not what the flag takes
  combination,   // a flag is missing, or two exclude each other
  operand,       // a word that is no flag: one too many, or the job's name is missing
};

// Why gcloud's parser ends with status 2 before it has done anything.
struct GcloudFault {
  GcloudFaultKind kind;
  Span span;
  std::string message;
  std::string word;  // the flag or the word it is about
};

struct GcloudCommand {
  GcloudKind kind;
  bool beta = false;  // "gcloud beta ..." or "gcloud alpha ..."
  std::optional<CommandWord> job;
  std::vector<GcloudFlag> flags;
  std::vector<CommandWord> user_arguments;  // after "--"
  bool open = false;                        // a word may stand for flags that cannot be seen
  std::vector<GcloudFault> faults;

  // The last value of a flag, when it is given; of an unknown word too.
  const CommandWord* value_of(std::string_view flag) const;
};

// Reads a command as gcloud's own parser does: rules/facts/gcloud.toml has its flags. nullopt when
// the words are none of the commands above, or cannot be seen to be one.
std::optional<GcloudCommand> read_gcloud_command(std::span<const CommandWord> words);

// The flags that gcloud takes in such a command.
std::vector<std::string> gcloud_flag_names(const GcloudCommand& command);

// The elements of a list or dict as gcloud splits it: at commas, or as "^;^a;b" says.
std::vector<std::string_view> gcloud_list(std::string_view value);

// What two values of a flag that adds up have in common, which gcloud refuses: an element of a
// list, or a key of labels; "" when nothing.
std::string gcloud_repeated_element(std::string_view kind, std::string_view first,
                                    std::string_view second);

// Why gcloud refuses a flag's value, as it goes on after "--flag: "; "" where it takes it. `kind`
// is the table's word for the type of value.
std::string gcloud_value_fault(std::string_view kind, std::span<const std::string_view> choices,
                               std::string_view value);

}  // namespace trainlint
