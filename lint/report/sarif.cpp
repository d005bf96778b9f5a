#include <algorithm>
#include <map>
#include <utility>

#include "lint/report/fingerprint.h"
#include "lint/report/formats.h"
#include "lint/report/json_parts.h"

namespace trainlint {

namespace {

const char* level_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::advice:
      return "note";
  }
  return "none";
}

std::string trimmed(std::string_view text) {
  size_t first = text.find_first_not_of("\n ");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of("\n ") + 1 - first));
}

// "MissingInit" for "missing-init": the form that SARIF2012 wants of a rule's `name`.
std::string pascal_case(std::string_view name) {
  std::string result;
  bool upper = true;
  for (char c : name) {
    if (c != '-') result += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    upper = c == '-';
  }
  return result;
}

Json rule_json(const RuleEntry& entry) {
  const Rule& rule = *entry.rule;
  std::string explanation = trimmed(rule.explanation);
  return {{"id", std::string(rule.name)},
          {"name", pascal_case(rule.name)},
          {"shortDescription", {{"text", std::string(rule.summary)}}},
          {"fullDescription", {{"text", std::string(rule.summary)}}},
          {"help", {{"text", explanation}, {"markdown", explanation}}},
          {"defaultConfiguration", {{"level", level_of(rule.severity)}}},
          {"properties", {{"tags", Json::array({std::string(entry.group)})}}}};
}

// Columns in code points, as `columnKind` says.
Json region_json(Position begin, Position end) {
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

Json artifact_json(const FileLocation& location, const Surroundings& around) {
  if (location.path.starts_with('/')) return {{"uri", "file://" + uri_path(location.path)}};
  if (around.repository.empty()) return {{"uri", uri_path(location.path)}};
  return {{"uri", uri_path(location.path)}, {"uriBaseId", "%SRCROOT%"}};
}

class Log {
 public:
  explicit Log(const Surroundings& around) : around_(around) {}

  void add(const Run& run);
  std::string text() &&;

 private:
  size_t index_of(std::string_view rule);
  Json result(Files& files, const Run& run, const Finding& finding);
  Json physical(const FileLocation& location) const;
  Json related(Files& files, const Run& run, const Finding& finding) const;
  Json fix(Files& files, const Run& run, const Fix& fix) const;

  const Surroundings& around_;
  Json rules_ = Json::array(), results_ = Json::array();
  std::map<std::string_view, size_t> index_;
  Fingerprints fingerprints_;
};

// Only rules with results are described: the others would be most of the report.
size_t Log::index_of(std::string_view rule) {
  auto [entry, fresh] = index_.try_emplace(rule, rules_.size());
  if (!fresh) return entry->second;
  std::span<const RuleEntry> all = all_rules();
  auto known = std::find_if(all.begin(), all.end(),
                            [&](const RuleEntry& each) { return each.rule->name == rule; });
  rules_.push_back(known == all.end() ? Json{{"id", std::string(rule)}} : rule_json(*known));
  return entry->second;
}

// GitHub shows only results with a line: a file as a whole is shown at its first.
Json Log::physical(const FileLocation& location) const {
  Json json = {{"artifactLocation", artifact_json(location, around_)}};
  if (location.begin && location.end)
    json["region"] = region_json(*location.begin, *location.end);
  else
    json["region"] = {{"startLine", 1}};
  return json;
}

Json Log::related(Files& files, const Run& run, const Finding& finding) const {
  Json list = Json::array();
  for (const Note& note : finding.notes) {
    if (!note.place) continue;
    FileLocation location = location_of(files, run, *note.place, around_);
    list.push_back({{"id", list.size()},
                    {"physicalLocation", physical(location)},
                    {"message", {{"text", located_message(location, note.message)}}}});
  }
  return list;
}

// Edits by file; one of a file that does not exist inserts at its first character.
Json Log::fix(Files& files, const Run& run, const Fix& fix) const {
  Json changes = Json::array();
  std::map<std::string, size_t> by_path;
  for (const Edit& edit : fix.edits) {
    Place place{edit.path, edit.span};
    auto [entry, fresh] = by_path.try_emplace(edit.path, changes.size());
    if (fresh) {
      FileLocation location = location_of(files, run, place, around_);
      changes.push_back({{"artifactLocation", artifact_json(location, around_)},
                         {"replacements", Json::array()}});
    }
    Position begin = files.begin(place).value_or(Position{});
    Position end = files.end(place).value_or(Position{});
    changes[entry->second]["replacements"].push_back(
        {{"deletedRegion", region_json(begin, end)}, {"insertedContent", {{"text", edit.text}}}});
  }
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

Json Log::result(Files& files, const Run& run, const Finding& finding) {
  FileLocation location = location_of(files, run, finding.place, around_);
  Json json = {{"ruleId", std::string(finding.rule)},
               {"ruleIndex", index_of(finding.rule)},
               {"level", level_of(finding.severity)},
               {"message", {{"text", message_with_notes(finding, location)}}},
               {"locations", Json::array({{{"physicalLocation", physical(location)}}})},
               {"partialFingerprints",
                {{"trainlint/v1",
                  fingerprints_.next(finding.rule, location.path, symbol_of(files, finding))}}}};
  if (Json list = related(files, run, finding); !list.empty())
    json["relatedLocations"] = std::move(list);
  // What is in an archive cannot be edited in place.
  if (finding.fix && location.member.empty())
    json["fixes"] = Json::array({fix(files, run, *finding.fix)});
  return json;
}

void Log::add(const Run& run) {
  Files files(run.package);
  for (const Finding& finding : run.findings) results_.push_back(result(files, run, finding));
}

std::string Log::text() && {
  Json driver = {
      {"name", "trainlint"}, {"semanticVersion", TRAINLINT_VERSION}, {"rules", std::move(rules_)}};
  Json run = {{"tool", {{"driver", std::move(driver)}}},
              {"automationDetails", {{"id", "trainlint/"}}},
              {"columnKind", "unicodeCodePoints"}};
  run["results"] = std::move(results_);
  return written({{"$schema",
                   "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                   "sarif-schema-2.1.0.json"},
                  {"version", "2.1.0"},
                  {"runs", Json::array({std::move(run)})}});
}

}  // namespace

std::string sarif_report(std::span<const Run> runs, const ReportOptions& options) {
  Log log(options.around);
  for (const Run& run : runs) log.add(run);
  return std::move(log).text();
}

}  // namespace trainlint
