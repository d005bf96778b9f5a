#pragma once

#include "lint/lsp/message.h"

namespace trainlint {

// What the client said in "initialize" that it can do. Its name is no guide.
struct Client {
  bool related_information = false;
  bool pulls_diagnostics = false;
  bool refreshes_diagnostics = false;
  bool shows_progress = false;
  bool has_configuration = false;
  bool watches_files = false;  // when it is asked to
  bool document_changes = false;
  bool creates_files = false;
};

Client read_client(const Json& capabilities);

}  // namespace trainlint
