#include "tests/support/expect.h"

#include <algorithm>
#include <iterator>
#include <sstream>

#include <fmt/format.h>

#include "lint/text/line_map.h"

namespace trainlint {

static constexpr std::string_view word = "expect:";

static std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::string_view(" \t\r").find(text.front()) != std::string_view::npos)
    text.remove_prefix(1);
  while (!text.empty() && std::string_view(" \t\r").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  return text;
}

static std::optional<Severity> take_severity(std::string_view& text) {
  for (Severity severity : {Severity::advice, Severity::warning, Severity::error}) {
    std::string prefix = fmt::format("{} ", to_string(severity));
    if (!text.starts_with(prefix)) continue;
    text.remove_prefix(prefix.size());
    return severity;
  }
  return std::nullopt;
}

// `rule-a, warning rule-b "part of the message"`: a mark for each, all at the place of `at`.
static void read_rules(std::string_view text, const Mark& at, Expectations& expectations) {
  text = trimmed(text);
  while (!text.empty()) {
    Mark mark = at;
    mark.severity = take_severity(text);
    size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-");
    end = std::min(end, text.size());
    mark.rule = text.substr(0, end);
    text = trimmed(text.substr(end));
    size_t quote = text.starts_with('"') ? text.find('"', 1) : std::string_view::npos;
    if (quote != std::string_view::npos) {
      mark.text = text.substr(1, quote - 1);
      text = trimmed(text.substr(quote + 1));
    }
    bool more = text.starts_with(',');
    if (mark.rule.empty() || (!more && !text.empty())) {
      expectations.faults.push_back(mark.where + ": a mark that cannot be read");
      return;
    }
    expectations.marks.push_back(std::move(mark));
    text = trimmed(more ? text.substr(1) : text);
  }
}

static bool is_code(std::string_view line) {
  line = trimmed(line);
  return !line.empty() && line.front() != '#';
}

// Where a comment that stands alone points: with carets up, without to the next line of code.
static void place_comment(const LineMap& lines, uint32_t line, std::string_view before,
                          Mark& mark) {
  size_t caret = before.find('^');
  if (caret == std::string_view::npos) {
    while (++line <= lines.line_count() && !is_code(lines.line_text(line))) continue;
    mark.line = line;
    return;
  }
  uint32_t above = line - 1;
  while (above > 1 && !is_code(lines.line_text(above))) --above;
  mark.line = above;
  mark.column = static_cast<uint32_t>(caret) + 1;
  mark.width = static_cast<uint32_t>(before.find_last_of('^') - caret) + 1;
}

static void read_marks(const std::string& path, const std::string& text,
                       Expectations& expectations) {
  LineMap lines(text);
  for (uint32_t line = 1; line <= lines.line_count(); ++line) {
    std::string_view content = lines.line_text(line);
    size_t at = content.find(word);
    size_t hash = content.substr(0, std::min(at, content.size())).rfind('#');
    if (at == std::string_view::npos || hash == std::string_view::npos) continue;
    if (content.substr(hash + 1, at - hash - 1).find_first_not_of(" ^\t") != std::string_view::npos)
      continue;
    Mark mark;
    mark.path = path;
    mark.line = line;
    mark.where = fmt::format("{}:{}", path, line);
    if (!is_code(content)) place_comment(lines, line, content.substr(0, at), mark);
    read_rules(content.substr(at + word.size()), mark, expectations);
  }
}

static std::vector<std::string> split_words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

static bool read_option(std::string_view line, LaunchOptions& options) {
  size_t blank = std::min(line.find_first_of(" ="), line.size());
  std::string_view name = line.substr(0, blank);
  std::string value(trimmed(line.substr(std::min(blank + 1, line.size()))));
  if (name == "--module-name")
    options.module_name = value;
  else if (name == "--package-path")
    options.package_path = value;
  else if (name == "--runtime-version")
    options.runtime_version = value;
  else if (name == "--image-uri")
    options.image_uri = value;
  else if (name == "--python-version")
    options.python_version = parse_python_version(value);
  else if (name == "--")  // the trainer's own arguments, split at blanks
    options.user_arguments = split_words(value);
  else
    return false;
  return true;
}

// A line "path: rule", "path:line: rule", or an option of the command line.
static void read_expect_line(std::string_view line, const std::string& where,
                             Expectations& expectations) {
  if (line.empty() || line.starts_with('#')) return;
  if (line.starts_with("--")) {
    if (!read_option(line, expectations.options))
      expectations.faults.push_back(where + ": an option that fixtures cannot give");
    return;
  }
  if (line == "folder only") {
    expectations.folder_only = true;
    return;
  }
  size_t colon = line.find(": ");
  if (colon == std::string_view::npos) {
    expectations.faults.push_back(where + ": not of the form \"path: rule-name\"");
    return;
  }
  Mark mark;
  mark.where = where;
  std::string_view path = line.substr(0, colon);
  size_t number = path.rfind(':');
  if (number != std::string_view::npos) {
    mark.line = static_cast<uint32_t>(std::stoul(std::string(path.substr(number + 1))));
    path = path.substr(0, number);
  }
  mark.path = path;
  read_rules(line.substr(colon + 1), mark, expectations);
}

Expectations read_expectations(const std::map<std::string, std::string>& files) {
  Expectations expectations;
  for (const auto& [path, text] : files) {
    if (path != "expect") {
      read_marks(path, text, expectations);
      continue;
    }
    LineMap lines(text);
    for (uint32_t line = 1; line <= lines.line_count(); ++line)
      read_expect_line(trimmed(lines.line_text(line)), fmt::format("expect:{}", line),
                       expectations);
  }
  return expectations;
}

static bool meets(const Seen& seen, const Mark& mark) {
  if (seen.rule != mark.rule || seen.path != mark.path || seen.line != mark.line) return false;
  if (mark.severity ? seen.severity != *mark.severity : !seen.own_severity) return false;
  if (mark.column != 0 && (seen.column != mark.column || seen.width != mark.width)) return false;
  return seen.message.find(mark.text) != std::string::npos;
}

// The mark that claims a finding, ready to be pasted.
static std::string mark_for(const std::string& fixture, const Seen& seen) {
  std::string rule =
      seen.own_severity ? seen.rule : fmt::format("{} {}", to_string(seen.severity), seen.rule);
  if (seen.line == 0)
    return fmt::format("fixtures/{}/expect: not claimed, write {}: {} \"{}\"\n", fixture, seen.path,
                       rule, seen.message);
  return fmt::format("fixtures/{}/{}:{}: not claimed, write # expect: {} \"{}\"\n", fixture,
                     seen.path, seen.line, rule, seen.message);
}

std::string mismatches(const std::string& fixture, const Expectations& expectations,
                       const std::vector<Seen>& findings) {
  std::string text;
  for (const std::string& fault : expectations.faults)
    text += fmt::format("fixtures/{}/{}\n", fixture, fault);
  std::vector<Mark> open = expectations.marks;
  for (const Seen& seen : findings) {
    auto mark = std::find_if(open.begin(), open.end(),
                             [&](const Mark& candidate) { return meets(seen, candidate); });
    if (mark == open.end())
      text += mark_for(fixture, seen);
    else
      open.erase(mark);
  }
  for (const Mark& mark : open)
    text += fmt::format("fixtures/{}/{}: not met: {} at {}:{} \"{}\"\n", fixture, mark.where,
                        mark.rule, mark.path, mark.line, mark.text);
  return text;
}

}  // namespace trainlint
