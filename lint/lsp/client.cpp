#include "lint/lsp/client.h"

#include <algorithm>

namespace trainlint {

Client read_client(const Json& capabilities) {
  Client client;
  client.related_information =
      is_true(capabilities, "textDocument/publishDiagnostics/relatedInformation");
  client.pulls_diagnostics = member(capabilities, "textDocument/diagnostic").is_object();
  client.refreshes_diagnostics = is_true(capabilities, "workspace/diagnostics/refreshSupport");
  client.shows_progress = is_true(capabilities, "window/workDoneProgress");
  client.has_configuration = is_true(capabilities, "workspace/configuration");
  client.watches_files =
      is_true(capabilities, "workspace/didChangeWatchedFiles/dynamicRegistration");
  client.document_changes = is_true(capabilities, "workspace/workspaceEdit/documentChanges");
  const Json& operations = member(capabilities, "workspace/workspaceEdit/resourceOperations");
  client.creates_files =
      client.document_changes && operations.is_array() &&
      std::find(operations.begin(), operations.end(), "create") != operations.end();
  return client;
}

}  // namespace trainlint
