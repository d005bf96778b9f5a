#include "lint/lsp/message.h"

#include "lint/python/source_text.h"

namespace trainlint {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::string valid_utf8(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t bad = std::min(find_invalid_utf8(text, at), text.size());
    out += text.substr(at, bad - at);
    if (bad < text.size()) out += replacement;
    at = bad + 1;
  }
  return out;
}

// The code unit of an escape "\uXXXX", or -1.
int escaped_unit(std::string_view text, size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (size_t i = at + 2; i < at + 6; ++i) {
    char c = text[i];
    int digit = c >= '0' && c <= '9'                     ? c - '0'
                : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                         : -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_high(int unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(int unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

std::string with_whole_surrogates(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    int unit = escaped_unit(text, at);
    if (is_high(unit) && is_low(escaped_unit(text, at + 6))) {
      out += text.substr(at, 12);
      at += 12;
    } else if (is_high(unit) || is_low(unit)) {
      out += "\\uFFFD";
      at += 6;
    } else {
      size_t length = text[at] == '\\' && at + 1 < text.size() ? 2 : 1;
      out += text.substr(at, length);
      at += length;
    }
  }
  return out;
}

std::optional<Json> parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

}  // namespace

std::optional<Json> parse_message(const std::string& text) {
  if (std::optional<Json> json = parsed(text)) return json;
  return parsed(with_whole_surrogates(valid_utf8(text)));
}

Json reply(const Json& id, Json result) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
}

Json error_reply(const Json& id, RpcError code, std::string_view message) {
  return {{"jsonrpc", "2.0"},
          {"id", id},
          {"error", {{"code", static_cast<int>(code)}, {"message", std::string(message)}}}};
}

Json notification(std::string_view method, Json params) {
  return {{"jsonrpc", "2.0"}, {"method", std::string(method)}, {"params", std::move(params)}};
}

Json request(const Json& id, std::string_view method, Json params) {
  return {{"jsonrpc", "2.0"},
          {"id", id},
          {"method", std::string(method)},
          {"params", std::move(params)}};
}

const Json& member(const Json& json, std::string_view path) {
  static const Json nothing;
  const Json* at = &json;
  while (!path.empty()) {
    size_t slash = std::min(path.find('/'), path.size());
    if (!at->is_object()) return nothing;
    auto found = at->find(std::string(path.substr(0, slash)));
    if (found == at->end()) return nothing;
    at = &*found;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return *at;
}

std::string text_in(const Json& json, std::string_view path) {
  const Json& found = member(json, path);
  return found.is_string() ? found.get<std::string>() : "";
}

bool is_true(const Json& json, std::string_view path) {
  const Json& found = member(json, path);
  return found.is_boolean() && found.get<bool>();
}

}  // namespace trainlint
