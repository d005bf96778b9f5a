#include "lint/report/formats.h"
#include "lint/report/json_parts.h"

namespace trainlint {

namespace {

// reviewdog counts columns in bytes of UTF-8, from 1.
Json position_json(Files& files, const Place& place, uint32_t offset) {
  const LineMap& lines = *files.lines(place.path);
  uint32_t line = lines.line_of(offset);
  return {{"line", line}, {"column", offset - lines.line_begin(line) + 1}};
}

Json range_json(Files& files, const Place& place) {
  return {{"start", position_json(files, place, place.span->begin)},
          {"end", position_json(files, place, std::max(place.span->begin, place.span->end))}};
}

Json location_json(Files& files, const Run& run, const Place& place, const Surroundings& around) {
  FileLocation location = location_of(files, run, place, around);
  Json json = {{"path", location.path}};
  if (location.begin) json["range"] = range_json(files, place);
  return json;
}

// A suggestion is a change of the finding's own file; a fix of several files cannot be expressed.
Json suggestions_json(Files& files, const Finding& finding) {
  Json suggestions = Json::array();
  for (const Edit& edit : finding.fix->edits) {
    Place place{edit.path, edit.span};
    if (edit.path != finding.place.path || !files.lines(edit.path)) return Json::array();
    suggestions.push_back({{"range", range_json(files, place)}, {"text", edit.text}});
  }
  return suggestions;
}

Json diagnostic_json(Files& files, const Run& run, const Finding& finding,
                     const Surroundings& around) {
  static constexpr const char* severities[] = {"INFO", "WARNING", "ERROR"};
  FileLocation location = location_of(files, run, finding.place, around);
  Json json = {{"message", message_with_notes(finding, location)},
               {"location", location_json(files, run, finding.place, around)},
               {"severity", severities[static_cast<size_t>(finding.severity)]},
               {"code", {{"value", std::string(finding.rule)}}}};
  if (finding.fix && location.begin) {
    Json suggestions = suggestions_json(files, finding);
    if (!suggestions.empty()) json["suggestions"] = std::move(suggestions);
  }
  Json related = Json::array();
  for (const Note& note : finding.notes) {
    if (!note.place) continue;
    related.push_back(
        {{"message", note.message}, {"location", location_json(files, run, *note.place, around)}});
  }
  if (!related.empty()) json["relatedLocations"] = std::move(related);
  return json;
}

}  // namespace

std::string rdjson_report(std::span<const Run> runs, const ReportOptions& options) {
  Json diagnostics = Json::array();
  for (const Run& run : runs) {
    Files files(run.package);
    for (const Finding& finding : run.findings)
      diagnostics.push_back(diagnostic_json(files, run, finding, options.around));
  }
  return written({{"source", {{"name", "trainlint"}}}, {"diagnostics", std::move(diagnostics)}});
}

}  // namespace trainlint
