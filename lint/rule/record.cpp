#include "lint/rule/record.h"

#include <array>
#include <cstdint>

#include <nettle/sha2.h>

namespace trainlint {

// One value of a CSV line, from `at`, which ends behind its comma.
static std::string csv_value(std::string_view line, size_t& at) {
  std::string value;
  if (at < line.size() && line[at] == '"') {
    for (++at; at < line.size(); ++at) {
      if (line[at] == '"' && (at + 1 >= line.size() || line[at + 1] != '"')) break;
      if (line[at] == '"') ++at;
      value += line[at];
    }
    at = std::min(line.find(',', at), line.size());
  } else {
    size_t end = std::min(line.find(',', at), line.size());
    value = line.substr(at, end - at);
    at = end;
  }
  ++at;
  return value;
}

std::vector<RecordRow> parse_record(std::string_view text) {
  std::vector<RecordRow> rows;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    RecordRow row;
    row.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + line.size())};
    size_t at = 0;
    row.path = csv_value(line, at);
    if (at < line.size()) row.hash = csv_value(line, at);
    if (!row.path.empty()) rows.push_back(std::move(row));
    begin = end + 1;
  }
  return rows;
}

static std::string base64_for_urls(const std::array<uint8_t, SHA256_DIGEST_SIZE>& bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  constexpr int letter_bits = 6;
  constexpr uint32_t letter_mask = 63;
  std::string text;
  uint32_t held = 0;
  int bits = 0;
  for (uint8_t byte : bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= letter_bits; bits -= letter_bits)
      text += letters[(held >> (bits - letter_bits)) & letter_mask];
  }
  if (bits > 0) text += letters[(held << (letter_bits - bits)) & letter_mask];
  return text;
}

std::string record_hash(std::string_view content) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, content.size(), reinterpret_cast<const uint8_t*>(content.data()));
  std::array<uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  return "sha256=" + base64_for_urls(digest);
}

}  // namespace trainlint
