#include "lint/project/literal.h"

namespace trainlint {

void append_utf8(std::string& out, uint32_t c) {
  auto push = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | c >> 6), push(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(0xE0 | c >> 12), push(0x80 | (c >> 6 & 0x3F)), push(0x80 | (c & 0x3F));
  } else {
    push(0xF0 | c >> 18), push(0x80 | (c >> 12 & 0x3F));
    push(0x80 | (c >> 6 & 0x3F)), push(0x80 | (c & 0x3F));
  }
}

static int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// Reads up to `most` digits of a base at `at`, and moves `at` behind them.
static uint32_t read_digits(std::string_view body, size_t& at, int most, int base) {
  uint32_t value = 0;
  for (; most > 0 && at < body.size() && digit_of(body[at]) < base; most--, at++)
    value = value * static_cast<uint32_t>(base) + static_cast<uint32_t>(digit_of(body[at]));
  return value;
}

static char simple_escape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'v':
      return '\v';
    case '\\':
    case '\'':
    case '"':
      return c;
    default:
      return 0;
  }
}

// The escape after a backslash at body[at - 1]; false where it cannot be decoded.
static bool decode_escape(std::string_view body, size_t& at, bool bytes, std::string& out) {
  char c = body[at];
  auto put = [&](uint32_t value) {
    if (bytes)
      out.push_back(static_cast<char>(value));
    else
      append_utf8(out, value);
  };
  if (char plain = simple_escape(c)) {
    out.push_back(plain), at++;
  } else if (c == '\n') {
    at++;
  } else if (c == '\r') {
    at += at + 1 < body.size() && body[at + 1] == '\n' ? 2 : 1;
  } else if (c >= '0' && c <= '7') {
    put(read_digits(body, at, 3, 8));
  } else if (c == 'x') {
    put(read_digits(body, ++at, 2, 16));
  } else if (c == 'u' && !bytes) {
    put(read_digits(body, ++at, 4, 16));
  } else if (c == 'U' && !bytes) {
    uint32_t value = read_digits(body, ++at, 8, 16);
    if (value > 0x10FFFF) return false;
    put(value);
  } else if (c == 'N' && !bytes) {
    return false;
  } else {
    out.push_back('\\');
  }
  return true;
}

std::optional<std::string> decode_literal(std::string_view body, bool raw, bool bytes) {
  std::string out;
  out.reserve(body.size());
  for (size_t at = 0; at < body.size();) {
    char c = body[at++];
    if (c == '\r') {
      if (at < body.size() && body[at] == '\n') at++;
      out.push_back('\n');
    } else if (c == '\\' && !raw && at < body.size()) {
      if (!decode_escape(body, at, bytes, out)) return std::nullopt;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace trainlint
