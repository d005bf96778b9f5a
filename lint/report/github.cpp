#include <fmt/format.h>

#include "lint/report/formats.h"
#include "lint/report/printable.h"
#include "lint/report/summary.h"

namespace trainlint {

// Workflow commands have an escape of their own: percent signs and line ends, and in the
// properties before the second "::" also colons and commas.
static std::string command_text(std::string_view text, bool property) {
  std::string escaped;
  for (char c : text) {
    bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (special)
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      escaped += c;
  }
  return escaped;
}

// Control characters and what is no UTF-8 shown, the lines kept.
static std::string printable_lines(std::string_view text) {
  std::string lines;
  for (;;) {
    size_t end = std::min(text.find('\n'), text.size());
    lines += printable(text.substr(0, end));
    if (end == text.size()) return lines;
    lines += '\n';
    text.remove_prefix(end + 1);
  }
}

static std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::advice:
      return "notice";
  }
  return "notice";
}

static std::string command_of(const Finding& finding, const FileLocation& location) {
  std::string line = fmt::format("::{} file={}", command_of(finding.severity),
                                 command_text(printable(location.path), true));
  if (location.begin && location.end) {
    line += fmt::format(",line={},endLine={}", location.begin->line, location.end->line);
    // Columns are for a part of one line only.
    if (location.begin->line == location.end->line)
      line += fmt::format(",col={},endColumn={}", location.begin->column, location.end->column);
  }
  std::string text = printable_lines(message_with_notes(finding, location));
  return line + fmt::format(",title={}::{}\n", finding.rule, command_text(text, false));
}

std::string github_report(std::span<const Run> runs, const ReportOptions& options) {
  std::string out;
  for (const Run& run : runs) {
    Files files(run.package);
    for (const Finding& finding : run.findings)
      out += command_of(finding, location_of(files, run, finding.place, options.around));
  }
  return out;
}

// A cell of a Markdown table, nothing in it markup: character references for all that could be.
static std::string cell(std::string_view text) {
  std::string escaped;
  for (char c : printable(text)) {
    if (std::string_view("\\`*_<>|[]&#~@").find(c) != std::string_view::npos)
      escaped += fmt::format("&#{};", static_cast<int>(c));
    else
      escaped += c;
  }
  return escaped;
}

static std::string row(const Finding& finding, const FileLocation& location) {
  std::string place = location.path;
  if (location.begin) place += fmt::format(":{}", location.begin->line);
  return fmt::format("| {} | {} | {} | {} |\n", to_string(finding.severity), cell(place),
                     cell(located_message(location, finding.message)), finding.rule);
}

std::string step_summary(std::span<const Run> runs, const ReportOptions& options) {
  static constexpr size_t most = 500;  // rows; GitHub refuses a summary above 1 MiB
  Summary summary = summary_of(runs);
  std::string text = fmt::format(
      "### trainlint\n\n{} errors, {} warnings, {} advice in {} packages ({} files)\n",
      summary.errors, summary.warnings, summary.advice, summary.packages, summary.files);
  size_t rows = 0;
  for (const Run& run : runs) {
    Files files(run.package);
    for (const Finding& finding : run.findings) {
      if (rows == 0) text += "\n| severity | place | finding | rule |\n|---|---|---|---|\n";
      if (++rows <= most)
        text += row(finding, location_of(files, run, finding.place, options.around));
    }
  }
  if (rows > most) text += fmt::format("\nand {} more\n", rows - most);
  return text + "\n";
}

}  // namespace trainlint
