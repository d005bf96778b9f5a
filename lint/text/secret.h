#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/text/span.h"

namespace trainlint {

// A private key or an access token in a text.
struct Secret {
  std::string_view what;  // "an access token of GitHub"
  Span title;             // the part that says what it is and may be shown
  Span hidden;            // the part that must not be, as far as it stands in the text
};

// The first one, private keys before tokens. Placeholders are none.
std::optional<Secret> find_secret(std::string_view text);

// The text with '*' for each byte that must not be shown.
std::string without_secrets(std::string text);

}  // namespace trainlint
