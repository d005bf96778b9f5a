#include "lint/lsp/server.h"

#include "lint/lsp/uri.h"

// Diagnostics are pushed, for files that are not open as well, since few clients can pull. Of one
// that does pull, what it has pulled is not pushed any more, or it would show everything twice.

namespace trainlint {

bool Server::is_pulled(const std::string& file) const {
  return pulls_workspace_ || (pulls_documents_ && workspace_.has_document_at(file));
}

void Server::publish() {
  bool others = false;  // what the client has pulled may have changed without its doing
  for (const std::string& file : workspace_.take_changed()) {
    const Json& diagnostics = workspace_.diagnostics(file);
    const std::string uri = workspace_.uri_of(file);
    const Document* document = workspace_.document(uri);
    if (is_pulled(file)) {
      auto pulled = pulled_.find(file);
      others = others || pulled == pulled_.end() || pulled->second.diagnostics != diagnostics;
      continue;
    }
    auto [shown, fresh] = pushed_.try_emplace(file, Json::array());
    // The document that was edited is always answered, so that the client can tell what is current.
    if (shown->second == diagnostics && !document) continue;
    shown->second = diagnostics;
    Json params = {{"uri", uri}};
    if (document) params["version"] = document->version;
    params["diagnostics"] = diagnostics;
    say("textDocument/publishDiagnostics", std::move(params));
    if (diagnostics.empty()) pushed_.erase(file);
  }
  if (others && client_.refreshes_diagnostics) ask("workspace/diagnostic/refresh", nullptr);
}

// Takes back what was pushed of files that are pulled from now on.
void Server::withdraw_pushed(bool open_files) {
  for (auto at = pushed_.begin(); at != pushed_.end();) {
    if (open_files && !workspace_.has_document_at(at->first)) {
      ++at;
      continue;
    }
    say("textDocument/publishDiagnostics",
        {{"uri", workspace_.uri_of(at->first)}, {"diagnostics", Json::array()}});
    at = pushed_.erase(at);
  }
}

std::string Server::result_id(const std::string& file, const Json& diagnostics) {
  Known& known = pulled_[file];
  if (known.id == 0 || known.diagnostics != diagnostics) {
    known.diagnostics = diagnostics;
    known.id = ++last_result_;
  }
  return std::to_string(known.id);
}

static Json report_of(const Json& diagnostics, const std::string& id, const std::string& before) {
  if (id == before) return {{"kind", "unchanged"}, {"resultId", id}};
  return {{"kind", "full"}, {"resultId", id}, {"items", diagnostics}};
}

Json Server::pull_document(const Json& params) {
  const std::string file = workspace_.file_of(text_in(params, "textDocument/uri"));
  if (file.empty()) return {{"kind", "full"}, {"items", Json::array()}};
  if (!pulls_documents_) {
    pulls_documents_ = true;
    withdraw_pushed(true);
  }
  finish(file);
  const Json& diagnostics = workspace_.diagnostics(file);
  return report_of(diagnostics, result_id(file, diagnostics), text_in(params, "previousResultId"));
}

Json Server::pull_workspace(const Json& params) {
  if (!pulls_workspace_) {
    pulls_workspace_ = pulls_documents_ = true;
    withdraw_pushed(false);
  }
  workspace_.refresh(true);
  while (workspace_.step()) {
  }
  std::map<std::string, std::string> before;  // identifiers by URI
  const Json& previous = member(params, "previousResultIds");
  if (previous.is_array())
    for (const Json& each : previous) before[text_in(each, "uri")] = text_in(each, "value");
  Json items = Json::array();
  auto add = [&](const std::string& file, const std::string& uri, const Json& diagnostics) {
    Json item = report_of(diagnostics, result_id(file, diagnostics), before[uri]);
    const Document* document = workspace_.document(uri);
    item["uri"] = uri;
    item["version"] = document ? Json(document->version) : Json(nullptr);
    items.push_back(std::move(item));
    before.erase(uri);
  };
  for (const auto& [file, diagnostics] : workspace_.all_diagnostics())
    add(file, workspace_.uri_of(file), diagnostics);
  // Files that are in no package any more.
  for (const auto& [uri, id] : std::map(before))
    if (std::optional<std::string> path = path_of_uri(uri)) add(*path, uri, Json::array());
  return {{"items", std::move(items)}};
}

}  // namespace trainlint
