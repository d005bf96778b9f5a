// The gate in front of gcloud: lints what a command would upload, then becomes that command.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "lint/cli/commands.h"
#include "lint/cli/submitted.h"
#include "lint/cli/terminal.h"
#include "lint/launch/gcloud.h"

namespace trainlint {

static std::vector<CommandWord> words_of(const std::vector<std::string>& arguments) {
  std::vector<CommandWord> words;
  for (const std::string& argument : arguments) words.push_back({.text = argument});
  return words;
}

// Only returns when gcloud cannot be started.
static int become(const std::vector<std::string>& command) {
  std::fflush(nullptr);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  complain(fmt::format("cannot start '{}': {}", command[0], std::strerror(errno)));
  return 2;
}

static int run_or_show(const Options& options, const std::vector<std::string>& command) {
  if (!options.dry_run) return become(command);
  complain("nothing was found that stops the job; --dry-run: gcloud is not started");
  return 0;
}

// The report goes to stderr: stdout is gcloud's, and may be read by a program.
static int check_on_stderr(const Options& options) {
  const int own = dup(STDOUT_FILENO);
  if (own < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) return check(options);
  const int status = check(options);
  std::fflush(stdout);
  dup2(own, STDOUT_FILENO);
  close(own);
  return status;
}

int submit(const Options& options) {
  const std::vector<std::string>& command = options.launch.user_arguments;
  if (command.empty()) {
    complain(
        "a command is wanted after '--': trainlint submit -- gcloud ai custom-jobs create ...");
    return 2;
  }
  const std::vector<CommandWord> words = words_of(command);
  std::optional<GcloudCommand> read = read_gcloud_command(words);
  if (!read) {
    complain(
        fmt::format("'{}' is no gcloud command that submits training; trainlint does not run it",
                    fmt::join(command, " ")));
    return 2;
  }
  for (const GcloudFault& fault : read->faults)
    complain(fmt::format("gcloud would refuse this command: {}", fault.message));
  if (!read->faults.empty()) return 1;
  std::optional<Options> uploaded = options_of_command(*read, options);
  if (!uploaded) {
    complain("no code is packed by this command, so none is checked");
    return run_or_show(options, command);
  }
  const int status = check_on_stderr(*uploaded);
  return status == 0 ? run_or_show(options, command) : status;
}

}  // namespace trainlint
