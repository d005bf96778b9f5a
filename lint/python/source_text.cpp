// How CPython turns the bytes of a file into text, when they come from an import: the loader reads
// bytes and gives them to compile(), which looks for a byte order mark and for a comment with an
// encoding in the first two lines (docs.python.org/3/reference/lexical_analysis.html#encoding-
// declarations), and otherwise takes them for UTF-8 without looking at them as a whole.
#include "lint/python/source_text.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "lint/python/codec.h"

namespace trainlint {

bool has_byte_order_mark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF");
}

// The length of the UTF-8 sequence at the start of `at`, or 0 when it is not valid (RFC 3629).
static size_t sequence_length(std::string_view at) {
  auto byte = [&](size_t i) { return i < at.size() ? static_cast<unsigned char>(at[i]) : 0U; };
  auto tail = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

size_t find_invalid_utf8(std::string_view bytes, size_t from) {
  size_t i = from;
  while (i < bytes.size()) {
    uint64_t word;
    if (bytes.size() - i >= sizeof word) {
      std::memcpy(&word, bytes.data() + i, sizeof word);
      if (!(word & 0x8080808080808080U)) {
        i += sizeof word;
        continue;
      }
    }
    size_t length = sequence_length(bytes.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return bytes.npos;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\f';
}

static bool is_name_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '_' || c == '.';
}

// The usual spellings of UTF-8 and Latin-1 become one; others stay as they are.
static std::string usual_name(std::string_view name) {
  std::string key;
  for (char c : name.substr(0, 12))
    key += c == '_' ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  auto is = [&](std::string_view usual) {
    return key == usual || (key.starts_with(usual) && key[usual.size()] == '-');
  };
  if (is("utf-8")) return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1")) return "iso-8859-1";
  return std::string(name);
}

// The cookie in one line. `comment_only` tells whether the next line may hold one.
static std::optional<EncodingCookie> cookie_in(std::string_view text, size_t begin, size_t end,
                                               bool& comment_only) {
  size_t i = begin;
  while (i < end && is_space(text[i])) ++i;
  comment_only = i == end || text[i] == '#';
  if (i == end || text[i] != '#') return std::nullopt;
  for (; i + 6 < end; ++i) {
    if (text.compare(i, 6, "coding") != 0) continue;
    size_t at = i + 6;
    if (text[at] != ':' && text[at] != '=') continue;
    do ++at;
    while (at < end && (text[at] == ' ' || text[at] == '\t'));
    size_t name = at;
    while (at < end && is_name_char(text[at])) ++at;
    if (name == at) continue;
    return EncodingCookie{usual_name(text.substr(name, at - name)), static_cast<uint32_t>(name),
                          static_cast<uint32_t>(at)};
  }
  return std::nullopt;
}

std::optional<EncodingCookie> encoding_cookie(std::string_view text) {
  size_t begin = 0;
  for (int line = 0; line < 2 && begin < text.size(); ++line) {
    size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    bool comment_only = false;
    if (auto cookie = cookie_in(text, begin, end, comment_only)) return cookie;
    if (!comment_only) return std::nullopt;
    begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return std::nullopt;
}

static std::shared_ptr<const std::string> without_mark(
    const std::shared_ptr<const std::string>& bytes) {
  if (!has_byte_order_mark(*bytes)) return bytes;
  return std::make_shared<const std::string>(bytes->substr(3));
}

// Valid UTF-8 with U+FFFD for each byte that is not part of a character.
static std::string repaired(std::string_view bytes) {
  std::string text;
  size_t from = 0;
  for (;;) {
    size_t bad = find_invalid_utf8(bytes, from);
    text += bytes.substr(from, std::min(bad, bytes.size()) - from);
    if (bad == bytes.npos) return text;
    text += "\xEF\xBF\xBD";
    from = bad + 1;
  }
}

static SyntaxFault cookie_fault(const EncodingCookie& cookie, std::string message) {
  return {.span = {cookie.begin, cookie.end}, .message = std::move(message)};
}

static SourceText decode_utf8(std::shared_ptr<const std::string> text) {
  if (find_invalid_utf8(*text) == text->npos) return {std::move(text), std::nullopt, true};
  return {std::make_shared<const std::string>(repaired(*text)), std::nullopt, false};
}

// U+E000 to U+F8FF, where codecs put what they cannot agree on.
static bool has_private_character(std::string_view text) {
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    auto first = static_cast<unsigned char>(text[at]),
         next = static_cast<unsigned char>(text[at + 1]);
    if (first == 0xEE || (first == 0xEF && next < 0xA4)) return true;
  }
  return false;
}

// The encoding is named and is not one of the spellings that CPython's tokenizer takes for UTF-8:
// then the whole file is decoded before anything else.
static SourceText decode_named(std::shared_ptr<const std::string> raw,
                               const EncodingCookie& cookie) {
  Codec codec = find_codec(cookie.name);
  if (codec.kind == CodecKind::utf8) {
    SourceText result = decode_utf8(raw);
    if (!result.exact)
      result.fault = cookie_fault(
          cookie, fmt::format("'utf-8' codec can't decode byte 0x{:02x}",
                              static_cast<unsigned char>((*raw)[find_invalid_utf8(*raw)])));
    return result;
  }
  if (codec.kind == CodecKind::unknown || codec.kind == CodecKind::not_text ||
      codec.kind == CodecKind::wide) {
    SourceText result = decode_utf8(raw);
    result.exact = true;
    result.fault = cookie_fault(
        cookie, codec.kind == CodecKind::unknown    ? "unknown encoding: " + cookie.name
                : codec.kind == CodecKind::not_text ? "'" + cookie.name + "' is not a text encoding"
                                                    : "source text cannot be in " + cookie.name);
    return result;
  }
  DecodedText decoded = decode_with(codec, *raw);
  SourceText result{std::make_shared<const std::string>(std::move(decoded.text)), std::nullopt,
                    true};
  result.unknown = codec.kind == CodecKind::elsewhere ||
                   (codec.kind == CodecKind::multi_byte &&
                    (decoded.first_bad != decoded.npos || has_private_character(*result.text)));
  bool certain = codec.kind == CodecKind::ascii || codec.kind == CodecKind::single_byte;
  if (certain && decoded.first_bad != decoded.npos)
    result.fault = cookie_fault(
        cookie,
        fmt::format("'{}' codec can't decode byte 0x{:02x} in position {}", cookie.name,
                    static_cast<unsigned char>((*raw)[decoded.first_bad]), decoded.first_bad));
  return result;
}

SourceText decode_source(std::shared_ptr<const std::string> bytes) {
  bool marked = has_byte_order_mark(*bytes);
  std::shared_ptr<const std::string> raw = without_mark(bytes);
  std::optional<EncodingCookie> cookie = encoding_cookie(*raw);
  SourceText result;
  if (!cookie || cookie->name == "utf-8") {
    result = decode_utf8(raw);
  } else if (marked) {
    result = decode_utf8(raw);
    result.fault =
        cookie_fault(*cookie, fmt::format("encoding problem: {} with BOM", cookie->name));
  } else {
    result = decode_named(raw, *cookie);
  }
  // Before anything else compile() refuses NUL, wherever it stands.
  if (size_t nul = result.text->find('\0'); nul != result.text->npos) {
    auto at = static_cast<uint32_t>(nul);
    result.fault = SyntaxFault{.span = {at, at + 1},
                               .message = "source code string cannot contain null bytes"};
  }
  return result;
}

}  // namespace trainlint
