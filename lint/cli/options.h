#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "lint/config/config.h"
#include "lint/finding/finding.h"
#include "lint/launch/launch.h"
#include "lint/report/report.h"

namespace trainlint {

enum class Command : uint8_t {
  check,
  submit,
  explain,
  rules,
  graph,
  dump,
  config,
  hook,
  lsp,
  audit
};
enum class Format : uint8_t { text, json, dot, mermaid };  // of rules and graph
enum class ColorChoice : uint8_t { automatic, always, never };

// A report to write to a file.
struct Output {
  ReportFormat format = ReportFormat::text;
  std::string file;
};

// What the command line says, defaults filled in.
struct Options {
  Command command = Command::check;
  std::vector<std::string> paths;
  Format format = Format::text;
  ReportFormat report_format = ReportFormat::text;  // of check, on stdout
  std::vector<Output> outputs;
  ColorChoice color = ColorChoice::automatic;
  Layer flags;              // settings given as flags
  std::string config_file;  // --config
  bool isolated = false;    // --no-config
  LaunchOptions launch;
  std::string rule;                        // of explain
  bool dry_run = false;                    // of submit
  std::optional<GcloudCommand> submitted;  // of submit: alone is judged, with what it packs
  std::shared_ptr<const std::string> submitted_text;  // in which its spans are
  std::string stage;                                  // of dump and config
  std::string stdin_name;  // --stdin-filename: the file whose text is on stdin, for the path "-"
  bool write_baseline = false;
  bool check_baseline = false;
  bool given_files = false;    // of hook: paths are files of a repository, and may be gone
  bool changed_files = false;  // of hook: git says which
  bool fix = false;            // --fix: make the safe changes
  bool unsafe_fixes = false;   // --unsafe-fixes: with --fix or --diff, the others as well
  bool diff = false;           // --diff: show the changes instead of making them
  bool statistics = false;
  bool show_files = false;
  std::string records;  // --records of audit: the file to add to; "" is stdout
  std::string shard;    // --shard: "I/N", "/N" or ""
  bool resume = false;  // --resume: leave out what the file has
};

// The command line asked for nothing but this text, or was wrong.
struct Answer {
  int status = 0;
  std::string out;  // for stdout
  std::string err;  // for stderr, one line without its end
};

// `arguments` without the program's name. Those after "--" are the trainer's own.
std::variant<Options, Answer> parse_command_line(std::vector<std::string> arguments);

}  // namespace trainlint
