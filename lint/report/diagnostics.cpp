#include "lint/report/diagnostics.h"

#include <algorithm>

namespace trainlint {

Json position_in(const LineMap& lines, uint32_t offset) {
  return {{"line", lines.line_of(offset) - 1}, {"character", lines.utf16_column(offset)}};
}

Json range_in(Files& files, const Place& place, bool in_archive) {
  const LineMap* lines = place.span && !in_archive ? files.lines(place.path) : nullptr;
  Json zero = {{"line", 0}, {"character", 0}};
  if (!lines) return {{"start", zero}, {"end", zero}};
  return {{"start", position_in(*lines, place.span->begin)},
          {"end", position_in(*lines, std::max(place.span->begin, place.span->end))}};
}

std::string file_uri(std::string_view path) {
  return "file://" + uri_path(path);
}

namespace {

class Diagnostics {
 public:
  Diagnostics(const Run& run, const DiagnosticForm& form)
      : run_(run), form_(form), from_top_(form.around), files_(run.package) {
    from_top_.folder = form.around.repository;
  }

  std::string path_of(const FileLocation& location) const {
    return absolute_path(location.path, from_top_);
  }
  FileLocation locate(const Place& place) { return location_of(files_, run_, place, form_.around); }
  Json diagnostic(const Finding& finding, const FileLocation& location);

 private:
  Json related(const Note& note, const FileLocation& location);

  const Run& run_;
  const DiagnosticForm& form_;
  Surroundings from_top_;
  Files files_;
};

Json Diagnostics::related(const Note& note, const FileLocation& location) {
  std::string path = path_of(location);
  return {{"location",
           {{"uri", form_.uri ? form_.uri(path) : file_uri(path)},
            {"range", range_in(files_, *note.place, !location.member.empty())}}},
          {"message", located_message(location, note.message)}};
}

// What an editor shows faded: a comment that does nothing.
bool is_unnecessary(const Finding& finding) {
  return finding.rule == "unused-suppression";
}

Json Diagnostics::diagnostic(const Finding& finding, const FileLocation& location) {
  static constexpr int severities[] = {3, 2, 1};  // information, warning, error
  std::string message = located_message(location, finding.message);
  Json notes = Json::array();
  for (const Note& note : finding.notes) {
    if (note.place && form_.related)
      notes.push_back(related(note, locate(*note.place)));
    else
      message += "\n" + note.message;
  }
  Json json = {{"range", range_in(files_, finding.place, !location.member.empty())},
               {"severity", severities[static_cast<size_t>(finding.severity)]},
               {"code", std::string(finding.rule)},
               {"source", "trainlint"},
               {"message", std::move(message)}};
  if (is_unnecessary(finding)) json["tags"] = {1};
  if (!notes.empty()) json["relatedInformation"] = std::move(notes);
  return json;
}

}  // namespace

std::map<std::string, Json> diagnostics_of(const Run& run, const DiagnosticForm& form) {
  Diagnostics diagnostics(run, form);
  std::map<std::string, Json> by_path;
  for (const Module& module : run.package.modules)
    by_path.try_emplace(diagnostics.path_of(diagnostics.locate({module.path, std::nullopt})),
                        Json::array());
  for (const Finding& finding : run.findings) {
    FileLocation location = diagnostics.locate(finding.place);
    by_path.try_emplace(diagnostics.path_of(location), Json::array())
        .first->second.push_back(diagnostics.diagnostic(finding, location));
  }
  return by_path;
}

}  // namespace trainlint
