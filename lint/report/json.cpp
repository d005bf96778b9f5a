#include "lint/report/json.h"

#include "lint/launch/routes.h"
#include "lint/report/files.h"
#include "lint/report/formats.h"
#include "lint/report/json_parts.h"
#include "lint/report/names.h"
#include "lint/report/report.h"
#include "lint/report/summary.h"

namespace trainlint {

// What nothing names is null rather than "".
static Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}

static Json position_json(Position position) {
  return {{"line", position.line}, {"column", position.column}};
}

static Json range_json(Files& files, const Place& place) {
  // An edit that creates a file has a range in a text that is not there yet.
  return {{"start", position_json(files.begin(place).value_or(Position{}))},
          {"end", position_json(files.end(place).value_or(Position{}))}};
}

// A file as a whole, or one whose text cannot be had, has no "range". In a notebook it counts the
// lines of the cell.
static void add_place(Json& json, Files& files, const Place& place) {
  const std::optional<CellPlace> cell = files.cell(place);
  json["path"] = cell ? cell->path : place.path;
  if (cell) json["cell"] = cell->cell;
  if (files.begin(place)) json["range"] = range_json(files, place);
}

static Json fix_json(Files& files, const Fix& fix) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    edits.push_back({{"path", edit.path},
                     {"range", range_json(files, {edit.path, edit.span})},
                     {"text", edit.text}});
  }
  return {{"title", fix.title}, {"safe", fix.safe}, {"edits", std::move(edits)}};
}

Json finding_json(Files& files, const Package& package, const Finding& finding) {
  Json json = {{"rule", std::string(finding.rule)},
               {"group", std::string(finding.group)},
               {"severity", std::string(to_string(finding.severity))},
               {"package", package.root},
               {"route", std::string(to_string(package.launch.route))}};
  add_place(json, files, finding.place);
  json["message"] = finding.message;
  json["notes"] = Json::array();
  for (const Note& note : finding.notes) {
    Json entry = {{"message", note.message}};
    if (note.place) add_place(entry, files, *note.place);
    json["notes"].push_back(std::move(entry));
  }
  if (finding.fix) json["fix"] = fix_json(files, *finding.fix);
  return json;
}

std::string json_report(std::span<const Run> runs) {
  Json packages = Json::array(), findings = Json::array();
  for (const Run& run : runs) {
    packages.push_back({{"root", run.package.root},
                        {"kind", std::string(name_of(run.package.kind))},
                        {"package", text_or_null(run.package.launch.package)},
                        {"entry", text_or_null(run.package.launch.module)},
                        {"route", std::string(to_string(run.package.launch.route))}});
    Files files(run.package);
    for (const Finding& finding : run.findings)
      findings.push_back(finding_json(files, run.package, finding));
  }
  Summary summary = summary_of(runs);
  return written({{"version", 1},
                  {"packages", std::move(packages)},
                  {"findings", std::move(findings)},
                  {"summary",
                   {{"packages", summary.packages},
                    {"files", summary.files},
                    {"errors", summary.errors},
                    {"warnings", summary.warnings},
                    {"advice", summary.advice}}}});
}

std::string json_lines_report(std::span<const Run> runs) {
  std::string text;
  for (const Run& run : runs) {
    Files files(run.package);
    for (const Finding& finding : run.findings)
      text += written_on_one_line(finding_json(files, run.package, finding));
  }
  return text;
}

static Json module_json(const Package& package, size_t index) {
  const ImportGraph& graph = package.graph;
  std::string name = index < graph.names.size() ? graph.names[index] : "";
  return {{"path", package.modules[index].path},
          {"name", text_or_null(name)},
          {"on_worker", !name.empty()},
          {"reached", index < graph.reached.size() && graph.reached[index]},
          {"entry", index == graph.entry}};
}

static Json edge_json(Files& files, const Package& package, const ImportEdge& edge) {
  const std::string& from = package.modules[edge.from].path;
  Json json = {{"from", from},
               {"to", edge.to == no_module ? Json(nullptr) : Json(package.modules[edge.to].path)},
               {"name", edge.name},
               {"when", std::string(name_of(edge.when))},
               {"target", std::string(name_of(edge.target))},
               {"guarded", edge.guarded},
               {"in_cycle", edge.in_cycle}};
  json["range"] = range_json(files, {from, edge.span});
  return json;
}

std::string graph_json(const Package& package) {
  Files files(package);
  Json modules = Json::array(), edges = Json::array(), cycles = Json::array();
  for (size_t i = 0; i < package.modules.size(); ++i) modules.push_back(module_json(package, i));
  for (const ImportEdge& edge : package.graph.edges)
    edges.push_back(edge_json(files, package, edge));
  for (const std::vector<uint32_t>& cycle : package.graph.cycles) {
    Json paths = Json::array();
    for (uint32_t module : cycle) paths.push_back(package.modules[module].path);
    cycles.push_back(std::move(paths));
  }
  return written({{"version", 1},
                  {"root", package.root},
                  {"entry", text_or_null(package.launch.module)},
                  {"modules", std::move(modules)},
                  {"imports", std::move(edges)},
                  {"cycles", std::move(cycles)}});
}

std::string rules_json(std::span<const RuleEntry> rules) {
  Json list = Json::array();
  for (const RuleEntry& entry : rules) {
    list.push_back({{"name", std::string(entry.rule->name)},
                    {"group", std::string(entry.group)},
                    {"severity", std::string(to_string(entry.rule->severity))},
                    {"summary", std::string(entry.rule->summary)},
                    {"explanation", std::string(entry.rule->explanation)}});
  }
  return written({{"version", 1}, {"rules", std::move(list)}});
}

}  // namespace trainlint
