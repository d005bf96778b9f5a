// The gate in front of gcloud: lints what a command would upload, then becomes that command.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "lint/cli/commands.h"
#include "lint/cli/submitted.h"
#include "lint/cli/terminal.h"
#include "lint/launch/commands.h"
#include "lint/launch/gcloud.h"
#include "lint/launch/shell.h"

namespace trainlint {

// The command as a shell would take it, so that findings have a place in it.
static std::string shell_quoted(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& argument : arguments) {
    if (!text.empty()) text += ' ';
    const bool plain =
        !argument.empty() && std::all_of(argument.begin(), argument.end(), [](char c) {
          return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                 std::string_view("-_=+:,./@%").find(c) != std::string_view::npos;
        });
    if (plain) {
      text += argument;
      continue;
    }
    text += '\'';
    for (char c : argument) c == '\'' ? text += "'\\''" : text += c;
    text += '\'';
  }
  return text;
}

static bool are(const std::vector<CommandWord>& words, const std::vector<std::string>& arguments) {
  return std::equal(words.begin(), words.end(), arguments.begin(), arguments.end(),
                    [](const CommandWord& word, const std::string& argument) {
                      return word.known() && word.text == argument;
                    });
}

// With their places in the text, where it can be read back.
static std::vector<CommandWord> words_of(const std::vector<std::string>& arguments,
                                         const std::string& text) {
  for (std::vector<CommandWord>& words : shell_commands(text, "gcloud"))
    if (are(words, arguments)) return std::move(words);
  std::vector<CommandWord> words;
  for (const std::string& argument : arguments) words.push_back({.text = argument});
  return words;
}

static bool asks_for_help(const std::vector<std::string>& arguments) {
  const auto own = std::find(arguments.begin(), arguments.end(), "--");
  return std::any_of(arguments.begin(), own, [](const std::string& argument) {
    return argument == "--help" || argument == "-h";
  });
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
  const auto text = std::make_shared<const std::string>(shell_quoted(command));
  std::optional<GcloudCommand> read = read_gcloud_command(words_of(command, *text));
  if (!read && command[0].ends_with("gcloud") && asks_for_help(command)) return become(command);
  if (!read) {
    complain(
        fmt::format("'{}' is no gcloud command that submits training; trainlint does not run it",
                    fmt::join(command, " ")));
    return 2;
  }
  read_args(*read);
  Options uploaded = options_of_command(*read, options);
  uploaded.submitted_text = text;
  const int status = check_on_stderr(uploaded);
  if (status == 0 && uploaded.paths.empty() && uploaded.launch.package_path.empty())
    complain("no code is packed by this command, so none is checked");
  return status == 0 ? run_or_show(options, command) : status;
}

}  // namespace trainlint
