#include "lint/report/location.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace trainlint {

namespace fs = std::filesystem;

std::string absolute_path(std::string_view path, const Surroundings& around) {
  fs::path whole = fs::path(around.folder) / fs::path(path);
  std::string normal = whole.lexically_normal().generic_string();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

static std::string seen_from_repository(std::string_view path, const Surroundings& around) {
  std::string absolute = absolute_path(path, around);
  const std::string& top = around.repository;
  if (top.empty()) return absolute;
  if (absolute == top) return ".";
  std::string_view begin = top == "/" ? std::string_view() : std::string_view(top);
  if (absolute.size() > begin.size() && absolute.starts_with(begin) &&
      absolute[begin.size()] == '/')
    return absolute.substr(begin.size() + 1);
  return absolute;
}

FileLocation location_of(Files& files, const Run& run, const Place& place,
                         const Surroundings& around) {
  const std::optional<CellPlace> cell = files.cell(place);
  const std::string& path = cell ? cell->path : place.path;
  std::string shown = shown_path(run.package.root, path);
  if (shown.empty()) shown = ".";
  FileLocation location;
  std::optional<Position> begin = files.begin(place);
  bool on_disk = run.package.kind == TreeKind::folder || (path.starts_with("../") && !cell);
  if (cell) {
    location.member = fmt::format("cell {}", cell->cell);
    if (begin) location.member += fmt::format(":{}:{}", begin->line, begin->column);
  }
  if (on_disk || run.opened.empty()) {
    location.path = seen_from_repository(shown, around);
    if (cell) return location;
    location.begin = begin;
    if (begin) location.end = files.end(place);
    return location;
  }
  location.path = seen_from_repository(run.opened, around);
  if (cell) {
    location.member = fmt::format(
        "{}:{}", shown.substr(std::min(shown.size(), run.opened.size() + 1)), location.member);
    return location;
  }
  if (shown.size() > run.opened.size() + 1) location.member = shown.substr(run.opened.size() + 1);
  if (begin) location.member += fmt::format(":{}:{}", begin->line, begin->column);
  return location;
}

std::string located_message(const FileLocation& location, std::string_view message) {
  if (location.member.empty()) return std::string(message);
  return fmt::format("{}: {}", location.member, message);
}

std::string message_with_notes(const Finding& finding, const FileLocation& location) {
  std::string text = located_message(location, finding.message);
  for (const Note& note : finding.notes) text += fmt::format("\n{}", note.message);
  return text;
}

std::string uri_path(std::string_view path) {
  static constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string uri;
  for (char c : path) {
    if (unreserved.find(c) != std::string_view::npos)
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

}  // namespace trainlint
