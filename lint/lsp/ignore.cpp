#include "lint/lsp/ignore.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/rule/suppression.h"
#include "lint/text/path.h"

namespace trainlint {

namespace {

bool takes_comments(std::string_view path) {
  static constexpr std::string_view endings[] = {".py",  ".toml", ".cfg", ".txt", ".in",
                                                 ".yml", ".yaml", ".sh",  ".bash"};
  const std::string_view name = file_name(path);
  return name == "Makefile" || name == "Dockerfile" ||
         std::any_of(std::begin(endings), std::end(endings),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

std::vector<Suppression> suppressions_in(const std::string& path, std::string text) {
  if (!path.ends_with(".py")) return suppressions_of(path, text);
  Module module;
  module.path = path;
  module.syntax = Syntax::parse(std::make_shared<const std::string>(std::move(text)));
  return suppressions_of(module);
}

bool names_rule(const Suppression& suppression, std::string_view rule) {
  return std::any_of(suppression.names.begin(), suppression.names.end(),
                     [&](const Suppression::Name& name) { return name.text == rule; });
}

bool covers(const Suppression& suppression, uint32_t offset) {
  return offset >= suppression.covers.begin && offset < suppression.covers.end;
}

// Whether a text with the edit suppresses the finding, and is otherwise read as before: a comment
// in the middle of a string or behind a backslash would be none.
bool works(const Edit& edit, const FileInRun& file, std::string_view text, const Finding& finding) {
  std::string after(text);
  after.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
  uint32_t place = finding.place.span->begin;
  if (edit.span.begin <= place) place += static_cast<uint32_t>(edit.text.size());
  for (const Suppression& each : suppressions_in(file.path, std::move(after)))
    if (each.fault.empty() && !each.whole_file && names_rule(each, finding.rule) &&
        covers(each, place))
      return true;
  return false;
}

Edit insertion(const FileInRun& file, size_t offset, std::string text) {
  const auto at = static_cast<uint32_t>(offset);
  return {file.path, {at, at}, std::move(text)};
}

}  // namespace

Bytes text_of(const FileInRun& file) {
  if (const Module* module = file.run->package.module_at(file.path);
      module && module->problem.empty())
    return std::make_shared<const std::string>(module->text());
  if (!file.run->tree) return nullptr;
  Result<Bytes> bytes = file.run->tree->read(file.path);
  return bytes ? *bytes : nullptr;
}

std::optional<Edit> ignore_edit(const FileInRun& file, std::string_view text,
                                const Finding& finding) {
  if (!finding.place.span || !takes_comments(file.path)) return std::nullopt;
  const LineMap lines(text);
  const uint32_t begin = finding.place.span->begin;
  std::vector<Edit> candidates;
  for (const Suppression& each : suppressions_in(file.path, std::string(text)))
    if (each.fault.empty() && !each.whole_file && covers(each, begin) && !each.names.empty())
      candidates.push_back(
          insertion(file, each.names.back().span.end, fmt::format(", {}", finding.rule)));
  const uint32_t line = lines.line_of(begin);
  const std::string_view written = lines.line_text(line);
  const size_t last = written.find_last_not_of(" \t\f");
  candidates.push_back(
      insertion(file, lines.line_begin(line) + (last == std::string_view::npos ? 0 : last + 1),
                fmt::format("  # trainlint: ignore[{}]", finding.rule)));
  // Above the line, and above lines further up that may begin the statement.
  for (uint32_t above = line; above > 0 && line - above < 20; --above) {
    const std::string_view first = lines.line_text(above);
    const size_t indent = std::min(first.find_first_not_of(" \t"), first.size());
    candidates.push_back(insertion(
        file, lines.line_begin(above),
        fmt::format("{}# trainlint: ignore[{}]\n", first.substr(0, indent), finding.rule)));
  }
  for (Edit& edit : candidates)
    if (works(edit, file, text, finding)) return std::move(edit);
  return std::nullopt;
}

}  // namespace trainlint
