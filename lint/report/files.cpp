#include "lint/report/files.h"

#include "lint/text/path.h"

#include <algorithm>
#include <filesystem>

namespace trainlint {

const Files::Text& Files::text(const std::string& path) {
  auto [entry, fresh] = texts_.try_emplace(path);
  Text& text = entry->second;
  if (!fresh) return text;
  const Module* module = package_.module_at(path);
  if (module && module->problem.empty()) {
    text.text = module->text();
  } else if (auto outside = package_.outside.find(path); outside != package_.outside.end()) {
    text.kept = outside->second;
    text.text = *text.kept;
  } else {
    if (!package_.tree || !package_.tree->has_file(path)) return text;
    Result<Bytes> bytes = package_.tree->read(path);
    if (!bytes) return text;
    text.kept = *bytes;
    text.text = *text.kept;
  }
  text.lines = std::make_unique<LineMap>(text.text);
  return text;
}

const LineMap* Files::lines(const std::string& path) {
  return text(path).lines.get();
}

// Of a line of the place's file.
std::optional<CellLine> Files::cell_line(const Place& place, uint32_t line) const {
  const CellText* cells = package_.tree ? cells_of(*package_.tree, place.path) : nullptr;
  if (!cells) return std::nullopt;
  return cells->lines[std::min<size_t>(line, cells->lines.size()) - 1];
}

std::optional<CellPlace> Files::cell(const Place& place) {
  const LineMap* map = place.span ? lines(place.path) : nullptr;
  const std::optional<CellLine> found = cell_line(place, map ? map->line_of(place.span->begin) : 1);
  if (!found) return std::nullopt;
  const std::string& notebook = cells_of(*package_.tree, place.path)->notebook;
  return CellPlace{normal_path(join_path(parent_folder(place.path), notebook)), found->cell};
}

std::optional<Position> Files::position(const Place& place, bool at_end) {
  if (!place.span) return std::nullopt;
  const Text& found = text(place.path);
  if (!found.lines) return std::nullopt;
  size_t offset = at_end ? std::max(place.span->end, place.span->begin) : place.span->begin;
  Position position =
      found.lines->position(static_cast<uint32_t>(std::min(offset, found.text.size())));
  if (std::optional<CellLine> line = cell_line(place, position.line)) position.line = line->line;
  return position;
}

std::optional<Position> Files::begin(const Place& place) {
  return position(place, false);
}
std::optional<Position> Files::end(const Place& place) {
  return position(place, true);
}

std::string_view Files::spanned(const Place& place) {
  if (!place.span) return {};
  std::string_view whole = text(place.path).text;
  size_t begin = std::min<size_t>(place.span->begin, whole.size());
  size_t end = std::clamp<size_t>(place.span->end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

std::string shown_path(std::string_view root, std::string_view path) {
  if (path.starts_with("../"))
    return (std::filesystem::path(root) / path).lexically_normal().generic_string();
  if (root.empty() || root == "." || root == "./") return std::string(path);
  if (path.empty()) return std::string(root);
  std::string shown(root);
  if (shown.back() != '/') shown += '/';
  return shown += path;
}

}  // namespace trainlint
