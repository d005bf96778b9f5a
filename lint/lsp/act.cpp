#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "lint/cli/output.h"
#include "lint/finding/edits.h"
#include "lint/lsp/hover.h"
#include "lint/lsp/ignore.h"
#include "lint/lsp/server.h"
#include "lint/lsp/uri.h"
#include "lint/text/path.h"

// What the client asks for at a place: what is there, and what can be done about it.

namespace trainlint {

namespace {

uint32_t offset_in(std::string_view text, const Json& position) {
  auto number = [&](const char* name) -> uint32_t {
    const Json& value = member(position, name);
    return value.is_number_unsigned()
               ? static_cast<uint32_t>(std::min<uint64_t>(value.get<uint64_t>(), UINT32_MAX))
               : 0;
  };
  return static_cast<uint32_t>(offset_of(text, {number("line"), number("character")}));
}

// The edits of one file after another, as TextEdits by URI; created files apart.
struct WorkspaceEdits {
  std::map<std::string, Json> by_uri;
  std::vector<std::string> created;  // URIs
};

WorkspaceEdits edits_of(const Workspace& workspace, const Run& run,
                        const std::vector<Edit>& edits) {
  WorkspaceEdits all;
  Files files(run.package);
  for (const Edit& edit : edits) {
    const std::string uri =
        workspace.uri_of(absolute_path(shown_path(run.package.root, edit.path), {}));
    if (!run.tree->has_file(edit.path)) all.created.push_back(uri);
    Json& list = all.by_uri.try_emplace(uri, Json::array()).first->second;
    if (!run.tree->has_file(edit.path) && edit.text.empty()) continue;
    list.push_back({{"range", range_in(files, {edit.path, edit.span})}, {"newText", edit.text}});
  }
  return all;
}

Json workspace_edit(const WorkspaceEdits& edits, const Workspace& workspace, const Client& client) {
  if (!client.document_changes) {
    Json changes = Json::object();
    for (const auto& [uri, list] : edits.by_uri) changes[uri] = list;
    return {{"changes", std::move(changes)}};
  }
  Json changes = Json::array();
  for (const std::string& uri : edits.created)
    changes.push_back({{"kind", "create"}, {"uri", uri}, {"options", {{"ignoreIfExists", true}}}});
  for (const auto& [uri, list] : edits.by_uri) {
    if (list.empty()) continue;
    const Document* document = workspace.document(uri);
    Json version = document ? Json(document->version) : Json(nullptr);
    changes.push_back(
        {{"textDocument", {{"uri", uri}, {"version", std::move(version)}}}, {"edits", list}});
  }
  return {{"documentChanges", std::move(changes)}};
}

// Whether the client wants actions of a kind: all, or those below one of `context.only`.
bool wanted(const Json& params, std::string_view kind) {
  const Json& only = member(params, "context/only");
  if (!only.is_array()) return !kind.starts_with("source");
  return std::any_of(only.begin(), only.end(), [&](const Json& each) {
    std::string prefix = each.is_string() ? each.get<std::string>() : "?";
    return prefix.empty() || kind == prefix || kind.starts_with(prefix + ".");
  });
}

// Whether a finding is touched by the span that is asked about. One about the file as a whole is at
// its first character; one about a file that is missing is met in all files beside it, since nobody
// can ask there.
bool touches(const Finding& finding, const FileInRun& file, Span asked) {
  if (finding.place.path != file.path)
    return !file.run->tree->find(finding.place.path) &&
           parent_folder(finding.place.path) == parent_folder(file.path);
  Span span = finding.place.span.value_or(Span{0, 0});
  return span.begin <= asked.end && asked.begin <= span.end;
}

// The asked lines as a whole: a cursor anywhere on a line means what is wrong there.
Span whole_lines(std::string_view text, Span span) {
  const LineMap lines(text);
  const uint32_t last = lines.line_of(span.end);
  return {lines.line_begin(lines.line_of(span.begin)),
          lines.line_begin(last) + static_cast<uint32_t>(lines.line_text(last).size())};
}

// As the client was shown it.
Json shown_diagnostic(const Json& all, const Finding& finding, const Json& range) {
  for (const Json& each : all)
    if (text_in(each, "code") == finding.rule && member(each, "range") == range)
      return Json::array({each});
  return Json::array();
}

bool creates_empty_file(const Run& run, const Fix& fix) {
  return fix.edits.size() == 1 && fix.edits[0].text.empty() &&
         !run.tree->has_file(fix.edits[0].path);
}

}  // namespace

Json Server::hover(const Json& params) {
  const std::string file = workspace_.file_of(text_in(params, "textDocument/uri"));
  if (file.empty()) return nullptr;
  finish(file);
  std::string text;
  for (const FileInRun& each : workspace_.runs_with(file)) {
    Bytes content = text_of(each);
    if (!content) continue;
    std::string more = hover_text(each, offset_in(*content, member(params, "position")));
    if (more.empty() || text.find(more) != std::string::npos) continue;
    text += text.empty() ? more : "\n\n---\n\n" + more;
  }
  if (text.empty()) return nullptr;
  return {{"contents", {{"kind", "markdown"}, {"value", text}}}};
}

Json Server::fix_action(const Run& run, const Fix& fix) const {
  Json action = {{"title", fix.title}, {"kind", "quickfix"}, {"isPreferred", fix.safe}};
  const WorkspaceEdits edits = edits_of(workspace_, run, fix.edits);
  // Who cannot create files by an edit has the server do it.
  if (creates_empty_file(run, fix) && !client_.creates_files)
    action["command"] = {{"title", fix.title},
                         {"command", "trainlint.createFile"},
                         {"arguments", {edits.created.front()}}};
  else
    action["edit"] = workspace_edit(edits, workspace_, client_);
  return action;
}

// All safe fixes of the findings in one file, as far as they can be made together.
static std::vector<Edit> safe_edits(const FileInRun& file) {
  std::vector<Finding> findings;
  for (const Finding& finding : file.run->findings)
    if (finding.place.path == file.path) findings.push_back(finding);
  std::vector<Edit> all;
  for (const auto& [path, edits] : choose_fixes(findings, false).edits)
    all.insert(all.end(), edits.begin(), edits.end());
  return all;
}

void Server::add_actions(const FileInRun& file, const std::string& shown, const Json& params,
                         Json& actions) const {
  Bytes content = text_of(file);
  const std::string_view text = content ? *content : std::string_view();
  Files files(file.run->package);
  const Span asked = whole_lines(text, {offset_in(text, member(params, "range/start")),
                                        offset_in(text, member(params, "range/end"))});
  for (const Finding& finding : file.run->findings) {
    if (!touches(finding, file, asked)) continue;
    Json diagnostics =
        shown_diagnostic(workspace_.diagnostics(shown), finding, range_in(files, finding.place));
    auto add = [&](Json action) {
      action["diagnostics"] = diagnostics;
      actions.push_back(std::move(action));
    };
    if (finding.fix) add(fix_action(*file.run, *finding.fix));
    if (std::optional<Edit> edit = ignore_edit(file, text, finding))
      add({{"title", fmt::format("Ignore {} here", finding.rule)},
           {"kind", "quickfix"},
           {"edit",
            workspace_edit(edits_of(workspace_, *file.run, {*edit}), workspace_, client_)}});
    const std::string title = fmt::format("Explain {}", finding.rule);
    add({{"title", title},
         {"kind", "quickfix"},
         {"command",
          {{"title", title},
           {"command", "trainlint.explain"},
           {"arguments", {std::string(finding.rule)}}}}});
  }
}

Json Server::code_actions(const Json& params) {
  Json actions = Json::array();
  const std::string shown = workspace_.file_of(text_in(params, "textDocument/uri"));
  if (shown.empty()) return actions;
  finish(shown);
  for (const FileInRun& file : workspace_.runs_with(shown)) {
    if (wanted(params, "quickfix")) add_actions(file, shown, params, actions);
    if (!wanted(params, "source.fixAll.trainlint")) continue;
    const std::vector<Edit> edits = safe_edits(file);
    if (!edits.empty())
      actions.push_back(
          {{"title", "Apply all safe fixes of trainlint"},
           {"kind", "source.fixAll.trainlint"},
           {"edit", workspace_edit(edits_of(workspace_, *file.run, edits), workspace_, client_)}});
  }
  return actions;
}

// Only what a finding's fix would create.
bool Server::may_create(const std::string& file) const {
  for (const FileInRun& each : workspace_.runs_with(file))
    for (const Finding& finding : each.run->findings)
      if (finding.fix && creates_empty_file(*each.run, *finding.fix) &&
          finding.fix->edits[0].path == each.path)
        return true;
  return false;
}

Json Server::execute_command(const Json& params) {
  const std::string command = text_in(params, "command");
  const Json& arguments = member(params, "arguments");
  const std::string first = arguments.is_array() && !arguments.empty() && arguments[0].is_string()
                                ? arguments[0].get<std::string>()
                                : "";
  if (command == "trainlint.explain") {
    const std::string text = rule_text(first);
    if (!text.empty()) say("window/showMessage", {{"type", 3}, {"message", text}});
    return text;
  }
  const std::string file = workspace_.file_of(first);
  std::error_code error;
  if (command != "trainlint.createFile" || file.empty() || std::filesystem::exists(file, error) ||
      !may_create(file))
    return nullptr;
  if (std::optional<Error> fault = write_file(file, ""))
    say("window/showMessage", {{"type", 1}, {"message", fault->message}});
  look_at_disk_ = true;
  return nullptr;
}

}  // namespace trainlint
