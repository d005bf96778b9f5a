#include "lint/lsp/server.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/lsp/uri.h"

// What the client tells of documents, files, folders and settings.

namespace trainlint {

static int64_t version_in(const Json& params) {
  const Json& version = member(params, "textDocument/version");
  return version.is_number_integer() ? version.get<int64_t>() : 0;
}

void Server::did_open(const Json& params) {
  Document document;
  document.uri = text_in(params, "textDocument/uri");
  std::optional<std::string> path = path_of_uri(document.uri);
  if (!path) return;
  document.path = canonical_path(*path);
  document.version = version_in(params);
  document.text = std::make_shared<const std::string>(text_in(params, "textDocument/text"));
  workspace_.open(std::move(document));
  look_at_disk_ = true;
}

void Server::did_change(const Json& params) {
  const std::string uri = text_in(params, "textDocument/uri");
  if (!workspace_.document(uri)) return;
  Result<int64_t> changed =
      workspace_.change(uri, member(params, "contentChanges"), version_in(params));
  if (!changed)
    say("window/logMessage",
        {{"type", 1}, {"message", fmt::format("trainlint: {}: {}", uri, changed.error())}});
  workspace_.refresh(false);
}

void Server::did_save(const Json&) {
  look_at_disk_ = true;
}

void Server::did_close(const Json& params) {
  workspace_.close(text_in(params, "textDocument/uri"));
  look_at_disk_ = true;
}

// Configuration above the packages belongs to no folder that is looked at.
void Server::did_change_watched_files(const Json& params) {
  const Json& changes = member(params, "changes");
  if (!changes.is_array()) return;
  look_at_disk_ = true;
  for (const Json& change : changes) {
    const std::string uri = text_in(change, "uri");
    if ((uri.ends_with("/trainlint.toml") || uri.ends_with("/pyproject.toml")) &&
        workspace_.file_of(uri).empty())
      workspace_.lint_all_again();
  }
}

void Server::did_change_folders(const Json& params) {
  std::vector<std::string> folders = workspace_.folders();
  for (const char* list : {"event/removed", "event/added"}) {
    const Json& named = member(params, list);
    if (!named.is_array()) continue;
    for (const Json& folder : named) {
      std::optional<std::string> path = path_of_uri(text_in(folder, "uri"));
      if (!path) continue;
      std::erase(folders, *path);
      if (std::string_view(list) == "event/added") folders.push_back(std::move(*path));
    }
  }
  workspace_.set_folders(std::move(folders));
  ask_for_configuration();
}

// Clients that can be asked send nothing of use here, or all that they have.
void Server::did_change_configuration(const Json& params) {
  const Json& settings = member(params, "settings/trainlint");
  if (client_.has_configuration)
    ask_for_configuration();
  else if (settings.is_object())
    apply_configuration("", settings);
}

}  // namespace trainlint
