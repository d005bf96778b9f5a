#include <map>

#include "lint/report/formats.h"
#include "lint/report/json_parts.h"

namespace trainlint {

namespace {

// Lines from 0, columns in UTF-16 code units (LSP 3.17, Position).
Json position_json(const LineMap& lines, uint32_t offset) {
  uint32_t line = lines.line_of(offset);
  return {{"line", line - 1}, {"character", lines.utf16_column(offset)}};
}

// A file as a whole is its first character.
Json range_json(Files& files, const Place& place, bool in_archive) {
  const LineMap* lines = place.span && !in_archive ? files.lines(place.path) : nullptr;
  Json zero = {{"line", 0}, {"character", 0}};
  if (!lines) return {{"start", zero}, {"end", zero}};
  return {{"start", position_json(*lines, place.span->begin)},
          {"end", position_json(*lines, std::max(place.span->begin, place.span->end))}};
}

std::string uri_of(const FileLocation& location, const Surroundings& around) {
  Surroundings from_top = around;
  from_top.folder = around.repository;
  return "file://" + uri_path(absolute_path(location.path, from_top));
}

class Diagnostics {
 public:
  explicit Diagnostics(const Surroundings& around) : around_(around) {}

  void add(const Run& run);
  std::string lines() const;

 private:
  Json diagnostic(Files& files, const Run& run, const Finding& finding);

  const Surroundings& around_;
  std::map<std::string, Json> by_uri_;
};

Json Diagnostics::diagnostic(Files& files, const Run& run, const Finding& finding) {
  static constexpr int severities[] = {3, 2, 1};  // information, warning, error
  FileLocation location = location_of(files, run, finding.place, around_);
  std::string message = located_message(location, finding.message);
  Json related = Json::array();
  for (const Note& note : finding.notes) {
    if (!note.place) {
      message += "\n" + note.message;
      continue;
    }
    FileLocation other = location_of(files, run, *note.place, around_);
    related.push_back({{"location",
                        {{"uri", uri_of(other, around_)},
                         {"range", range_json(files, *note.place, !other.member.empty())}}},
                       {"message", located_message(other, note.message)}});
  }
  Json json = {{"range", range_json(files, finding.place, !location.member.empty())},
               {"severity", severities[static_cast<size_t>(finding.severity)]},
               {"code", std::string(finding.rule)},
               {"source", "trainlint"},
               {"message", std::move(message)}};
  if (!related.empty()) json["relatedInformation"] = std::move(related);
  return json;
}

void Diagnostics::add(const Run& run) {
  Files files(run.package);
  // Files without findings are named too: what an editor shows of an earlier run must go.
  for (const Module& module : run.package.modules)
    by_uri_.try_emplace(
        uri_of(location_of(files, run, {module.path, std::nullopt}, around_), around_),
        Json::array());
  for (const Finding& finding : run.findings) {
    std::string uri = uri_of(location_of(files, run, finding.place, around_), around_);
    by_uri_.try_emplace(uri, Json::array())
        .first->second.push_back(diagnostic(files, run, finding));
  }
}

std::string Diagnostics::lines() const {
  std::string text;
  for (const auto& [uri, diagnostics] : by_uri_)
    text += written_on_one_line({{"uri", uri}, {"diagnostics", diagnostics}});
  return text;
}

}  // namespace

std::string lsp_report(std::span<const Run> runs, const ReportOptions& options) {
  Diagnostics diagnostics(options.around);
  for (const Run& run : runs) diagnostics.add(run);
  return diagnostics.lines();
}

}  // namespace trainlint
