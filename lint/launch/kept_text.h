#pragma once

#include <string>
#include <string_view>

namespace trainlint {

// The parts of a file that are shell commands, each at its own place: the rest is blanks.
class KeptText {
 public:
  explicit KeptText(std::string_view text) : text_(text), kept_(text.size(), ' ') {
    for (size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') kept_[i] = '\n';
  }

  void keep(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) kept_[i] = text_[i];
  }
  // Something else in the place of a byte: what the shell is to see there.
  void put(size_t at, char c) { kept_[at] = c; }
  void put(size_t at, std::string_view word) { kept_.replace(at, word.size(), word); }
  void end_at(size_t size) { kept_.resize(size); }

  std::string take() { return std::move(kept_); }

 private:
  std::string_view text_;
  std::string kept_;
};

// Calls `take(line, offset)` for each line of a text, its end included.
template <class Take>
void for_each_line(std::string_view text, Take take) {
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find('\n', at);
    end = end == std::string_view::npos ? text.size() : end + 1;
    take(text.substr(at, end - at), at);
    at = end;
  }
}

}  // namespace trainlint
