#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/report/json_parts.h"

namespace trainlint {

// JSON-RPC 2.0 as the language server protocol uses it.

enum class RpcError : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  server_not_initialized = -32002,
  request_cancelled = -32800,
};

// The value of a message's text; nothing where it is no JSON. Bytes that are no UTF-8 and halves of
// surrogate pairs, which editors in JavaScript can send, become U+FFFD: as many UTF-16 code units.
std::optional<Json> parse_message(const std::string& text);

Json reply(const Json& id, Json result);
Json error_reply(const Json& id, RpcError code, std::string_view message);
Json notification(std::string_view method, Json params);
Json request(const Json& id, std::string_view method, Json params);

// The member that a path such as "textDocument/uri" leads to; null where there is none.
const Json& member(const Json& json, std::string_view path);
// The text there, or "".
std::string text_in(const Json& json, std::string_view path);
// Whether it is there and true.
bool is_true(const Json& json, std::string_view path);

}  // namespace trainlint
