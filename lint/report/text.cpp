#include <algorithm>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "lint/report/excerpt.h"
#include "lint/report/files.h"
#include "lint/report/printable.h"
#include "lint/report/report.h"
#include "lint/report/summary.h"
#include "lint/text/secret.h"

namespace trainlint {

// The SGR codes of terminals; all empty without colour.
struct Style {
  std::string_view error, warning, advice, bold, gutter, rule, off;
};
static constexpr Style plain = {};
static constexpr Style colored = {
    .error = "\033[1;31m",
    .warning = "\033[1;33m",
    .advice = "\033[1;36m",
    .bold = "\033[1m",
    .gutter = "\033[34m",
    .rule = "\033[2m",
    .off = "\033[0m",
};

static std::string_view color_of(Severity severity, const Style& style) {
  switch (severity) {
    case Severity::error:
      return style.error;
    case Severity::warning:
      return style.warning;
    case Severity::advice:
      return style.advice;
  }
  return style.off;
}

// Writes the findings of one package.
class Writer {
 public:
  Writer(const Package& package, const Style& style, const TextOptions& options, std::string& out)
      : package_(package), files_(package), style_(style), links_(options.links), out_(out) {}

  void head(const Finding& finding);
  void full(const Finding& finding);

 private:
  template <class... Arguments>
  void put(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }
  std::string located(const Place& place);
  std::string linked(std::string_view rule) const;
  bool source(const Place& place, size_t gutter, std::string_view caret_color);
  void note(const Note& note, size_t gutter);
  size_t gutter_of(const Finding& finding);

  const Package& package_;
  Files files_;
  const Style& style_;
  const std::string& links_;
  std::string& out_;
};

// "trainer/task.py:3:8", "fares.ipynb:cell 3:12:5", or the path alone for a file as a whole.
std::string Writer::located(const Place& place) {
  const std::optional<CellPlace> cell = files_.cell(place);
  std::string path = printable(shown_path(package_.root, cell ? cell->path : place.path));
  if (path.empty()) path += '.';
  if (cell) path += fmt::format(":cell {}", cell->cell);
  std::optional<Position> begin = files_.begin(place);
  return begin ? fmt::format("{}:{}:{}", path, begin->line, begin->column) : path;
}

// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda: OSC 8
std::string Writer::linked(std::string_view rule) const {
  if (links_.empty()) return std::string(rule);
  return fmt::format("\033]8;;{}#{}\033\\{}\033]8;;\033\\", links_, rule, rule);
}

void Writer::head(const Finding& finding) {
  put("{}{}{}: {}{}{}: {}{}{} {}[{}]{}\n", style_.bold, located(finding.place), style_.off,
      color_of(finding.severity, style_), to_string(finding.severity), style_.off, style_.bold,
      printable(finding.message), style_.off, style_.rule, linked(finding.rule), style_.off);
}

// The line on which the place begins, with carets below its first line; false when there is none.
bool Writer::source(const Place& place, size_t gutter, std::string_view caret_color) {
  std::optional<Position> begin = files_.begin(place);
  if (!begin) return false;
  const LineMap& lines = *files_.lines(place.path);
  const uint32_t number = lines.line_of(place.span->begin);  // `begin` may be in a cell
  const std::string line = without_secrets(std::string(lines.line_text(number)));
  // On later lines of a longer span nothing is underlined, nor is the blank before the line end.
  size_t text_end = line.find_last_not_of(" \t\f") + 1;
  size_t first = place.span->begin - lines.line_begin(number);
  size_t last = std::max<size_t>(place.span->end, place.span->begin) - lines.line_begin(number);
  if (last > line.size()) last = std::max(first, text_end);
  Excerpt excerpt = excerpt_of(line, first, last);
  put("{}{:>{}} |{}\n", style_.gutter, "", gutter, style_.off);
  put("{}{:>{}} |{}{}{}\n", style_.gutter, begin->line, gutter, style_.off,
      excerpt.text.empty() ? "" : " ", excerpt.text);
  put("{}{:>{}} |{} {:>{}}{}{:^>{}}{}\n", style_.gutter, "", gutter, style_.off, "", excerpt.indent,
      caret_color, "", excerpt.carets, style_.off);
  return true;
}

void Writer::note(const Note& note, size_t gutter) {
  put("{}{:>{}} ={} {}note{}: {}\n", style_.gutter, "", gutter, style_.off, style_.bold, style_.off,
      printable(note.message));
  if (!note.place) return;
  put("{}{:>{}}-->{} {}\n", style_.gutter, "", gutter, style_.off, located(*note.place));
  source(*note.place, gutter, style_.gutter);
}

// One width for all line numbers of a finding, so that its excerpts stand in one column.
size_t Writer::gutter_of(const Finding& finding) {
  uint32_t highest = 1;
  auto look = [&](const Place& place) {
    if (std::optional<Position> begin = files_.begin(place))
      highest = std::max(highest, begin->line);
  };
  look(finding.place);
  for (const Note& note : finding.notes)
    if (note.place) look(*note.place);
  return fmt::formatted_size("{}", highest);
}

void Writer::full(const Finding& finding) {
  head(finding);
  size_t gutter = gutter_of(finding);
  bool shown = source(finding.place, gutter, color_of(finding.severity, style_));
  if (shown && (!finding.notes.empty() || finding.fix))
    put("{}{:>{}} |{}\n", style_.gutter, "", gutter, style_.off);
  for (const Note& each : finding.notes) note(each, gutter);
  if (finding.fix) {
    put("{}{:>{}} ={} {}fix{}: {}\n", style_.gutter, "", gutter, style_.off, style_.bold,
        style_.off, printable(finding.fix->title));
  }
  out_ += '\n';
}

static std::string counted(size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// "2 errors, 1 warning in 1 package (6 files)"
static std::string summary_line(const Summary& summary, const Style& style) {
  std::string found;
  auto add = [&](size_t count, std::string_view one, std::string_view many,
                 std::string_view color) {
    if (count == 0) return;
    if (!found.empty()) found += ", ";
    found += fmt::format("{}{}{}", color, counted(count, one, many), style.off);
  };
  add(summary.errors, "error", "errors", style.error);
  add(summary.warnings, "warning", "warnings", style.warning);
  add(summary.advice, "advice", "advice", style.advice);
  if (summary.packages == 0 && !found.empty()) return found + "\n";  // in commands, job files alone
  if (found.empty()) found = "no problems";
  return fmt::format("{} in {} ({})\n", found, counted(summary.packages, "package", "packages"),
                     counted(summary.files, "file", "files"));
}

std::string text_report(std::span<const Run> runs, const TextOptions& options) {
  const Style& style = options.color ? colored : plain;
  std::string out;
  for (const Run& run : runs) {
    Writer writer(run.package, style, options, out);
    for (const Finding& finding : run.findings)
      options.concise ? writer.head(finding) : writer.full(finding);
  }
  return out += summary_line(summary_of(runs), style);
}

}  // namespace trainlint
