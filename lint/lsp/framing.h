#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trainlint {

// The base protocol (LSP 3.17): "Content-Length: N", other headers, an empty line, N bytes.

// Takes bytes as they come, in whatever pieces, and gives whole messages.
class MessageReader {
 public:
  void feed(std::string_view bytes);
  // The content of the next message, or nothing until more bytes have come. Headers without a
  // length that can be read are skipped up to their empty line.
  std::optional<std::string> next();

 private:
  std::optional<size_t> read_headers();

  std::string bytes_;
  size_t begin_ = 0;              // of what is not read yet
  std::optional<size_t> wanted_;  // the length of the message whose headers have been read
};

// A message with its header.
std::string framed(std::string_view content);

}  // namespace trainlint
