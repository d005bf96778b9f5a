#include "lint/lsp/framing.h"

#include <fmt/format.h>

#include <charconv>

namespace trainlint {

namespace {

constexpr size_t largest_message = size_t{256} << 20;  // bytes; a length above is taken for damage
constexpr size_t longest_headers = 65536;

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  for (size_t i = 0; i < left.size(); ++i)
    if ((left[i] | 0x20) != (right[i] | 0x20)) return false;
  return true;
}

std::string_view trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

// The length that a header line gives, if it is that header.
std::optional<size_t> length_in(std::string_view line) {
  size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  if (!equal_ignoring_case(trimmed(line.substr(0, colon)), "content-length")) return std::nullopt;
  std::string_view digits = trimmed(line.substr(colon + 1));
  size_t length = 0;
  auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (fault != std::errc() || end != digits.data() + digits.size() || length > largest_message)
    return std::nullopt;
  return length;
}

}  // namespace

void MessageReader::feed(std::string_view bytes) {
  if (begin_ > 0) {
    bytes_.erase(0, begin_);
    begin_ = 0;
  }
  bytes_ += bytes;
}

// Lines end with "\r\n"; a bare "\n" is taken as well, as people write it by hand.
std::optional<size_t> MessageReader::read_headers() {
  std::optional<size_t> length;
  for (size_t at = begin_;;) {
    size_t end = bytes_.find('\n', at);
    if (end == std::string::npos) {
      // What has no end of line for so long is no header.
      if (bytes_.size() - begin_ > longest_headers) begin_ = bytes_.size();
      return std::nullopt;
    }
    std::string_view line = trimmed(std::string_view(bytes_).substr(at, end - at));
    at = end + 1;
    if (!line.empty()) {
      if (std::optional<size_t> given = length_in(line)) length = given;
      continue;
    }
    begin_ = at;
    if (length) return length;
  }
}

std::optional<std::string> MessageReader::next() {
  if (!wanted_) wanted_ = read_headers();
  if (!wanted_ || bytes_.size() - begin_ < *wanted_) return std::nullopt;
  std::string content = bytes_.substr(begin_, *wanted_);
  begin_ += *wanted_;
  wanted_.reset();
  return content;
}

std::string framed(std::string_view content) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", content.size(), content);
}

}  // namespace trainlint
