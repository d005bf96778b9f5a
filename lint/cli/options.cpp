#include "lint/cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <utility>

#include "lint/cli/flags.h"
#include "lint/cli/version.h"
#include "lint/python/known_pythons.h"
#include "lint/rule/import_failure.h"

namespace trainlint {

namespace {

constexpr std::string_view commands[] = {"check", "submit", "explain", "rules", "graph",
                                         "dump",  "config", "hook",    "lsp",   "audit"};

constexpr const char* overview =
    "\nA PATH without a command is linted: 'trainlint trainer' is 'trainlint check trainer';\n"
    "'trainlint' alone lints the current folder. What follows '--' are the trainer's own\n"
    "arguments. 'trainlint COMMAND --help' shows a command's options.\n\n"
    "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run.";

bool is_command(const std::string& word) {
  return std::find(std::begin(commands), std::end(commands), word) != std::end(commands);
}

Command command_of(const CLI::App& app) {
  const std::string name = app.get_subcommands().front()->get_name();
  auto found = std::find(std::begin(commands), std::end(commands), name);
  return static_cast<Command>(found - std::begin(commands));
}

Answer usage_fault(std::string message) {
  std::replace(message.begin(), message.end(), '\n', ' ');
  return {2, "", fmt::format("{} (see 'trainlint --help')", message)};
}

std::string advice(const std::string& word, const std::vector<std::string>& known) {
  std::optional<std::string> near = nearest_name(word, known);
  return near ? fmt::format("; did you mean '{}'?", *near) : "";
}

// "--formt": there is no such flag, but perhaps a near one of the command or of the program.
std::string extras_fault(const CLI::App& app, const std::string& command,
                         const CLI::ParseError& error) {
  const std::string_view message = error.what();
  const size_t dashes = message.find("--");
  if (dashes == std::string_view::npos || !is_command(command)) return error.what();
  const size_t end = std::min(message.find_first_of(" =", dashes), message.size());
  const std::string flag(message.substr(dashes, end - dashes));
  std::vector<std::string> flags{"--version"};
  for (const CLI::Option* option : app.get_subcommand(command)->get_options())
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  return fmt::format("'trainlint {}' has no flag '{}'{}", command, flag, advice(flag, flags));
}

// "chek" is a path to the parser: a command, if one is that near and no file is there.
std::string command_fault(const Options& options) {
  std::error_code error;
  if (options.command != Command::check || options.paths.empty()) return "";
  const std::string& first = options.paths.front();
  if (std::filesystem::exists(first, error)) return "";
  std::vector<std::string> words{std::begin(commands), std::end(commands)};
  words.emplace_back("help");
  std::string near = advice(first, words);
  return near.empty() ? "" : fmt::format("'{}' does not exist{}", first, near);
}

std::variant<Options, Answer> finished(const CLI::App& app, Raw raw) {
  Options& options = raw.options;
  options.command = command_of(app);
  if (options.command == Command::graph && options.format == Format::text)
    options.format = Format::dot;
  const std::string& module = options.launch.module_name;
  if (("." + module + ".").find("..") != std::string::npos && !module.empty())
    return usage_fault(
        fmt::format("--module-name: '{}' is no module such as trainer.task", module));
  if (!raw.python_version.empty()) {
    options.launch.python_version = parse_python_version(raw.python_version);
    if (!options.launch.python_version)
      return usage_fault(fmt::format("--python-version: '{}' is no Python version such as 3.10",
                                     raw.python_version));
    if (!is_known_python(*options.launch.python_version))
      return usage_fault(fmt::format("--python-version: trainlint knows {}, not {}", known_pythons,
                                     raw.python_version));
  }
  for (const auto& [name, text] : raw.flags) {
    Result<Setting> setting = parse_setting(*find_key(name), text, "--" + name);
    if (!setting) return usage_fault(setting.error());
    options.flags.push_back(std::move(*setting));
  }
  if (std::string fault = command_fault(options); !fault.empty()) return usage_fault(fault);
  if (options.unsafe_fixes && !options.fix && !options.diff)
    return usage_fault("--unsafe-fixes needs --fix or --diff");
  if (options.fix && !options.stdin_name.empty())
    return usage_fault("--fix changes files, and standard input is none");
  options.given_files = options.command == Command::hook;
  if (options.paths.empty() && options.command == Command::audit) options.paths.emplace_back("-");
  if (options.paths.empty() && !options.given_files) options.paths.emplace_back(".");
  return std::move(options);
}

// "help" and "help check" ask what "--help" and "check --help" do, unless that is a path.
void turn_help_into_flag(std::vector<std::string>& arguments) {
  std::error_code error;
  if (arguments.empty() || arguments.front() != "help" || std::filesystem::exists("help", error))
    return;
  arguments.erase(arguments.begin());
  const bool of_command = !arguments.empty() && is_command(arguments.front());
  arguments.resize(of_command ? 1 : 0);
  arguments.emplace_back("--help");
}

// Puts "check" in front where no command is named.
void name_command(std::vector<std::string>& arguments) {
  static constexpr std::string_view questions[] = {"--help", "-h", "--version"};
  auto first_in = [&](const auto& words) {
    return std::find(std::begin(words), std::end(words), arguments.front()) != std::end(words);
  };
  if (arguments.empty() || (!first_in(commands) && !first_in(questions)))
    arguments.insert(arguments.begin(), "check");
}

}  // namespace

std::variant<Options, Answer> parse_command_line(std::vector<std::string> arguments) {
  Raw raw;
  auto own = std::find(arguments.begin(), arguments.end(), "--");
  // A hook's files follow "--", since a name may begin with a dash.
  if (own != arguments.end() && arguments.front() == "hook") {
    raw.options.paths.assign(own + 1, arguments.end());
    arguments.erase(own, arguments.end());
  } else if (own != arguments.end()) {
    raw.options.launch.user_arguments.assign(own + 1, arguments.end());
    arguments.erase(own, arguments.end());
  }
  turn_help_into_flag(arguments);
  name_command(arguments);
  const std::string command = arguments.front();
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back

  CLI::App app("Finds what breaks a Python trainer package on the training worker, before it runs.",
               "trainlint");
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  add_commands(app, raw);
  app.footer(overview);  // last, or every command would inherit it
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    std::ostringstream out, err;
    if (app.exit(error, out, err) == 0) return Answer{0, out.str(), ""};
    const bool extra = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
    return usage_fault(extra ? extras_fault(app, command, error) : error.what());
  }
  return finished(app, std::move(raw));
}

}  // namespace trainlint
