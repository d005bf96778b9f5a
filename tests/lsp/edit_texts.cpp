#include <iostream>
#include <string>

#include "lint/lsp/document.h"

// Keeps a document as the language server does. Each line of stdin is the text of a new document
// (a JSON string) or the contentChanges of a notification (a list); after each the document's text
// is printed as a JSON string.
int main() {
  std::string text;
  for (std::string line; std::getline(std::cin, line);) {
    std::optional<trainlint::Json> json = trainlint::parse_message(line);
    if (!json) return 2;
    if (json->is_string()) {
      text = json->get<std::string>();
    } else {
      trainlint::Result<std::string> changed = trainlint::changed_text(std::move(text), *json);
      if (!changed) return 2;
      text = std::move(*changed);
    }
    std::cout << trainlint::Json(text).dump() << '\n';
  }
  return 0;
}
